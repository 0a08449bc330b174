"""Do the units' targets meet the province's? One check an indicator of a version."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.plans.models import PlanLine, PlanVersion
from onestop.plans.queries.plans import list_lines
from onestop.plans.rules.cascade import Check, check
from onestop.plans.rules.goals import together
from onestop.plans.rules.measures import Direction, Kind
from onestop.plans.rules.targets import Assigned


@dataclass(frozen=True, slots=True)
class IndicatorCheck:
    """The check of one indicator: how many units have a target for it, and what these come to together."""

    indicator: str
    kind: Kind
    units: int
    check: Check


def list_checks(version: PlanVersion) -> list[IndicatorCheck]:
    """Return the check of every indicator for which the province has a target and units have some."""
    lines = list(list_lines(version))
    top = version.plan.unit_id
    found = []
    for own in (line for line in lines if line.unit_id == top):
        below = [line.assigned for line in lines if line.indicator == own.indicator and line.unit_id != top]
        if below:
            found.append(IndicatorCheck(own.indicator, Kind(own.kind), len(below), check_parts(own, below)))
    return found


def check_parts(own: PlanLine, below: Sequence[Assigned]) -> Check:
    """Return whether the units' targets meet the province's: the mean of shares, the sum of counts, by its kind."""
    if own.is_share:
        return check(own.target, below)
    come_to = together(Kind(own.kind), [item.target for item in below])
    return Check(own.target, come_to, Direction(own.direction))
