"""Reading messages: by their recipient, nobody else."""

from datetime import datetime

from onestop.notices.models import Message
from onestop.notices.queries.messages import get_message


def mark_read(*, message_id: int, account_id: int, at: datetime) -> Message:
    """Mark one message as read and return it; the first reading counts. Raises `NotFound` if it is not theirs."""
    message = get_message(message_id, account_id=account_id)
    if message.read_at is None:
        Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)
        message.read_at = at
    return message


def mark_all_read(*, account_id: int, up_to: int, at: datetime) -> int:
    """Mark a person's messages as read, up to the newest one that their page showed; return how many there were."""
    return Message.objects.filter(recipient_id=account_id, pk__lte=up_to, read_at=None).update(read_at=at)
