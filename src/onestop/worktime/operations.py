"""Publishing a calendar."""

from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from onestop.errors import Fault, Invalid
from onestop.worktime.models import WorkingCalendarVersion
from onestop.worktime.queries import forget_calendars
from onestop.worktime.rules import CalendarContent, WorkingCalendar, as_payload


class Publisher(Protocol):
    """Whoever acts: only the name of the signing key is kept."""

    @property
    def key(self) -> str:
        """Such as `officer:17`."""


@transaction.atomic
def publish_calendar(
    *,
    content: CalendarContent,
    valid_from: date,
    legal_basis: str,
    by: Publisher,
    at: datetime,
    unit_code: str = "",
) -> WorkingCalendarVersion:
    """Publish a new version for the province or one unit; it holds from `valid_from` on, over every earlier version.

    Reference data: no journal entry; the row says who, when and on what basis. Due moments already promised do not
    move by themselves. Raises `Invalid` if the content or its legal basis cannot stand. Two at the same time: the
    second fails on the version's number and may be tried again.
    """
    if not legal_basis.strip():
        raise Invalid("calendar.without_basis", faults=(Fault("legal_basis", "calendar.without_basis"),))
    WorkingCalendar.of(content)
    earlier = WorkingCalendarVersion.objects.filter(unit_code=unit_code).aggregate(last=Max("version"))["last"] or 0
    row = WorkingCalendarVersion.objects.create(
        unit_code=unit_code,
        version=earlier + 1,
        valid_from=valid_from,
        content=as_payload(content),
        legal_basis=legal_basis,
        published_by=by.key,
        published_at=at,
    )
    forget_calendars()
    transaction.on_commit(forget_calendars)
    return row
