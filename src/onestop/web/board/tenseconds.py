"""What a leader sees in ten seconds: where we stand, what slips this week, who needs help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from onestop.indicators.queries.figures import Row, list_figures
from onestop.indicators.queries.trends import find_outlooks, list_trend
from onestop.indicators.rules.figures import SMALL_CELL, Figure
from onestop.indicators.rules.outlook import Outlook, verdict
from onestop.web.base.moments import language
from onestop.web.board.goals import Goal
from onestop.web.board.showing import HEADLINES, Shown, show
from onestop.web.board.surveys import Asked, past_survey

SLIPPED = 0.01
MOST_NEEDS = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures: with its goal, the word on it, where it is going, and the last twelve months."""

    shown: Shown
    goal: Goal | None
    tone: str
    outlook: Outlook | None
    months: tuple[float | None, ...]
    href: str

    @property
    def target(self) -> float | None:
        """The goal of 0..1."""
        return float(self.goal.share) if self.goal else None


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that fell against the week before."""

    shown: Shown
    before: float
    now: float
    href: str

    @property
    def points(self) -> float:
        """By how many percentage points."""
        return (self.before - self.now) * 100


@dataclass(frozen=True, slots=True)
class Need:
    """A unit with dossiers past their due moment: how many, and how it stands."""

    name: str
    late: int
    shown: Shown
    late_href: str
    href: str


def show_headlines(
    figures: Iterable[Figure], goals: Mapping[str, Goal], asked: Asked, *, opens: bool
) -> list[Headline]:
    """Return the five figures of a unit. Months are counted only if the period reaches until today."""
    by_code = {figure.definition.code: figure for figure in figures}
    five = [by_code[code] for code in HEADLINES if code in by_code]
    at = asked.as_of
    shares = {code: goal.share for code, goal in goals.items()}
    outlooks = find_outlooks(five, goals=shares, unit=asked.unit, at=at, survey=past_survey)
    trends = list_trend(HEADLINES, unit=asked.unit, at=at, survey=past_survey)
    found = []
    for figure in five:
        code = figure.definition.code
        goal, outlook = goals.get(code), outlooks.get(code)
        tone = verdict(figure.share, goal.share if goal else None, outlook)
        months = tuple(_value(point.figure, opens=opens) for point in trends.get(code, ()))
        found.append(
            Headline(show(figure, asked, opens=opens), goal, tone, outlook, months, _address(code, asked, opens=opens))
        )
    return found


def find_slips(asked: Asked) -> list[Slip]:
    """Return the headlines that fell by a point or more against the seven days before, the worst first."""
    now, before = _week(asked, asked.as_of), _week(asked, asked.as_of - WEEK)
    slips = []
    for code, figure in now.items():
        earlier = before.get(code)
        if earlier is None or min(figure.denominator, earlier.denominator) < SMALL_CELL:
            continue
        then, share = float(earlier.share or 0), float(figure.share or 0)
        if then - share >= SLIPPED:
            slips.append(Slip(show(figure, asked, opens=True), then, share, _address(code, asked, opens=True)))
    return sorted(slips, key=lambda slip: -slip.points)


def find_needs(rows: Sequence[Row], asked: Asked) -> list[Need]:
    """Return the units with most dossiers past their due moment, at most five."""
    found = []
    for row in rows:
        figures = {figure.definition.code: figure for figure in row.figures}
        late = figures["PENDING_LATE"].numerator if "PENDING_LATE" in figures else 0
        if late and row.unit != asked.unit:
            shown = show(figures["ON_TIME_BY_LAW"], asked, opens=True)
            behind = show(figures["PENDING_LATE"], asked, opens=True)
            below = asked.address(**{"don-vi": row.unit})
            found.append(Need(row.name(language()), late, shown, behind.numerator_href, below))
    return sorted(found, key=lambda need: (-need.late, need.name))[:MOST_NEEDS]


def month_word(at: datetime) -> str:
    """Return a month for a column: `03/2026`."""
    return f"{localtime(at):%m/%Y}"


def _week(asked: Asked, at: datetime) -> dict[str, Figure]:
    survey = past_survey(as_of=at, period_from=at - WEEK, codes=HEADLINES, on=localtime(at).date())
    return {figure.definition.code: figure for figure in list_figures(survey, unit=asked.unit) if figure.denominator}


def _value(figure: Figure, *, opens: bool) -> float | None:
    return None if figure.share is None or (figure.is_small and not opens) else float(figure.share)


def _address(code: str, asked: Asked, *, opens: bool) -> str:
    return reverse("board:indicator", args=[code]) + asked.address() if opens else ""
