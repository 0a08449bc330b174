"""What the address asks for: year, unit, day; and progress kept for a minute while it is dear."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from time import monotonic
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.agencies.queries import get_tree
from onestop.errors import NotFound
from onestop.indicators.queries.surveys import find_surveys
from onestop.indicators.rules.cube import Cube
from onestop.plans.queries.plans import find_plan, list_years
from onestop.plans.queries.progress import Progress, take_progress
from onestop.web.base.forms import DayField

DEAR, KEEP, MOST_KEPT = 1.0, 60.0, 16
_kept: dict[tuple[int, int, date | None], tuple[float, Progress]] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for. `until` is the last day counted, None: now."""

    year: int
    unit: str
    until: date | None

    @property
    def as_of(self) -> datetime:
        """The moment of knowledge: the end of the day asked for, never after now."""
        now = timezone.now()
        if self.until is None:
            return now
        midnight = timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time()))
        return min(now, midnight - timedelta(microseconds=1))

    def address(self, **others: str) -> str:
        """Return the query of an address that asks for the same, with `others` changed."""
        asked = {"nam": str(self.year), "don-vi": self.unit, "den": self.until.isoformat() if self.until else ""}
        kept = {name: value for name, value in {**asked, **others}.items() if value}
        return f"?{urlencode(kept)}"


def read_asked(request: HttpRequest, *, unit: str = "") -> Asked:
    """Return what the address asks for. Without a year: this one, or the newest that has a plan."""
    text = request.GET.get("nam", "")
    year = int(text) if text.isdigit() and len(text) == 4 else _usual_year()
    return Asked(year, request.GET.get("don-vi", "") or unit, _day(request.GET.get("den", "")))


def progress_for(asked: Asked) -> Progress | None:
    """Return the progress of the year's plan, None if there is no plan. One that took long is kept for a minute."""
    plan = find_plan(asked.year)
    if plan is None:
        return None
    key, started = (plan.pk, plan.last_entry, asked.until), monotonic()
    found = _kept.get(key)
    if found and started - found[0] < KEEP:
        return found[1]
    as_of, cubes = asked.as_of, dict[datetime, Cube]()
    surveys = partial(find_surveys, now=timezone.now(), patiently=asked.until is not None, cubes=cubes)
    progress = take_progress(plan, as_of=as_of, surveys=surveys)
    _kept.pop(key, None)
    if monotonic() - started > DEAR:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (monotonic(), progress)
    return progress


def own_agency(by: Principal) -> str:
    """Return the code of the agency in which `by` works, empty if none."""
    return get_tree().agency_of(by.unit_id).code if by.unit_id is not None else ""


def check_may_see(unit: str, by: Principal) -> None:
    """Raise `NotFound` unless the unit is at or below that of `by`, or the agency `by` works in."""
    branch = get_tree().by_code.get(unit)
    if branch is None or (branch.id not in by.unit_ids and unit != own_agency(by)):
        raise NotFound("unit.not_found", unit=unit)


def period_of(request: HttpRequest) -> tuple[int, datetime, datetime]:
    """Return the year asked for, its begin, and its end or now."""
    year, zone = read_asked(request).year, timezone.get_default_timezone()
    begin, until = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return year, begin, min(until, timezone.now())


def typed_day(text: str) -> date | None:
    """Return a day as it is typed here (day/month/year), or None: the operation says then that it is missing."""
    try:
        return DayField(required=False).clean(text)  # type: ignore[no-any-return]  # a day or None
    except ValidationError:
        return None


def _usual_year() -> int:
    this, years = timezone.localdate().year, list_years()
    return this if this in years or not years else years[0]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
