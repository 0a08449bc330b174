"""What is counted for a page: the period and moment asked for in the address, and what was dear to count, kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import monotonic
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from onestop.indicators.queries.definitions import PROVINCE
from onestop.indicators.queries.figures import Survey, take_survey

DEAR = 1.0
KEEP = 60.0
KEEP_PAST = 600.0
MOST_KEPT = 64
Key = tuple[str, datetime | None, datetime | None, datetime | None, tuple[str, ...]]
_kept: dict[Key, tuple[float, Survey]] = {}


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


def survey_for(asked: Asked, scheme: str = PROVINCE) -> Survey:
    """Return the survey of the period asked for. One that took long is kept for a minute; its moment is shown."""
    now = None if asked.until is None else asked.as_of
    key: Key = (scheme, now, asked.period_from, None, ())
    return _keep(key, KEEP, lambda: take_survey(as_of=asked.as_of, period_from=asked.period_from, scheme=scheme))


def past_survey(
    *, as_of: datetime, period_from: datetime, codes: Sequence[str] = (), on: date | None = None, scheme: str = PROVINCE
) -> Survey:
    """Return a survey of the past; one that took long is kept for ten minutes, since little is written down later.

    Moments within one minute share an answer.
    """
    minute = as_of.replace(second=0, microsecond=0)
    key: Key = (scheme, minute, period_from.replace(second=0, microsecond=0), _noon(on), tuple(codes))
    return _keep(
        key, KEEP_PAST,
        lambda: take_survey(as_of=as_of, period_from=period_from, codes=codes, on=on, scheme=scheme),
    )  # fmt: skip


def _keep(key: Key, seconds: float, take: Callable[[], Survey]) -> Survey:
    started = monotonic()
    found = _kept.get(key)
    if found and started - found[0] < seconds:
        return found[1]
    survey = take()
    _kept.pop(key, None)
    if monotonic() - started > DEAR:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (monotonic(), survey)
    return survey


def _noon(on: date | None) -> datetime | None:
    return datetime.combine(on, time(12)) if on else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
