"""Sending what was composed: in order, until the centre refuses one."""

from datetime import datetime

from onestop.monitor.models import Composed
from onestop.monitor.ports import Centre


def send_composed(*, centre: Centre, at: datetime) -> list[Composed]:
    """Hand in everything that has not been counted yet, in order; stop at the first that is refused.

    What the centre answered is kept with each. Raises `Unavailable` if it does not answer: nothing is lost, what was
    sent twice is counted once.
    """
    sent = []
    for row in Composed.objects.exclude(answer__contains={"counted": True}).order_by("sequence"):
        row.answer, row.sent_at = centre.hand_in(bytes(row.document), bytes(row.signature)), at
        row.save(update_fields=["answer", "sent_at"])
        sent.append(row)
        if not row.answer.get("counted"):
            break
    return sent
