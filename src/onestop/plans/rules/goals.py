"""Targets that are no shares: divided, inherited, carried over, summed up, judged (chỉ tiêu khác tỷ lệ).

    divided    a count or an amount: by weights, so that the parts sum to the whole exactly. Each part is the whole
               number below its exact share; what is left goes, one each, to those that lost most. What was set by hand
               stays, and the rest is divided among the others
    inherited  a duration, done or not: everybody has the same
    the check  what the units have together meets the whole: the sum of counts and amounts, the longest of durations
               (if no unit's median exceeds it, the province's does not either)

How a line stands, by the same words as a share:
    reached    the figure meets the target. At least and adding up over the year: or it will by the year's end, if every
               day is like those so far. At most and adding up: it meets it now, and will at this pace
    at risk    it falls short but may still come: at most and the pace exceeds it; what does not add up, while the year
               lasts
    slow       it falls short at this pace, or it is too late
    no data    nothing measured, or nothing reported that was accepted
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from onestop.indicators.rules.outlook import Standing
from onestop.plans.rules.cascade import Receiver, Spread
from onestop.plans.rules.measures import SUMMED, Direction, Kind
from onestop.plans.rules.successions import Heirs, find_heirs
from onestop.plans.rules.targets import Assigned

SPREADS = {
    Kind.SHARE: frozenset({Spread.INHERIT, Spread.SCALE}),
    Kind.COUNT: frozenset({Spread.EQUAL, Spread.SCALE}),
    Kind.MONEY: frozenset({Spread.EQUAL, Spread.SCALE}),
    Kind.DURATION: frozenset({Spread.INHERIT}),
    Kind.DONE: frozenset({Spread.INHERIT}),
}
"""How a target of each kind can be handed down."""


@dataclass(frozen=True, slots=True)
class GoalJudgement:
    """How a line stands; `attained` is 0..1, `gap` the figure less the target; None is unknown."""

    standing: Standing
    attained: Fraction | None = None
    gap: Fraction | None = None
    forecast: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit has of a measure: its figure, None if nothing is known."""

    unit: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Summed:
    """What units have together: the figure, and of how many units one is known."""

    value: Fraction | None
    known: int
    units: int


# -- handing down ----------------------------------------------------------------------------------
def hand_down(kind: Kind, target: Decimal, receivers: Sequence[Receiver], *, spread: Spread) -> tuple[Assigned, ...]:
    """Return the target of each receiver, in their order. The spread has to be one of `SPREADS[kind]`."""
    if kind not in SUMMED:
        return tuple(Assigned(r.unit, target if r.fixed is None else r.fixed, r.base) for r in receivers)
    free = [receiver for receiver in receivers if receiver.fixed is None]
    left = int(target) - sum(int(receiver.fixed) for receiver in receivers if receiver.fixed is not None)
    weights = [r.base.denominator if spread is Spread.SCALE and r.base else int(spread is Spread.EQUAL) for r in free]
    shares = dict(zip((r.unit for r in free), divide(max(0, left), weights), strict=True))
    return tuple(Assigned(r.unit, _part(r, shares), r.base) for r in receivers)


def _part(receiver: Receiver, shares: dict[str, int]) -> Decimal:
    return Decimal(shares[receiver.unit]) if receiver.fixed is None else receiver.fixed


def divide(whole: int, weights: Sequence[int]) -> list[int]:
    """Return whole numbers that sum to `whole`, each less than one away from its exact share. No weights: equally."""
    if not weights:
        return []
    weights = weights if any(weights) else [1] * len(weights)
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    lost = sorted(range(len(weights)), key=lambda at: (-(whole * weights[at] % total), at))
    for at in lost[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def together(kind: Kind, targets: Sequence[Decimal]) -> Fraction | None:
    """Return what the units' targets come to: their sum, the longest, or the least; None of none."""
    values = [Fraction(target) for target in targets]
    if not values:
        return None
    if kind in SUMMED:
        return sum(values, Fraction(0))
    return max(values) if kind is Kind.DURATION else min(values)


def carry_over(kind: Kind, assigned: Sequence[Assigned], heirs: Heirs) -> tuple[Assigned, ...]:
    """Return targets on the new map: counts and amounts are added up at the heirs, a parted one divided equally.

    Of durations and of what is done or not, an heir keeps its own; without one it has the shortest of what it takes.
    """
    found: dict[str, list[tuple[bool, Decimal]]] = {}
    for item in assigned:
        units = find_heirs(item.unit, heirs)
        parts = [item.target] * len(units)
        if kind in SUMMED:
            parts = [Decimal(part) for part in divide(int(item.target), [1] * len(units))]
        for unit, part in zip(units, parts, strict=True):
            found.setdefault(unit, []).append((unit == item.unit, part))
    return tuple(Assigned(unit, _merged(kind, parts)) for unit, parts in found.items())


def _merged(kind: Kind, parts: Sequence[tuple[bool, Decimal]]) -> Decimal:
    if kind in SUMMED:
        return sum((target for _, target in parts), Decimal(0))
    own = [target for is_own, target in parts if is_own]
    return own[0] if own else min(target for _, target in parts)


# -- summing up and judging ------------------------------------------------------------------------
def sum_up(kind: Kind, parts: Sequence[Part]) -> Summed:
    """Return what units come to together: the sum, or how much of them is done (0..1). Nobody known: None.

    Durations have no sum: the whole is measured by itself. Of what is done or not, a unit not known is not done.
    """
    known = [part.value for part in parts if part.value is not None]
    if not known or kind not in SUMMED | {Kind.DONE}:
        return Summed(None, len(known), len(parts))
    total = sum(known, Fraction(0))
    return Summed(total / len(parts) if kind is Kind.DONE else total, len(known), len(parts))


def meets(direction: Direction, value: Fraction, target: Fraction) -> bool:
    """True if a figure is on the good side of its target."""
    return value >= target if direction is Direction.AT_LEAST else value <= target


def attained(direction: Direction, value: Fraction, target: Fraction) -> Fraction:
    """Return how far a figure goes towards its target, 0..1."""
    if meets(direction, value, target):
        return Fraction(1)
    return value / target if direction is Direction.AT_LEAST else target / value


def judge_goal(
    *, value: Fraction | None, target: Decimal, direction: Direction, accrues: bool, on: date, begin: date, until: date
) -> GoalJudgement:
    """Return how a figure of the year up to the end of the day `on` stands. `until` is the first day after the year."""
    if value is None:
        return GoalJudgement(Standing.NO_DATA)
    wanted, passed, whole = Fraction(target), (on - begin).days + 1, (until - begin).days
    is_over = passed >= whole
    forecast = value * whole / passed if accrues and 0 < passed < whole else None
    meets_now = meets(direction, value, wanted)
    will_meet = meets_now if forecast is None else meets(direction, forecast, wanted)
    standing = _standing(direction, meets_now, will_meet, accrues=accrues, is_over=is_over)
    return GoalJudgement(standing, attained(direction, value, wanted), value - wanted, forecast)


def _standing(direction: Direction, meets_now: bool, will_meet: bool, *, accrues: bool, is_over: bool) -> Standing:
    if accrues and direction is Direction.AT_LEAST:
        return Standing.REACHED if meets_now or will_meet else Standing.SLOW
    if meets_now:
        return Standing.REACHED if will_meet else Standing.AT_RISK
    return Standing.SLOW if is_over or accrues else Standing.AT_RISK
