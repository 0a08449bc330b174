"""Drafting: open the plan of a year, set a target by hand, drop one (dự thảo kế hoạch)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post, Unit
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.plans.models import Plan, PlanLine, PlanVersion
from onestop.plans.operations.entries import draft_of, enter, local_day, lock_plan, require
from onestop.plans.queries.measures import find_kind
from onestop.plans.queries.plans import find_plan, line_payload, top_unit_id
from onestop.plans.queries.reference import leader_posts, list_planned_units
from onestop.plans.rules.importing import HEAVIEST, LONGEST, UNFIT
from onestop.plans.rules.kinds import Deed, Origin
from onestop.plans.rules.measures import Direction, Kind, is_value

FIRST_YEAR, LAST_YEAR = 2020, 2100


@dataclass(frozen=True, slots=True)
class LineGiven:
    """A target as somebody sets it. Without a post, the unit's first leader answers for it."""

    unit: str
    indicator: str
    target: Decimal
    document: str
    page: str = ""
    weight: int = 1
    post: str = ""


@transaction.atomic
def open_plan(*, year: int, by: Principal, at: datetime) -> Plan:
    """Open the plan of a year with an empty first draft. Raises `Refused` if there is one already."""
    top = top_unit_id()
    require(Deed.OPEN, by, plan_unit_id=top)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("plan.unusable", faults=(Fault("year", "plan.year_outside", {"year": year}),))
    if find_plan(year) is not None:
        raise Refused("plan.open_already", year=year)
    plan = Plan.objects.create(year=year, unit_id=top, opened_at=at, changed_at=at)
    PlanVersion.objects.create(plan=plan, number=1, drafted_at=at)
    enter(plan, Deed.OPEN, by, at, {"version": 1})
    return plan


@transaction.atomic
def set_line(*, year: int, line: LineGiven, by: Principal, at: datetime, seen: int | None = None) -> PlanLine:
    """Set the target of a unit in the draft, or change it. Raises `Invalid` with every fault."""
    plan = lock_plan(year=year, deed=Deed.SET_LINE, by=by, at=at, seen=seen)
    draft = draft_of(plan)
    unit, post, (kind, direction) = _check(line, at)
    before = PlanLine.objects.filter(version=draft, unit=unit, indicator=line.indicator).first()
    row, _ = PlanLine.objects.update_or_create(
        version=draft,
        unit=unit,
        indicator=line.indicator,
        defaults={
            "kind": kind,
            "direction": direction,
            "target": line.target,
            "weight": line.weight,
            "origin": Origin.BY_HAND,
            "document": line.document.strip(),
            "page": line.page.strip(),
            "post": post,
        },
    )
    told = {"version": draft.number, "before": f"{before.target:.2f}" if before else None}
    enter(plan, Deed.SET_LINE, by, at, {**told, **line_payload(row)})
    return row


@transaction.atomic
def drop_line(*, year: int, unit: str, indicator: str, by: Principal, at: datetime, seen: int | None = None) -> None:
    """Take a target out of the draft. Raises `NotFound`."""
    plan = lock_plan(year=year, deed=Deed.DROP_LINE, by=by, at=at, seen=seen)
    draft = draft_of(plan)
    row = draft.lines.filter(unit__code=unit, indicator=indicator).select_related("unit", "post").first()
    if row is None:
        raise NotFound("plan.no_line", unit=unit, indicator=indicator)
    told = {"version": draft.number, **line_payload(row)}
    row.delete()
    enter(plan, Deed.DROP_LINE, by, at, told)


def _check(line: LineGiven, at: datetime) -> tuple[Unit, Post | None, tuple[Kind, Direction]]:
    day = local_day(at)
    kind = find_kind(line.indicator, day)
    of_kind = kind[0] if kind else Kind.SHARE
    unit = next((unit for unit in list_planned_units(day) if unit.code == line.unit), None)
    post = Post.objects.filter(code=line.post).first() if line.post else None
    checks = (
        ("unit", "targets.unknown_unit", unit is None),
        ("indicator", "targets.unknown_indicator", kind is None),
        ("target", UNFIT.get(of_kind, "targets.outside"), not is_value(of_kind, line.target)),
        ("weight", "targets.not_a_weight", not 1 <= line.weight <= HEAVIEST),
        ("document", "targets.missing", not line.document.strip()),
        ("document", "targets.too_long", len(line.document) > LONGEST["document"]),
        ("page", "targets.too_long", len(line.page) > LONGEST["page"]),
        ("post", "targets.unknown_post", bool(line.post) and post is None),
    )
    faults = tuple(
        Fault(name, code, {"found": str(getattr(line, name))[:60], "expected": ""})
        for name, code, wrong in checks
        if wrong
    )
    if faults or unit is None or kind is None:
        raise Invalid("plan.unusable", faults=faults)
    return unit, post or leader_posts([unit.pk]).get(unit.pk), kind
