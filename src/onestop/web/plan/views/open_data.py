"""The signed plan with its progress as open data: CSV and JSON (docs/plan-format.md)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from onestop.errors import NotFound
from onestop.plans.queries.goals import GoalProgress
from onestop.plans.queries.plans import find_signature_fault
from onestop.plans.queries.progress import LineProgress, Progress, UnitProgress
from onestop.plans.rules.measures import Direction, Kind
from onestop.web.base.permissions import public
from onestop.web.base.tables import stream_csv
from onestop.web.plan.asking import progress_for, read_asked
from onestop.web.plan.naming import words_of

FORMAT = "onestop-plan-1"
HEAD = (
    "year", "version", "as_of", "unit", "unit_name", "about", "about_name", "kind", "direction", "target", "weight",
    "numerator", "denominator", "value", "attained", "standing", "small", "by_hand", "document", "page",
)  # fmt: skip


@public
def plan_csv(request: HttpRequest) -> HttpResponseBase:
    """One row a target; small counts are left empty and said to be small."""
    found = _progress(request)
    rows = ([_cell(line[name]) for name in HEAD] for line in _lines(found))
    return stream_csv(HEAD, rows, f"ke-hoach-{found.plan.year}.csv")


@public
def plan_json(request: HttpRequest) -> JsonResponse:
    """The same with what holds for all of it: the version, its signature, the moment of the figures."""
    found = _progress(request)
    version = found.version
    assert version is not None  # `_progress` raises without one
    head = {
        "format": FORMAT,
        "year": found.plan.year,
        "version": version.number,
        "signed_at": version.signed_at,
        "content_sha256": version.content_sha256,
        "signature": find_signature_fault(version) or "holds",
        "as_of": found.as_of,
    }
    return JsonResponse({**head, "targets": list(_lines(found))}, json_dumps_params={"ensure_ascii": False})


def _progress(request: HttpRequest) -> Progress:
    asked = read_asked(request)
    found = progress_for(asked)
    if found is None or found.version is None:
        raise NotFound("plan.none_in_force", year=asked.year)
    return found


def _lines(found: Progress) -> Iterator[dict[str, Any]]:
    assert found.version is not None
    head = {"year": found.plan.year, "version": found.version.number, "as_of": found.as_of.isoformat()}
    for unit in found.units:
        for line in unit.lines:
            yield {**head, **_of_unit(unit), **_share(line)}
        for goal in unit.goals:
            yield {**head, **_of_unit(unit), **_goal(goal)}


def _of_unit(unit: UnitProgress) -> dict[str, Any]:
    return {"unit": unit.unit, "unit_name": unit.names["vi"]}


def _share(line: LineProgress) -> dict[str, Any]:
    figure, judged = line.figure, line.judgement
    is_small = figure is not None and figure.is_small
    is_known = figure is not None and judged.percent is not None and not is_small
    return {
        **_target(line.indicator, Kind.SHARE, Direction.AT_LEAST, line),
        "numerator": figure.numerator if figure and is_known else None,
        "denominator": figure.denominator if figure and is_known else None,
        "value": round(float(judged.percent), 4) if is_known and judged.percent is not None else None,
        **_standing(line.part.attained, judged.standing, is_small),
        "by_hand": False,
    }


def _goal(goal: GoalProgress) -> dict[str, Any]:
    measure = goal.measure
    is_known = goal.value is not None and not goal.is_small
    return {
        **_target(measure.code, measure.kind, measure.direction, goal),
        "numerator": None,
        "denominator": None,
        "value": round(float(goal.value), 4) if is_known and goal.value is not None else None,
        **_standing(goal.judgement.attained, goal.judgement.standing, goal.is_small),
        "by_hand": goal.is_by_hand,
    }


def _target(about: str, kind: Kind, direction: Direction, line: LineProgress | GoalProgress) -> dict[str, Any]:
    return {
        "about": about,
        "about_name": words_of(about).name,
        "kind": kind.value,
        "direction": direction.value,
        "target": float(line.target),
        "weight": line.weight,
        "document": line.document,
        "page": line.page,
    }


def _standing(attained: Any, standing: Any, is_small: bool) -> dict[str, Any]:
    return {
        "attained": None if attained is None or is_small else round(float(attained), 4),
        "standing": "no_data" if is_small else standing.value,
        "small": is_small,
    }


def _cell(value: object) -> object:
    return "" if value is None else int(value) if isinstance(value, bool) else value
