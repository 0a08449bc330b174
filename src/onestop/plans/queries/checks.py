"""Do the units' targets meet the province's? One check an indicator of a version."""

from dataclasses import dataclass

from onestop.plans.models import PlanVersion
from onestop.plans.queries.plans import list_lines
from onestop.plans.rules.cascade import Check, check


@dataclass(frozen=True, slots=True)
class IndicatorCheck:
    """The check of one indicator: how many units have a target for it, and what their mean comes to."""

    indicator: str
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
            found.append(IndicatorCheck(own.indicator, len(below), check(own.target, below)))
    return found
