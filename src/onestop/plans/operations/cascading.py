"""Handing a target of the province down to departments and communes (phân bổ chỉ tiêu)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.rules import UnitKind
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.plans.models import PlanLine, PlanVersion
from onestop.plans.operations.entries import draft_of, enter, local_day, lock_plan
from onestop.plans.queries.reference import (
    BELOW,
    find_indicator,
    is_cascaded,
    leader_posts,
    list_bases,
    list_receivers,
)
from onestop.plans.rules.cascade import STEPS, Check, Receiver, Rounding, Spread, cascade, check
from onestop.plans.rules.kinds import Deed, Origin
from onestop.plans.rules.targets import Assigned, Base

BY_A_PERSON = frozenset({Origin.BY_HAND, Origin.IMPORTED})


@dataclass(frozen=True, slots=True)
class Cascaded:
    """What came of it: how many units got a target, how many kept one set by hand, and whether the mean is met."""

    indicator: str
    given: int
    kept: int
    check: Check


@transaction.atomic
def cascade_target(
    *,
    year: int,
    indicator: str,
    spread: Spread,
    by: Principal,
    at: datetime,
    rounding: Rounding = Rounding.UP,
    step: Decimal = Decimal("0.1"),
    kinds: Collection[UnitKind] = BELOW,
    seen: int | None = None,
) -> Cascaded:
    """Give the units below the target that the province has for `indicator`, by the rule `spread`.

    What a person set for a unit stays. Raises `NotFound` without a target of the province, `Refused` for an indicator
    that units do not have each for themselves, `Invalid` for a step that is none.
    """
    plan = lock_plan(year=year, deed=Deed.CASCADE, by=by, at=at, seen=seen)
    draft, day = draft_of(plan), local_day(at)
    if step not in STEPS:
        raise Invalid("plan.unusable", faults=(Fault("step", "plan.not_a_step", {"step": str(step)}),))
    own = draft.lines.filter(unit_id=plan.unit_id, indicator=indicator).first()
    definition = find_indicator(indicator, day)
    if own is None or definition is None:
        raise NotFound("plan.no_line", unit=plan.unit.code, indicator=indicator)
    if not is_cascaded(definition):
        raise Refused("plan.not_by_unit", indicator=indicator)
    units = {unit.code: unit.pk for unit in list_receivers(day, kinds)}
    receivers = _receivers(draft, indicator, list(units), list_bases(year - 1, [indicator], day))
    assigned = cascade(own.target, receivers, spread=spread, rounding=rounding, step=step)
    kept = frozenset(receiver.unit for receiver in receivers if receiver.fixed is not None)
    _write(draft, own, [item for item in assigned if item.unit not in kept], units, spread)
    found = Cascaded(indicator, len(assigned) - len(kept), len(kept), check(own.target, assigned))
    rule = {"spread": spread.value, "rounding": rounding.value, "step": str(step), "kinds": sorted(kinds)}
    told = {"indicator": indicator, "target": f"{own.target:.2f}", "given": found.given, "kept": found.kept, **rule}
    enter(plan, Deed.CASCADE, by, at, {"version": draft.number, **told})
    return found


def _receivers(
    draft: PlanVersion, indicator: str, units: list[str], bases: dict[tuple[str, str], Base]
) -> list[Receiver]:
    by_hand = draft.lines.filter(indicator=indicator, origin__in=BY_A_PERSON)
    fixed = dict(by_hand.values_list("unit__code", "target"))
    return [Receiver(unit, bases.get((unit, indicator)), fixed.get(unit)) for unit in units]


def _write(draft: PlanVersion, own: PlanLine, given: list[Assigned], units: dict[str, int], spread: Spread) -> None:
    posts = leader_posts(units.values())
    old = draft.lines.filter(indicator=own.indicator, unit_id__in=[units[item.unit] for item in given])
    old.exclude(origin__in=BY_A_PERSON).delete()
    PlanLine.objects.bulk_create(
        PlanLine(
            version=draft,
            unit_id=units[item.unit],
            indicator=own.indicator,
            target=item.target,
            weight=own.weight,
            origin=Origin.SCALED if spread is Spread.SCALE and item.base else Origin.INHERITED,
            document=own.document,
            page=own.page,
            post=posts.get(units[item.unit]),
            base_numerator=item.base.numerator if item.base else None,
            base_denominator=item.base.denominator if item.base else None,
        )
        for item in given
    )
