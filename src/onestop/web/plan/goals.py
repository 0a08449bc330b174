"""Targets that are no shares as a page shows them: a figure with its unit, a word, how it is known."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from onestop.indicators.rules.outlook import Standing
from onestop.plans.queries.goals import GoalProgress
from onestop.plans.rules.rollup import Part
from onestop.web.base.moments import language
from onestop.web.plan.naming import measure_word, target_word
from onestop.web.plan.tones import COLOURS, TONES


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """One target on a page. `hidden`: so few dossiers are behind it that the public page keeps them to itself."""

    goal: GoalProgress
    hidden: bool = False

    @property
    def name(self) -> str:
        """What it is about."""
        return self.goal.measure.worded(language()).name

    @property
    def note(self) -> str:
        """What to know about the figure."""
        return self.goal.measure.worded(language()).note

    @property
    def standing(self) -> Standing:
        """How it stands; what is kept back has no word either."""
        return Standing.NO_DATA if self.hidden else self.goal.judgement.standing

    @property
    def tone(self) -> str:
        """The tone of its bar and word."""
        return TONES[self.standing]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS[self.tone]

    @property
    def is_known(self) -> bool:
        """True if there is a figure to show."""
        return self.goal.value is not None and not self.hidden

    @property
    def value_word(self) -> str:
        """The figure with its unit."""
        return "" if self.goal.value is None or self.hidden else measure_word(self.goal.measure, self.goal.value)

    @property
    def target_word(self) -> str:
        """The target with its unit and which side is good."""
        measure = self.goal.measure
        return target_word(measure.code, measure.kind, measure.direction, self.goal.target)

    @property
    def forecast_word(self) -> str:
        """Where the year would end if every day is like those so far."""
        forecast = self.goal.judgement.forecast
        if forecast is None or self.hidden:
            return ""
        return measure_word(self.goal.measure, Fraction(floor(forecast)))

    @property
    def told_by(self) -> str:
        """How a figure that nothing on record measures is known; empty for a measured one."""
        if not self.goal.is_by_hand:
            return ""
        if self.goal.units:
            counts = {"known": self.goal.known_units, "units": self.goal.units}
            return _("Reported by hand: %(known)s of %(units)s units") % counts
        if self.goal.value is None:
            return _("Reported by hand; nothing is accepted yet")
        return _("Reported by hand, with evidence that somebody else accepted")

    @property
    def part(self) -> Part:
        """The line as it counts in a sum on this page."""
        return Part(self.goal.weight, None, Standing.NO_DATA) if self.hidden else self.goal.part


def show_goal(goal: GoalProgress, *, opens: bool) -> ShownGoal:
    """Return a goal for the reader; without `opens`, small numbers are kept back."""
    return ShownGoal(goal, hidden=goal.is_small and not opens)
