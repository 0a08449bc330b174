"""Figures over time: month by month, week against week, and what becomes of them at this pace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial

from onestop.facts.rules.figures import Counts, Figure
from onestop.facts.rules.periods import PROVINCE_ZONE, month_of, month_start
from onestop.indicators.queries.figures import list_figures
from onestop.indicators.queries.surveys import Surveys, find_surveys
from onestop.indicators.queries.units import top_unit, unit_filter
from onestop.indicators.rules import outlook
from onestop.indicators.rules.moments import WEEK, day_end
from onestop.indicators.rules.outlook import Judgement, Pace, judge

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series: its first moment, the last moment counted, its figure; None while it is being counted."""

    begin: datetime
    end: datetime
    figure: Figure | None


def list_months(at: datetime, count: int = MONTHS) -> list[tuple[datetime, datetime]]:
    """Return the last local months as first and last moment, the oldest first; the last one ends at `at`."""
    last = month_of(at)
    begins = [month_start(month) for month in range(last - count + 1, last + 2)]
    ends = [begin - timedelta(microseconds=1) for begin in begins[1:-1]] + [at]
    return list(zip(begins[:-1], ends, strict=True))


def list_trend(
    codes: Sequence[str], *, unit: str, at: datetime, count: int = MONTHS, surveys: Surveys | None = None
) -> dict[str, list[Point]]:
    """Return each figure of a unit month by month, each month counted by itself.

    Units that merged keep their series: all months are drawn on the map of units of `at`.
    """
    found: dict[str, list[Point]] = {}
    day, months = at.astimezone(PROVINCE_ZONE).date(), list_months(at, count)
    units, whole = unit_filter(unit, on=day), unit in ("", top_unit())
    counted = (surveys or partial(find_surveys, now=at))(months, codes=codes, on=day)
    for (begin, end), survey in zip(months, counted, strict=True):
        figures = survey.figures(unit, units, whole=whole) if survey else ()
        by_code: dict[str, Figure | None] = {figure.definition.code: figure for figure in figures}
        for code, figure in (by_code if survey else dict.fromkeys(codes)).items():
            found.setdefault(code, []).append(Point(begin, end, figure))
    return found


def list_weeks(
    codes: Sequence[str], *, unit: str, at: datetime, surveys: Surveys | None = None
) -> dict[str, tuple[Counts, Counts]] | None:
    """Return what came to count of each figure in the seven days up to the last midnight, and in the seven before.

    What comes to count is a difference of two moments: what was counted by the end of the week, less what was by its
    begin. None while one of the moments is not kept yet.
    """
    begin = month_start(month_of(at) - 1)
    ends = [day_end(at) - weeks * WEEK for weeks in (2, 1, 0)]
    day = at.astimezone(PROVINCE_ZONE).date()
    counted = (surveys or partial(find_surveys, now=at))([(begin, end) for end in ends], codes=codes, on=day)
    figures = [_counts(list_figures(survey, unit=unit)) for survey in counted if survey is not None]
    if len(figures) < len(ends):
        return None
    first, middle, last = figures
    return {
        code: (last[code] - middle[code], middle[code] - first[code]) for code in last if code in first.keys() & middle
    }


def judge_figures(
    figures: Sequence[Figure],
    *,
    goals: Mapping[str, Fraction],
    unit: str,
    at: datetime,
    surveys: Surveys | None = None,
) -> dict[str, Judgement]:
    """Return how each figure that has a goal stands, and where it ends this year at its pace."""
    aimed = [item for item in figures if item.definition.code in goals]
    paces = find_paces([item.definition.code for item in aimed], unit=unit, at=at, surveys=surveys) if aimed else {}
    today = at.astimezone(PROVINCE_ZONE).date()
    return {
        (code := item.definition.code): judge(
            item.numerator, item.denominator, goals[code], paces.get(code),
            today=today, until=today.replace(year=today.year + 1, month=1, day=1),
        )
        for item in aimed
    }  # fmt: skip


def find_paces(codes: Sequence[str], *, unit: str, at: datetime, surveys: Surveys | None = None) -> dict[str, Pace]:
    """Return what the months up to `at` brought of each figure of a unit; nothing where it is not kept."""
    day = at.astimezone(PROVINCE_ZONE).date()
    since, later = (surveys or partial(find_surveys, now=at))(pace_periods(at), codes=codes, on=day)
    if since is None or later is None:
        return {}
    added, always = (_counts(list_figures(survey, unit=unit)) for survey in (since, later))
    return {code: pace_of(counts, always.get(code, Counts()), at) for code, counts in added.items()}


def pace_periods(at: datetime) -> list[tuple[datetime, datetime]]:
    """Return the two periods whose difference is the pace at `at`: since when, and what counts later as well."""
    month = month_of(at)
    return [(month_start(month - outlook.MONTHS), at), (month_start(month + 1), at)]


def pace_of(since: Counts, later: Counts, at: datetime) -> Pace:
    """Return the pace from the counts of those two periods."""
    begin = month_start(month_of(at) - outlook.MONTHS)
    days = (at.astimezone(PROVINCE_ZONE).date() - begin.date()).days
    return Pace(since.numerator - later.numerator, since.denominator - later.denominator, days)


def _counts(figures: Sequence[Figure]) -> dict[str, Counts]:
    return {figure.definition.code: figure.counts for figure in figures}
