"""What `onestop plan` answers, as plain data."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onestop.plans.queries.checks import IndicatorCheck
    from onestop.plans.queries.goals import GoalProgress
    from onestop.plans.queries.progress import LineProgress, UnitProgress
    from onestop.plans.queries.tasks import TaskShown


def unit_document(item: "UnitProgress") -> dict[str, Any]:
    """Return a unit with its lines."""
    attained = None if item.whole.attained is None else f"{float(item.whole.attained):.3f}"
    weights = {"weight_known": item.whole.known, "weight": item.whole.weight}
    lines = [line_document(line) for line in item.lines]
    head = {"unit": item.unit, "names": item.names, "standing": item.whole.standing.value, "attained": attained}
    return {**head, **weights, "lines": lines, "goals": [goal_document(goal) for goal in item.goals]}


def line_document(line: "LineProgress") -> dict[str, Any]:
    """Return one target with its figure and its word."""
    judged, figure = line.judgement, line.figure
    return {
        "indicator": line.indicator,
        "definition_version": figure.definition.version if figure else None,
        "target": f"{line.target:.2f}",
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "percent": percent(judged.percent),
        "gap": percent(judged.gap),
        "forecast": percent(judged.forecast),
        "missed_on": judged.missed_on,
        "standing": judged.standing.value,
        "carried_from": list(line.carried),
    }


def goal_document(goal: "GoalProgress") -> dict[str, Any]:
    """Return one target that is no share with its figure and its word."""
    judged = goal.judgement
    return {
        "measure": goal.measure.code,
        "kind": goal.measure.kind.value,
        "direction": goal.measure.direction.value,
        "target": f"{goal.target:.2f}",
        "value": percent(goal.value),
        "forecast": percent(judged.forecast),
        "attained": percent(judged.attained),
        "standing": judged.standing.value,
        "by_hand": goal.is_by_hand,
        "units_known": goal.known_units,
        "units": goal.units,
    }


def reminder_document(item: "TaskShown") -> dict[str, Any]:
    """Return a task that is due, and why it is named."""
    task = item.task
    head = {
        "task": task.pk,
        "nearness": item.nearness.value if item.nearness else "",
        "due_at": task.due_at.isoformat(),
    }
    return {**head, "unit": task.unit.code, "post": task.post.code, "title": task.title}


def check_document(item: "IndicatorCheck") -> dict[str, Any]:
    """Return whether units meet the province's target: the mean of shares, the sum of counts, the longest time."""
    head = {"indicator": item.indicator, "kind": item.kind.value, "units": item.units}
    found = {"together": percent(item.check.together), "wanted": f"{item.check.wanted:.2f}"}
    return {**head, **found, "holds": item.check.holds}


def percent(value: Any) -> float | None:
    """Return a percentage with two decimals, None of nothing."""
    return None if value is None else round(float(value), 2)
