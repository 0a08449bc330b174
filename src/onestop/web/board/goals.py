"""Which share a unit is held to: its line in the plan in force, else the national goal of the definition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.timezone import localtime

from onestop.facts.rules.figures import Figure
from onestop.plans.queries.plans import list_shares_in_force


@dataclass(frozen=True, slots=True)
class Goal:
    """A share to be reached, and the document that sets it."""

    share: Fraction
    source: str
    is_planned: bool


def find_goals(figures: Iterable[Figure], *, unit: str, at: datetime) -> dict[str, Goal]:
    """Return the goal of each figure of a unit by its code; what has none is left out."""
    goals = {
        figure.definition.code: Goal(figure.target.share, figure.target.source, is_planned=False)
        for figure in figures
        if figure.target is not None
    }
    return goals | _planned(unit, at)


def _planned(unit: str, at: datetime) -> dict[str, Goal]:
    lines = list_shares_in_force(localtime(at).year, unit=unit, at=at) if unit else ()
    return {
        line.indicator: Goal(Fraction(line.target) / 100, f"{line.document} {line.page}".strip(), is_planned=True)
        for line in lines
    }
