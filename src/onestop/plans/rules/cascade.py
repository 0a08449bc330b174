"""From the province's target to those of its departments and communes (phân bổ chỉ tiêu).

    inherit    every unit gets the province's target
    scale      by last year's figures, so that the mean, weighted by what each unit had to count by, meets the
               province's target: every unit closes the same share of its distance to 100 %. Who was far goes far, who
               was near still improves, nobody is asked to fall, nobody for more than 100 %. If the target lies below
               last year's mean, every unit may fall by the same share of its own figure.
    by hand    what was set by hand stays as it is and counts in the mean; the others are scaled around it

A unit without a figure of last year gets the province's target and has no weight.
Rounding: up to a step, so that the mean never falls below; or to the nearest step, and then those that lost most are
lifted by one step until the mean is met again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from onestop.plans.rules.measures import Direction
from onestop.plans.rules.targets import HUNDRED, Assigned, Base, mean, round_nearest, round_up


class Spread(StrEnum):
    """How a target is handed down (cách phân bổ)."""

    INHERIT = "inherit"  # như nhau
    SCALE = "scale"  # theo số liệu năm trước
    EQUAL = "equal"  # chia đều: của số lượng và số tiền (`goals`)


class Rounding(StrEnum):
    """How scaled targets are rounded (cách làm tròn)."""

    UP = "up"
    NEAREST = "nearest"


STEPS = (Decimal("0.01"), Decimal("0.1"), Decimal("0.5"), Decimal(1))


@dataclass(frozen=True, slots=True)
class Receiver:
    """A unit below: its code, its figure of last year, and the target set for it by hand, if any."""

    unit: str
    base: Base | None = None
    fixed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Do the parts together (the mean of shares, the sum of counts) meet the whole? (kiểm tra phân bổ)"""

    wanted: Decimal
    together: Fraction | None
    direction: Direction = Direction.AT_LEAST

    @property
    def gap(self) -> Fraction | None:
        """What they come to less what is wanted; None if there are no parts."""
        return None if self.together is None else self.together - Fraction(self.wanted)

    @property
    def holds(self) -> bool:
        """True if the parts are on the good side of what is wanted; nothing handed down breaks nothing."""
        if self.gap is None:
            return True
        return self.gap >= 0 if self.direction is Direction.AT_LEAST else self.gap <= 0


def check(target: Decimal, assigned: Sequence[Assigned]) -> Check:
    """Return whether targets handed down meet the province's."""
    return Check(target, mean(assigned))


def cascade(
    target: Decimal, receivers: Sequence[Receiver], *, spread: Spread, rounding: Rounding, step: Decimal
) -> tuple[Assigned, ...]:
    """Return the target of each receiver, in their order. See the head of this file."""
    if spread is Spread.INHERIT:
        return tuple(Assigned(r.unit, target if r.fixed is None else r.fixed, r.base) for r in receivers)
    free = [receiver for receiver in receivers if receiver.fixed is None and _has_base(receiver)]
    wanted = _left_for_the_free(target, receivers, free)
    exact = {receiver.unit: value for receiver, value in zip(free, _scaled(wanted, free), strict=True)}
    scaled = _rounded(exact, free, wanted, rounding, step)
    return tuple(Assigned(r.unit, _settled(r, scaled, target), r.base) for r in receivers)


def _settled(receiver: Receiver, scaled: dict[str, Decimal], target: Decimal) -> Decimal:
    return scaled.get(receiver.unit, target) if receiver.fixed is None else receiver.fixed


def _has_base(receiver: Receiver) -> bool:
    return receiver.base is not None and receiver.base.denominator > 0


def _left_for_the_free(target: Decimal, receivers: Sequence[Receiver], free: Sequence[Receiver]) -> Fraction:
    """What the mean of the free ones has to be, so that the mean of all meets the target; kept within 0..100."""
    whole = sum(receiver.base.denominator for receiver in receivers if receiver.base)
    fixed = sum(
        (Fraction(receiver.fixed) * receiver.base.denominator)
        for receiver in receivers
        if receiver.base and receiver.fixed is not None
    )
    weight = sum(receiver.base.denominator for receiver in free if receiver.base)
    wanted = (Fraction(target) * whole - fixed) / weight if weight else Fraction(target)
    return min(Fraction(HUNDRED), max(Fraction(0), wanted))


def _scaled(wanted: Fraction, free: Sequence[Receiver]) -> list[Fraction]:
    bases = [receiver.base for receiver in free if receiver.base]
    before = sum(bases, Base(0, 0)).percent
    shares = [base.percent or Fraction(0) for base in bases]
    if before is None:
        return [wanted for _ in free]
    if wanted >= before:
        closed = (wanted - before) / (100 - before) if before < 100 else Fraction(0)
        return [share + closed * (100 - share) for share in shares]
    return [share * wanted / before for share in shares]


def _rounded(
    exact: dict[str, Fraction], free: Sequence[Receiver], wanted: Fraction, rounding: Rounding, step: Decimal
) -> dict[str, Decimal]:
    if rounding is Rounding.UP:
        return {unit: min(HUNDRED, round_up(value, step)) for unit, value in exact.items()}
    found = {unit: min(HUNDRED, round_nearest(value, step)) for unit, value in exact.items()}
    weights = {receiver.unit: receiver.base.denominator for receiver in free if receiver.base}
    short = sum(((wanted - Fraction(found[unit])) * weight for unit, weight in weights.items()), Fraction(0))
    for unit in sorted(exact, key=lambda unit: Fraction(found[unit]) - exact[unit]):
        if short <= 0:
            break
        lifted = min(HUNDRED, found[unit] + step)
        short -= Fraction(lifted - found[unit]) * weights[unit]
        found[unit] = lifted
    return found
