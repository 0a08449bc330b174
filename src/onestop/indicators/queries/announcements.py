"""Decisions of the province on procedures: how many took effect in a period, how many came or were published late."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from onestop.catalogue.models import ProcedureVersion
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import Level, WorkingCalendar, find_announcement_objections


@dataclass(frozen=True, slots=True)
class Announcements:
    """What the decisions on one procedure come to; late ones are unknown if the day of signing of any is."""

    count: int = 0
    announced_late: int | None = 0
    publicised_late: int | None = 0


def find_announcements(
    *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> dict[str, Announcements]:
    """Return, by code of procedure, the decisions of the province that took effect in the period.

    What came with the national catalogue was announced by a ministry and is not counted. Sources: Decree
    63/2010/NĐ-CP Art 15, 24; indicators 1.1 and 1.2 of Decision 766/QĐ-TTg.
    """
    found: dict[str, list[tuple[date | None, date, date]]] = defaultdict(list)
    rows = ProcedureVersion.objects.filter(
        is_imported=False,
        effective_from__gte=period_from.astimezone(PROVINCE_ZONE).date(),
        effective_from__lte=as_of.astimezone(PROVINCE_ZONE).date(),
        published_at__lte=known_at or as_of,
    ).values_list("procedure__code", "decided_on", "effective_from", "published_at")
    for code, decided_on, effective_on, published_at in rows:
        found[code].append((decided_on, effective_on, published_at.astimezone(PROVINCE_ZONE).date()))
    calendar = get_calendar() if found else None
    return {code: _sum(days, calendar) for code, days in found.items() if calendar}


def _sum(days: Iterable[tuple[date | None, date, date]], calendar: WorkingCalendar) -> Announcements:
    days = list(days)
    objections = [
        find_announcement_objections(
            calendar, decided_on=decided, effective_on=effective, published_on=published, level=Level.PROVINCE
        )
        for decided, effective, published in days
        if decided is not None and decided >= calendar.content.covered_from
    ]
    if len(objections) < len(days):
        return Announcements(len(days), None, None)
    return Announcements(
        len(days),
        sum("announcement.too_late" in item for item in objections),
        sum("publication.too_late" in item for item in objections),
    )
