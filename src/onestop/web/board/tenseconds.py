"""What a leader sees in ten seconds: where we stand, what slips this week, who needs help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from onestop.facts.rules.definitions import Wording
from onestop.facts.rules.figures import SMALL_CELL, Figure
from onestop.indicators.queries.definitions import PROVINCE, get_definition
from onestop.indicators.queries.figures import Row
from onestop.indicators.queries.trends import judge_figures, list_trend, list_weeks
from onestop.indicators.rules.outlook import Judgement, Outlook, Standing
from onestop.web.base.moments import language
from onestop.web.board.fragments import key_of, make_once
from onestop.web.board.goals import Goal
from onestop.web.board.showing import HEADLINES, Shown, show
from onestop.web.board.surveys import Asked, surveys_of

SLIPPED = Fraction(1, 100)
MOST_NEEDS = 5
TONES = {Standing.REACHED: "done", Standing.AT_RISK: "soon", Standing.SLOW: "late", Standing.NO_DATA: ""}


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures: with its goal, the word on it, where it is going, and the last twelve months.

    `is_waiting` if a month of them is still being counted.
    """

    shown: Shown
    goal: Goal | None
    tone: str
    outlook: Outlook | None
    months: tuple[float | None, ...]
    is_waiting: bool
    href: str

    @property
    def target(self) -> float | None:
        """The goal of 0..1."""
        return float(self.goal.share) if self.goal else None

    @property
    def drawn(self) -> SafeString:
        """The figure as it stands at the head of the page."""
        shown = self.shown
        links = (self.href, shown.numerator_href, shown.denominator_href)
        key = (key_of(shown.figure), shown.hidden, links, self.goal, self.tone, self.outlook, self.months)
        told = {"item": self}
        return make_once("headline", (*key, self.is_waiting), lambda: render_to_string("board/_headline.html", told))


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that fell in the week up to the last midnight against the week before."""

    words: Wording
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
    """Return the five figures of a unit, each with its months and what becomes of it."""
    by_code = {figure.definition.code: figure for figure in figures}
    five = [by_code[code] for code in HEADLINES if code in by_code]
    surveys, shares = surveys_of(asked), {code: goal.share for code, goal in goals.items()}
    judged = judge_figures(five, goals=shares, unit=asked.unit, at=asked.as_of, surveys=surveys)
    trends = list_trend(HEADLINES, unit=asked.unit, at=asked.as_of, surveys=surveys)
    found = []
    for figure in five:
        code = figure.definition.code
        judgement, points = judged.get(code), trends.get(code, ())
        found.append(
            Headline(
                show(figure, asked, opens=opens),
                goals.get(code),
                tone_of(judgement),
                judgement.outlook if judgement else None,
                tuple(_value(point.figure, opens=opens) for point in points),
                any(point.figure is None for point in points),
                _address(code, asked, opens=opens),
            )
        )
    return found


def find_slips(asked: Asked) -> list[Slip] | None:
    """Return the headlines that fell by a point or more against the week before, the worst first.

    None while one of the weeks is still being counted.
    """
    weeks = list_weeks(HEADLINES, unit=asked.unit, at=asked.as_of, surveys=surveys_of(asked))
    if weeks is None:
        return None
    slips = []
    for code, (now, before) in weeks.items():
        if now.share is None or before.share is None or min(now.denominator, before.denominator) < SMALL_CELL:
            continue
        if before.share - now.share >= SLIPPED:
            words = get_definition(code, on=localtime(asked.as_of).date(), scheme=PROVINCE).worded(language())
            href = _address(code, asked, opens=True)
            slips.append(Slip(words, float(before.share), float(now.share), href))
    return sorted(slips, key=lambda slip: -slip.points)


def find_needs(rows: Sequence[Row], asked: Asked) -> list[Need]:
    """Return the units with most dossiers past their due moment, at most five."""
    late = [(row, figure.numerator) for row in rows if row.unit != asked.unit for figure in _of(row, "PENDING_LATE")]
    worst = sorted((item for item in late if item[1]), key=lambda item: (-item[1], item[0].name(language())))
    found = []
    for row, count in worst[:MOST_NEEDS]:
        figures = {figure.definition.code: show(figure, asked, opens=True) for figure in row.figures}
        below = asked.address(**{"don-vi": row.unit})
        late_href = figures["PENDING_LATE"].numerator_href
        found.append(Need(row.name(language()), count, figures["ON_TIME_BY_LAW"], late_href, below))
    return found


def _of(row: Row, code: str) -> list[Figure]:
    return [figure for figure in row.figures if figure.definition.code == code]


def tone_of(judgement: Judgement | None) -> str:
    """Return how a figure stands, as a bullet bar takes it."""
    return TONES[judgement.standing] if judgement else ""


def month_word(at: datetime) -> str:
    """Return a month for a column: `03/2026`."""
    return f"{localtime(at):%m/%Y}"


def _value(figure: Figure | None, *, opens: bool) -> float | None:
    return None if figure is None or figure.share is None or (figure.is_small and not opens) else float(figure.share)


def _address(code: str, asked: Asked, *, opens: bool) -> str:
    return reverse("board:indicator", args=[code]) + asked.address() if opens else ""
