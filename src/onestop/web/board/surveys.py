"""What is counted for a page: the period and moment asked for in the address, and a survey kept while it is dear."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import monotonic
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from onestop.indicators.queries.figures import Survey, take_survey

DEAR = 1.0
KEEP = 60.0
MOST_KEPT = 16
_kept: dict[tuple[date | None, date | None], tuple[float, Survey]] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for: first and last day (None: begin of the year, now) and the unit."""

    begin: date | None
    until: date | None
    unit: str

    @property
    def as_of(self) -> datetime:
        """The moment of knowledge: the end of the last day, but never after now."""
        now = timezone.now()
        if self.until is None:
            return now
        midnight = timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time()))
        return min(now, midnight - timedelta(microseconds=1))

    @property
    def period_from(self) -> datetime | None:
        """The begin of the first day, or None for the begin of the year."""
        return timezone.make_aware(datetime.combine(self.begin, time())) if self.begin else None

    def address(self, **others: str) -> str:
        """Return the query of an address that asks for the same, with `others` changed."""
        days = {"tu": self.begin, "den": self.until}
        asked = {"don-vi": self.unit, **{name: day.isoformat() if day else "" for name, day in days.items()}, **others}
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def read_asked(request: HttpRequest, *, unit: str = "") -> Asked:
    """Return what the address asks for; a day that is none, or does not fit, counts as not given."""
    begin, until = _day(request.GET.get("tu", "")), _day(request.GET.get("den", ""))
    if begin and until and begin > until:
        begin = None
    return Asked(begin, until, request.GET.get("don-vi", "") or unit)


def survey_for(asked: Asked) -> Survey:
    """Return the survey of the period asked for. One that took long is kept for a minute; its moment is shown."""
    key = (asked.begin, asked.until)
    started = monotonic()
    found = _kept.get(key)
    if found and started - found[0] < KEEP:
        return found[1]
    survey = take_survey(as_of=asked.as_of, period_from=asked.period_from)
    _kept.pop(key, None)
    if monotonic() - started > DEAR:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (monotonic(), survey)
    return survey


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
