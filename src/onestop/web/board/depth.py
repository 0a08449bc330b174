"""One figure in depth, as a page shows it: its course, its place among like units, last year, signs beside it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.timezone import localtime

from onestop.accounts.rules import Principal
from onestop.facts.queries.durations import count_durations
from onestop.facts.rules.durations import BOUNDS, DAY, Spread
from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.alarms import BESIDE, SCHEME, list_peers, list_signs
from onestop.indicators.queries.figures import list_figures, list_rows
from onestop.indicators.queries.surveys import is_small
from onestop.indicators.queries.trends import judge_figures, list_trend
from onestop.indicators.queries.units import find_parent, top_unit, unit_filter
from onestop.indicators.rules.alarms import Alarm
from onestop.indicators.rules.comparison import Standing, find_standing
from onestop.indicators.rules.duties import Duty, may
from onestop.indicators.rules.moments import same_months
from onestop.indicators.rules.outlook import Outlook
from onestop.web.base.drawings import Dot, width_of
from onestop.web.base.moments import language
from onestop.web.board.charts import Mark, Slope, Trend, draw_slopes, draw_trend
from onestop.web.board.goals import Goal
from onestop.web.board.showing import Shown, show
from onestop.web.board.surveys import Asked, survey_for, surveys_of
from onestop.web.board.tenseconds import month_word, tone_of

TIMED = ("ON_TIME_BY_APPOINTMENT", "ON_TIME_BY_LAW", "ON_TIME_INDICATOR", "SETTLED_EARLY", "SETTLED_LATE")


@dataclass(frozen=True, slots=True)
class Course:
    """Where a figure comes from and where it goes: twelve months, the outlook, the word on it."""

    trend: Trend
    outlook: Outlook | None
    tone: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every unit of the level one dot, ours named; where ours stands among those of its kind and size."""

    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Slopes:
    """Every unit's line from last year to this; `is_waiting` while one of the two is being counted."""

    labels: tuple[str, ...]
    lines: tuple[Slope, ...]
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class SignShown:
    """A sign of gaming beside the rate it would push up: what our unit shows, or that it is not recorded."""

    shown: Shown
    alarm: Alarm | None


@dataclass(frozen=True, slots=True)
class SpreadShown:
    """How long settlement took: the numbers in days, and the classes as bars."""

    spread: Spread
    bars: tuple[tuple[str, int, str], ...]

    @property
    def median_days(self) -> float | None:
        """Half took no longer."""
        return _days(self.spread.median)

    @property
    def mean_days(self) -> float | None:
        """The mean, which the slow ones pull up."""
        mean = self.spread.mean_minutes
        return None if mean is None else float(mean) / (60 * DAY)

    @property
    def tenth_days(self) -> float | None:
        """One in ten took longer."""
        return _days(self.spread.slowest_tenth)


def show_course(figure: Figure, goal: Goal | None, asked: Asked) -> Course:
    """Return the last twelve months of a figure and its outlook for the year."""
    code, at, surveys = figure.definition.code, asked.as_of, surveys_of(asked)
    points = list_trend([code], unit=asked.unit, at=at, surveys=surveys).get(code, [])
    marks = [_mark(month_word(point.begin), point.figure) for point in points]
    goals = {code: goal.share} if goal else {}
    judgement = judge_figures([figure], goals=goals, unit=asked.unit, at=at, surveys=surveys).get(code)
    trend = draw_trend(marks, float(goal.share) if goal else None, mirrored=language() == "ur")
    return Course(trend, judgement.outlook if judgement else None, tone_of(judgement))


def show_comparison(code: str, asked: Asked) -> Comparison:
    """Return the units of our level beside one another; those below us, if we are the province."""
    level = top_unit() if asked.unit == top_unit() else find_parent(asked.unit) or asked.unit
    rows = list_rows(survey_for(asked).only([code]), unit=level)
    names = {row.unit: row.name(language()) for row in rows}
    peers = [peer for peer in list_peers(rows, code) if peer.denominator]
    dots = tuple(Dot(names[peer.unit], float(peer.share or 0), peer.unit == asked.unit) for peer in peers)
    marks = [
        Mark(names[peer.unit], float(peer.share or 0), peer.numerator, peer.denominator)
        for peer in sorted(peers, key=lambda peer: -(peer.share or Fraction(0)))
    ]
    return Comparison(dots, tuple(marks), find_standing(asked.unit, peers))


def show_slopes(code: str, asked: Asked) -> Slopes:
    """Return each unit from the whole months of last year to the same ones of this; merged units on today's map."""
    level = top_unit() if asked.unit == top_unit() else find_parent(asked.unit) or asked.unit
    periods = same_months(asked.as_of)
    labels = [f"{month_word(begin)[:2]}–{month_word(end)}" for begin, end in periods]
    counted = surveys_of(asked)(periods, codes=[code], on=localtime(asked.as_of).date())
    rows = [list_rows(survey, unit=level) for survey in counted if survey is not None]
    if len(rows) < len(periods):
        return Slopes(tuple(labels), (), is_waiting=True)
    then = {peer.unit: peer.share for peer in list_peers(rows[0], code)}
    names = {row.unit: row.name(language()) for row in rows[1]}
    slopes = []
    for peer in list_peers(rows[1], code):
        earlier = then.get(peer.unit)
        if earlier is not None and peer.share is not None:
            slopes.append(Slope(names[peer.unit], float(earlier), float(peer.share), peer.unit == asked.unit))
    return Slopes(tuple(labels), tuple(draw_slopes(slopes)))


def show_signs(code: str, asked: Asked, by: Principal) -> list[SignShown]:
    """Return the signs that stand beside this rate, for who may see them."""
    if code not in BESIDE or not may(Duty.READ_ALARMS, by):
        return []
    survey = survey_for(asked, SCHEME).only(BESIDE[code])
    figures = {figure.definition.code: figure for figure in list_figures(survey, unit=asked.unit)}
    signs = {sign.definition.code: sign for sign in list_signs(survey, top=top_unit(), by=by)}
    return [
        SignShown(show(figures[name], asked, opens=True), signs[name].of(asked.unit))
        for name in BESIDE[code]
        if name in figures
    ]


def show_spread(asked: Asked) -> SpreadShown | None:
    """Return how long the dossiers of a unit took that ended in the period; None while it is being counted."""
    survey = survey_for(asked)
    kept = survey.beside.durations if survey.beside else None
    if kept is None and (asked.is_chosen or is_small()):
        kept = count_durations(as_of=survey.as_of, period_from=survey.period_from)
    if kept is None:
        return None
    spread = kept.spread(unit_filter(asked.unit, on=survey.on))
    most = max(spread.classes, default=0) or 1
    labels = [f"≤ {bound}" for bound in BOUNDS] + [f"> {BOUNDS[-1]}"]
    bars = zip(labels, spread.classes, strict=True)
    return SpreadShown(spread, tuple((label, count, width_of(count / most)) for label, count in bars))


def _days(hours: int | None) -> float | None:
    return None if hours is None else hours / DAY


def _mark(label: str, figure: Figure | None) -> Mark:
    if figure is None:
        return Mark(label, None, is_waiting=True)
    share = None if figure.share is None else float(figure.share)
    return Mark(label, share, figure.numerator, figure.denominator)
