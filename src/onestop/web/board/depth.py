"""One figure in depth, as a page shows it: its course, its place among like units, last year, signs beside it."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.timezone import localtime

from onestop.accounts.rules import Principal
from onestop.indicators.queries.alarms import BESIDE, SCHEME, list_peers, list_signs
from onestop.indicators.queries.durations import BOUNDS, Spread, find_spread
from onestop.indicators.queries.figures import list_figures, list_rows
from onestop.indicators.queries.trends import find_outlooks, list_trend
from onestop.indicators.queries.units import find_parent, top_unit, unit_filter
from onestop.indicators.rules.alarms import Alarm
from onestop.indicators.rules.comparison import Standing, find_standing
from onestop.indicators.rules.duties import Duty, may
from onestop.indicators.rules.figures import Figure
from onestop.indicators.rules.outlook import Outlook, verdict
from onestop.web.base.drawings import Dot, width_of
from onestop.web.base.moments import language
from onestop.web.board.charts import Mark, Slope, Trend, draw_slopes, draw_trend
from onestop.web.board.frames import begin_of
from onestop.web.board.goals import Goal
from onestop.web.board.showing import Shown, show
from onestop.web.board.surveys import Asked, past_survey, survey_for
from onestop.web.board.tenseconds import month_word

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
class SignShown:
    """A sign of gaming beside the rate it would push up: what our unit shows, or that it is not recorded."""

    shown: Shown
    alarm: Alarm | None


@dataclass(frozen=True, slots=True)
class SpreadShown:
    """How long settlement took: the numbers in days, and the classes as bars."""

    spread: Spread
    bars: tuple[tuple[str, int, str], ...]

    def days(self, minutes: Fraction | int | None) -> float | None:
        """Return minutes as days."""
        return None if minutes is None else float(minutes) / 1440

    @property
    def median_days(self) -> float | None:
        """Half took no longer."""
        return self.days(self.spread.median)

    @property
    def mean_days(self) -> float | None:
        """The mean, which the slow ones pull up."""
        return self.days(self.spread.mean_minutes)

    @property
    def tenth_days(self) -> float | None:
        """One in ten took longer."""
        return self.days(self.spread.slowest_tenth)


def show_course(figure: Figure, goal: Goal | None, asked: Asked) -> Course:
    """Return the last twelve months of a figure and its outlook for the year."""
    code, at = figure.definition.code, asked.as_of
    points = list_trend([code], unit=asked.unit, at=at, survey=past_survey).get(code, [])
    marks = [_mark(month_word(point.begin), point.figure) for point in points]
    goals = {code: goal.share} if goal else {}
    outlook = find_outlooks([figure], goals=goals, unit=asked.unit, at=at, survey=past_survey).get(code)
    target = float(goal.share) if goal else None
    trend = draw_trend(marks, target, mirrored=language() == "ur")
    return Course(trend, outlook, verdict(figure.share, goal.share if goal else None, outlook))


def show_comparison(code: str, asked: Asked) -> Comparison:
    """Return the units of our level beside one another; those below us, if we are the province."""
    level = top_unit() if asked.unit == top_unit() else find_parent(asked.unit) or asked.unit
    rows = list_rows(survey_for(asked), unit=level)
    names = {row.unit: row.name(language()) for row in rows}
    peers = [peer for peer in list_peers(rows, code) if peer.denominator]
    dots = tuple(Dot(names[peer.unit], float(peer.share or 0), peer.unit == asked.unit) for peer in peers)
    marks = [
        Mark(names[peer.unit], float(peer.share or 0), peer.numerator, peer.denominator)
        for peer in sorted(peers, key=lambda peer: -(peer.share or Fraction(0)))
    ]
    return Comparison(dots, tuple(marks), find_standing(asked.unit, peers))


def show_slopes(code: str, asked: Asked) -> list[Slope]:
    """Return each unit from the same days of last year to now; merged units on the map of today."""
    at, begin = asked.as_of, begin_of(asked)
    level = top_unit() if asked.unit == top_unit() else find_parent(asked.unit) or asked.unit
    day = localtime(at).date()
    before = past_survey(as_of=_year_before(at), period_from=_year_before(begin), codes=[code], on=day)
    then = {peer.unit: peer.share for peer in list_peers(list_rows(before, unit=level), code)}
    now = list_rows(survey_for(asked), unit=level)
    names = {row.unit: row.name(language()) for row in now}
    slopes = []
    for peer in list_peers(now, code):
        earlier = then.get(peer.unit)
        if earlier is not None and peer.share is not None:
            slopes.append(Slope(names[peer.unit], float(earlier), float(peer.share), peer.unit == asked.unit))
    return draw_slopes(slopes)


def show_signs(code: str, asked: Asked, by: Principal) -> list[SignShown]:
    """Return the signs that stand beside this rate, for who may see them."""
    if code not in BESIDE or not may(Duty.READ_ALARMS, by):
        return []
    survey = survey_for(asked, SCHEME)
    figures = {figure.definition.code: figure for figure in list_figures(survey, unit=asked.unit)}
    signs = {sign.definition.code: sign for sign in list_signs(survey, top=top_unit(), by=by)}
    return [
        SignShown(show(figures[name], asked, opens=True), signs[name].of(asked.unit))
        for name in BESIDE[code]
        if name in figures
    ]


def show_spread(asked: Asked) -> SpreadShown:
    """Return how long the dossiers of a unit took that ended in the period."""
    at = asked.as_of
    units = unit_filter(asked.unit, on=localtime(at).date())
    spread = find_spread(as_of=at, period_from=begin_of(asked), units=units)
    most = max(spread.classes, default=0) or 1
    labels = [f"≤ {bound}" for bound in BOUNDS] + [f"> {BOUNDS[-1]}"]
    bars = zip(labels, spread.classes, strict=True)
    return SpreadShown(spread, tuple((label, count, width_of(count / most)) for label, count in bars))


def _mark(label: str, figure: Figure) -> Mark:
    share = None if figure.share is None else float(figure.share)
    return Mark(label, share, figure.numerator, figure.denominator)


def _year_before(at: datetime) -> datetime:
    """Return the same moment a year earlier; of a leap day, the day before."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year - 1, day=day)
