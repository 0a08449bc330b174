"""What a person wants by e-mail, and at which address."""

from collections.abc import Iterable
from datetime import datetime

from onestop.errors import Refused
from onestop.notices.models import Choice
from onestop.notices.rules.messages import Topic


def choose(*, account_id: int, topics: Iterable[Topic], address: str, at: datetime) -> Choice:
    """Keep what a person chose. A new address waits to be confirmed; an old one stays as it is."""
    wanted = sorted(topic.value for topic in topics)
    choice, is_new = Choice.objects.get_or_create(
        account_id=account_id, defaults={"address": address, "topics": wanted, "since": at}
    )
    if not is_new:
        if choice.address != address:
            choice.address, choice.confirmed_at = address, None
        choice.topics, choice.since = wanted, at
        choice.save()
    return choice


def confirm_address(*, account_id: int, address: str, at: datetime) -> None:
    """Believe an address: its owner reads what is sent there. Raises `Refused` if it is no longer the one chosen."""
    rows = Choice.objects.filter(pk=account_id, address=address).exclude(address="")
    if not rows.update(confirmed_at=at):
        raise Refused("mail.other_address")
