"""Handing a target of the province down to departments and communes (phân bổ chỉ tiêu)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.rules import UnitKind
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.plans.models import PlanLine, PlanVersion
from onestop.plans.operations.entries import draft_of, enter, local_day, lock_plan
from onestop.plans.queries.checks import check_parts
from onestop.plans.queries.measures import get_measure
from onestop.plans.queries.reference import (
    BELOW,
    find_indicator,
    is_cascaded,
    leader_posts,
    list_bases,
    list_receivers,
)
from onestop.plans.rules.cascade import STEPS, Check, Receiver, Rounding, Spread, cascade
from onestop.plans.rules.goals import SPREADS, hand_down
from onestop.plans.rules.kinds import Deed, Origin
from onestop.plans.rules.measures import SUMMED, Kind
from onestop.plans.rules.targets import Assigned

BY_A_PERSON = frozenset({Origin.BY_HAND, Origin.IMPORTED})


@dataclass(frozen=True, slots=True)
class Cascaded:
    """What came of it: how many units got a target, how many kept one set by hand, whether together they meet it."""

    indicator: str
    kind: Kind
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
    that units do not have each for themselves, `Invalid` for a step that is none, or a spread that is not of its kind.
    """
    plan = lock_plan(year=year, deed=Deed.CASCADE, by=by, at=at, seen=seen)
    draft, day = draft_of(plan), local_day(at)
    if step not in STEPS:
        raise Invalid("plan.unusable", faults=(Fault("step", "plan.not_a_step", {"step": str(step)}),))
    own = _own_line(draft, plan.unit_id, indicator, spread, day)
    units = {unit.code: unit.pk for unit in list_receivers(day, kinds)}
    receivers = _receivers(draft, own, list(units), spread, day)
    if own.is_share:
        assigned = cascade(own.target, receivers, spread=spread, rounding=rounding, step=step)
    else:
        assigned = hand_down(Kind(own.kind), own.target, receivers, spread=spread)
    kept = frozenset(receiver.unit for receiver in receivers if receiver.fixed is not None)
    _write(draft, own, [item for item in assigned if item.unit not in kept], units, spread)
    found = Cascaded(indicator, Kind(own.kind), len(assigned) - len(kept), len(kept), check_parts(own, assigned))
    rule = {"spread": spread.value, "rounding": rounding.value, "step": str(step), "kinds": sorted(kinds)}
    told = {"indicator": indicator, "target": f"{own.target:.2f}", "given": found.given, "kept": found.kept, **rule}
    enter(plan, Deed.CASCADE, by, at, {"version": draft.number, **told})
    return found


def _own_line(draft: PlanVersion, top: int, indicator: str, spread: Spread, day: date) -> PlanLine:
    """Return the province's line. Raises if there is none, or it cannot be handed down so."""
    own = draft.lines.filter(unit_id=top, indicator=indicator).first()
    if own is None:
        raise NotFound("plan.no_line", unit="", indicator=indicator)
    definition = find_indicator(indicator, day) if own.is_share else None
    if definition is not None and not is_cascaded(definition):
        raise Refused("plan.not_by_unit", indicator=indicator)
    if spread not in SPREADS[Kind(own.kind)]:
        raise Invalid("plan.unusable", faults=(Fault("spread", "plan.not_this_spread", {"kind": own.kind}),))
    return own


def _receivers(draft: PlanVersion, own: PlanLine, units: list[str], spread: Spread, day: date) -> list[Receiver]:
    """Return who receives: the figure of last year that it is scaled by or weighs by, and what a person set."""
    by_hand = draft.lines.filter(indicator=own.indicator, origin__in=BY_A_PERSON)
    fixed = dict(by_hand.values_list("unit__code", "target"))
    scaled_by = own.indicator if own.is_share else get_measure(own.indicator).divided_by
    is_weighed = own.is_share or spread is Spread.SCALE
    bases = list_bases(draft.plan.year - 1, [scaled_by], day) if is_weighed else {}
    return [Receiver(unit, bases.get((unit, scaled_by)), fixed.get(unit)) for unit in units]


def _write(draft: PlanVersion, own: PlanLine, given: list[Assigned], units: dict[str, int], spread: Spread) -> None:
    posts = leader_posts(units.values())
    old = draft.lines.filter(indicator=own.indicator, unit_id__in=[units[item.unit] for item in given])
    old.exclude(origin__in=BY_A_PERSON).delete()
    PlanLine.objects.bulk_create(
        PlanLine(
            version=draft,
            unit_id=units[item.unit],
            indicator=own.indicator,
            kind=own.kind,
            direction=own.direction,
            target=item.target,
            weight=own.weight,
            origin=_origin(own, item, spread),
            document=own.document,
            page=own.page,
            post=posts.get(units[item.unit]),
            base_numerator=item.base.numerator if item.base else None,
            base_denominator=item.base.denominator if item.base else None,
        )
        for item in given
    )


def _origin(own: PlanLine, item: Assigned, spread: Spread) -> Origin:
    if Kind(own.kind) in SUMMED:
        return Origin.DIVIDED
    return Origin.SCALED if spread is Spread.SCALE and item.base else Origin.INHERITED
