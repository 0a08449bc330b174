"""Letters: made beside their messages, handed to the mail server one by one, tried again as long as it is down.

A letter is sent under the lock of its row, so two workers never send the same one. Whoever dies between the server's
yes and the commit sends it again, under the same Message-ID: mail knows no exactly once.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from onestop.errors import Refused, Unavailable
from onestop.notices import ports
from onestop.notices.models import Choice, Letter, Message
from onestop.notices.ports import Addressed
from onestop.notices.rules.letters import Wish, pause
from onestop.notices.rules.messages import topic_of

MOST = 100
"""Letters a round: then other work has its turn."""


def prepare_letters(message_ids: Sequence[int], *, at: datetime) -> int:
    """Make the letters of new messages for those who want them; none while no mail server is configured."""
    if not message_ids or not ports.mail().is_there:
        return 0
    messages = list(Message.objects.filter(pk__in=message_ids))
    wishes = {
        choice.account_id: Wish(frozenset(choice.topics), choice.since, choice.confirmed_at is not None)
        for choice in Choice.objects.filter(account_id__in={message.recipient_id for message in messages})
    }
    wanted = [
        Letter(message=message, next_at=at)
        for message in messages
        if message.recipient_id in wishes and wishes[message.recipient_id].wants(topic_of(message.kind), message.at)
    ]
    Letter.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


def send_letters(*, at: datetime) -> int:
    """Send what is due, the longest waiting first; return how many were sent. The first sign of a dead server ends it.

    Then all that waits is put off until that letter is due again, so a dead server is asked ever more seldom.
    """
    sent = 0
    for _ in range(MOST):
        outcome = _send_next(at)
        if outcome is None:
            break
        sent += outcome
    return sent


@transaction.atomic
def _send_next(at: datetime) -> int | None:
    """Send one letter: 1 if it went, 0 if it never will, None if nothing is due or nobody carries it."""
    due = Letter.objects.select_for_update(of=("self",), skip_locked=True).select_related("message__recipient")
    letter = due.filter(sent_at=None, next_at__lte=at).order_by("next_at", "message_id").first()
    if letter is None or not ports.mail().is_there:
        return None
    choice = Choice.objects.filter(pk=letter.message.recipient_id).exclude(confirmed_at=None).first()
    if choice is None:
        return _give_up(letter, "mail.no_address")
    try:
        ports.mail().send(_address(letter.message, choice.address))
    except Refused as refused:
        return _give_up(letter, refused.code)
    except Unavailable:
        _put_off(letter, at)
        return None
    letter.tries, letter.sent_at, letter.next_at = letter.tries + 1, at, None
    letter.save(update_fields=["tries", "sent_at", "next_at"])
    return 1


def _address(message: Message, address: str) -> Addressed:
    written = ports.writer().write(message.pk, message.kind, message.params, message.recipient.language)
    return Addressed(address, f"message-{message.pk}", written)


def _give_up(letter: Letter, fault: str) -> int:
    letter.tries, letter.next_at, letter.fault = letter.tries + 1, None, fault
    letter.save(update_fields=["tries", "next_at", "fault"])
    return 0


def _put_off(letter: Letter, at: datetime) -> None:
    letter.tries += 1
    letter.next_at = at + pause(letter.tries)
    letter.save(update_fields=["tries", "next_at"])
    waiting = Letter.objects.select_for_update(of=("self",), skip_locked=True).filter(next_at__lt=letter.next_at)
    Letter.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(next_at=letter.next_at)
