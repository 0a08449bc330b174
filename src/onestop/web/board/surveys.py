"""What a page asks for: the period and moment in the address, and who answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from time import monotonic
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.errors import Unavailable
from onestop.facts.rules.periods import year_start
from onestop.indicators.queries.definitions import PROVINCE
from onestop.indicators.queries.figures import Survey
from onestop.indicators.queries.surveys import Period, Surveys, find_surveys
from onestop.indicators.rules.cube import Cube
from onestop.web.board.readers import OFFICERS

DEAR = 0.2
KEEP = 600.0
MOST_KEPT = 64
Key = tuple[str, tuple[Period, ...], date | None, tuple[str, ...]]
_kept: dict[Key, tuple[float, list[Survey | None]]] = {}


def _now() -> datetime:
    return timezone.now()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for: first and last day (None: begin of the year, now) and the unit.

    An officer `may_wait` for any past day to be counted from the journal; strangers get what is kept, since nobody
    knows how many of them ask. `cubes` and `surveys` (by scheme) hold what was read for it already, so that a page
    reads each moment once.
    """

    begin: date | None
    until: date | None
    unit: str
    may_wait: bool = False
    now: datetime = field(default_factory=_now)
    cubes: dict[datetime, Cube] = field(default_factory=dict, compare=False, repr=False)
    surveys: dict[str, Survey] = field(default_factory=dict, compare=False, repr=False)

    @property
    def as_of(self) -> datetime:
        """The moment of knowledge: the end of the last day, but never after now."""
        if self.until is None:
            return self.now
        midnight = timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time()))
        return min(self.now, midnight - timedelta(microseconds=1))

    @property
    def is_past(self) -> bool:
        """True if a past day is asked for in so many words: it is answered even if that takes a while."""
        return self.as_of < self.now

    @property
    def is_chosen(self) -> bool:
        """True if the period is another one than the year so far."""
        return self.is_past or (self.period_from is not None and self.period_from != year_start(self.as_of))

    @property
    def period_from(self) -> datetime | None:
        """The begin of the first day, or None for the begin of the year."""
        return timezone.make_aware(datetime.combine(self.begin, time())) if self.begin else None

    def address(self, **others: str) -> str:
        """Return the query of an address that asks for the same, with `others` changed."""
        days = {"tu": self.begin, "den": self.until}
        asked = {"don-vi": self.unit, **{name: day.isoformat() if day else "" for name, day in days.items()}, **others}
        return _query(tuple((name, value) for name, value in asked.items() if value))


@lru_cache(maxsize=4096)
def _query(kept: tuple[tuple[str, str], ...]) -> str:
    return f"?{urlencode(kept)}" if kept else "?"


def read_asked(request: HttpRequest, *, unit: str = "") -> Asked:
    """Return what the address asks for; a day that is none, or does not fit, counts as not given."""
    begin, until = _day(request.GET.get("tu", "")), _day(request.GET.get("den", ""))
    if begin and until and begin > until:
        begin = None
    by: Principal | None = getattr(request, "principal", None)
    may_wait = by is not None and not by.roles.isdisjoint(OFFICERS)
    return Asked(begin, until, request.GET.get("don-vi", "") or unit, may_wait)


def survey_for(asked: Asked, scheme: str = PROVINCE) -> Survey:
    """Return the survey of the period asked for, from what is kept; another period than usual also from the journal.

    Raises `Unavailable` while what everybody asks for is being counted for the first time (`indicators.being_counted`),
    and where a stranger asks for another day than those kept (`indicators.day_not_kept`).
    """
    if scheme in asked.surveys:
        return asked.surveys[scheme]
    period = (asked.period_from or year_start(asked.as_of), asked.as_of)
    ask = _chosen if asked.is_chosen and asked.may_wait else find_surveys
    (found,) = ask([period], now=asked.now, scheme=scheme, cubes=asked.cubes)
    if found is None:
        raise Unavailable("indicators.day_not_kept" if asked.is_chosen else "indicators.being_counted")
    asked.surveys[scheme] = found
    return found


def surveys_of(asked: Asked) -> Surveys:
    """Return who answers for the months and weeks around what is asked for: only a past day waits for the journal."""
    return partial(_chosen if asked.is_past and asked.may_wait else find_surveys, now=asked.now, cubes=asked.cubes)


def _chosen(
    periods: Sequence[Period],
    *,
    now: datetime,
    scheme: str = PROVINCE,
    codes: Sequence[str] = (),
    on: date | None = None,
    cubes: dict[datetime, Cube] | None = None,
) -> list[Survey | None]:
    """Count patiently what is not kept. What took long is kept for ten minutes: little is written down later."""
    key: Key = (scheme, tuple(periods), on, tuple(codes))
    started, found = monotonic(), _kept.get(key)
    if found and started - found[0] < KEEP:
        return found[1]
    surveys = find_surveys(periods, now=now, scheme=scheme, codes=codes, on=on, patiently=True, cubes=cubes)
    _kept.pop(key, None)
    if monotonic() - started > DEAR:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (monotonic(), surveys)
    return surveys


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
