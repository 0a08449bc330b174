"""A person's own messages: the list, one, how many are unread, what they chose to get by e-mail."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from onestop.dossiers.queries.dossiers import Page
from onestop.errors import NotFound
from onestop.notices.models import Choice, Letter, Message

BELL_CAP = 10
"""The bell counts no further: `9+`."""
_UNREAD = """
SELECT count(*) FROM (
    SELECT FROM notices_message WHERE recipient_id = %s AND read_at IS NULL LIMIT %s
) unread
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How the post office stands: letters that wait and for how long they were tried, sent, given up."""

    letters: int
    most_tries: int
    sent: int
    given_up: int


def count_unread(account_id: int) -> int:
    """Return how many messages of a person are unread, counted up to `BELL_CAP`. Every page of theirs runs it."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [account_id, BELL_CAP])
        return int(cursor.fetchone()[0])


def list_messages(account_id: int, *, size: int = 30, after: str = "") -> Page[Message]:
    """Return a person's messages, the newest first. `after` is the key of the page before."""
    rows = Message.objects.filter(recipient_id=account_id).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=int(after) if after.isdigit() else 0)
    found = list(rows[: size + 1])
    return Page(tuple(found[:size]), str(found[size - 1].pk) if len(found) > size else "")


def get_message(message_id: int, *, account_id: int) -> Message:
    """Return a message of a person. Raises `NotFound` if there is none, or it is somebody else's."""
    found = Message.objects.filter(pk=message_id, recipient_id=account_id).first()
    if found is None:
        raise NotFound("message.unknown")
    return found


def find_choice(account_id: int) -> Choice | None:
    """Return what a person chose to get by e-mail, or None if they never did."""
    return Choice.objects.filter(pk=account_id).first()


def count_letters() -> Waiting:
    """Return how the post office stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(next_at), coalesce(max(tries) FILTER (WHERE next_at IS NOT NULL), 0), count(sent_at),"
            " count(*) FILTER (WHERE fault <> '') FROM notices_letter"
        )
        return Waiting(*cursor.fetchone())


def list_waiting_letters(limit: int = 100) -> list[Letter]:
    """Return the letters that wait or were given up, the longest waiting first."""
    return list(Letter.objects.select_related("message__recipient").filter(sent_at=None).order_by("message_id")[:limit])


def count_by_kind() -> list[tuple[str, int, int]]:
    """Return for each kind of message how many were made and how many are unread: for the operator."""
    counted = Message.objects.values_list("kind").annotate(made=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    return list(counted.order_by("kind"))
