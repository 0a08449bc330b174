"""Targets in per cent, two decimals at most; means are exact fractions, rounded only when a target is set."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

HUNDRED = Decimal(100)
FINEST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Base:
    """A figure of an earlier period, as two integers (số liệu năm trước)."""

    numerator: int
    denominator: int

    def __add__(self, other: "Base") -> "Base":
        """Return the figure of both together."""
        return Base(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def percent(self) -> Fraction | None:
        """The share in per cent, None of nothing."""
        return Fraction(100 * self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Assigned:
    """A target given to a unit, with the figure it was scaled by, if any (chỉ tiêu giao cho đơn vị)."""

    unit: str
    target: Decimal
    base: Base | None = None

    @property
    def weight(self) -> int:
        """How much the unit counts in a mean: how many it had to count by last year."""
        return self.base.denominator if self.base else 0


def is_target(value: Decimal) -> bool:
    """True if `value` can be a target: from 0 to 100, no finer than a hundredth."""
    return value.is_finite() and 0 <= value <= HUNDRED and value == value.quantize(FINEST)


def round_up(value: Fraction, step: Decimal) -> Decimal:
    """Return the smallest multiple of `step` that is not below `value`."""
    return _multiple(value, step, ROUND_CEILING)


def round_down(value: Fraction, step: Decimal) -> Decimal:
    """Return the largest multiple of `step` that is not above `value`."""
    return -round_up(-value, step)


def round_nearest(value: Fraction, step: Decimal) -> Decimal:
    """Return the nearest multiple of `step`; of two equally near, the larger."""
    return _multiple(value, step, ROUND_HALF_UP)


def mean(assigned: Iterable[Assigned]) -> Fraction | None:
    """Return the mean of targets, weighted by what each unit had to count by last year.

    If nobody has a figure of last year, every unit counts the same; of no units, None.
    """
    pairs = [(Fraction(item.target), item.weight) for item in assigned]
    whole = sum(weight for _, weight in pairs)
    if not whole:
        return sum((target for target, _ in pairs), Fraction(0)) / len(pairs) if pairs else None
    return sum((target * weight for target, weight in pairs), Fraction(0)) / whole


def _multiple(value: Fraction, step: Decimal, rounding: str) -> Decimal:
    steps = value / Fraction(step)
    if rounding == ROUND_CEILING:
        whole = -((-steps.numerator) // steps.denominator)
    else:
        whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (whole * step).quantize(FINEST)
