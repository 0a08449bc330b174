"""Figures over time: month by month, and what the last weeks brought."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from onestop.indicators.queries.facts import room
from onestop.indicators.queries.figures import Survey, list_figures, take_survey
from onestop.indicators.queries.units import top_unit, unit_filter
from onestop.indicators.rules.figures import Figure
from onestop.indicators.rules.outlook import Outlook, Pace, look_ahead
from onestop.indicators.rules.periods import PROVINCE_ZONE, month_of, month_start

MONTHS = 12
WEEKS = 8
Surveys = Callable[..., Survey]


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series: its first moment, the last moment counted, its figure."""

    begin: datetime
    end: datetime
    figure: Figure


def list_months(at: datetime, count: int = MONTHS) -> list[tuple[datetime, datetime]]:
    """Return the last local months as first and last moment, the oldest first; the last one ends at `at`."""
    last = month_of(at)
    begins = [month_start(month) for month in range(last - count + 1, last + 2)]
    ends = [begin - timedelta(microseconds=1) for begin in begins[1:-1]] + [at]
    return list(zip(begins[:-1], ends, strict=True))


def list_trend(
    codes: Sequence[str], *, unit: str, at: datetime, count: int = MONTHS, survey: Surveys = take_survey
) -> dict[str, list[Point]]:
    """Return each figure of a unit month by month, each month counted by itself.

    Units that merged keep their series: all months are drawn on the map of units of `at`.
    """
    found: dict[str, list[Point]] = {}
    day = at.astimezone(PROVINCE_ZONE).date()
    units, whole = unit_filter(unit, on=day), unit in ("", top_unit())
    with room():
        for begin, end in list_months(at, count):
            counted = survey(as_of=end, period_from=begin, codes=codes, on=day)
            for figure in counted.figures(unit, units, whole=whole):
                found.setdefault(figure.definition.code, []).append(Point(begin, end, figure))
    return found


def find_outlooks(
    figures: Sequence[Figure],
    *,
    goals: Mapping[str, Fraction],
    unit: str,
    at: datetime,
    survey: Surveys = take_survey,
) -> dict[str, Outlook]:
    """Return where each figure that has a goal ends this year, at the pace of the last eight weeks."""
    aimed = {item.definition.code: item for item in figures if item.definition.code in goals and item.share is not None}
    if not aimed:
        return {}
    today = at.astimezone(PROVINCE_ZONE).date()
    recent = survey(as_of=at, period_from=at - timedelta(weeks=WEEKS), codes=tuple(aimed), on=today)
    found = {}
    for figure in list_figures(recent, unit=unit):
        outlook = _look(aimed[figure.definition.code], figure, goals[figure.definition.code], today)
        if outlook is not None:
            found[figure.definition.code] = outlook
    return found


def _look(figure: Figure, recent: Figure, goal: Fraction, today: date) -> Outlook | None:
    pace = Pace(recent.numerator, recent.denominator, WEEKS * 7)
    ends_on = today.replace(month=12, day=31)
    return look_ahead(figure.numerator, figure.denominator, pace, goal, today=today, ends_on=ends_on)
