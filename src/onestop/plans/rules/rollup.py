"""Many lines into one word a unit, many units into one a branch (tổng hợp theo đơn vị, theo khối).

A line is attained as far as its figure goes towards its target, at most wholly. A line without data does not count: it
is no 0, and how much of the weight is known is always said beside the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from onestop.indicators.rules.outlook import Standing


@dataclass(frozen=True, slots=True)
class Part:
    """One line, or one unit: its weight, how far it is attained (0..1, None: no data), how it stands."""

    weight: int
    attained: Fraction | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Whole:
    """What the parts come to: attained over what is known, and how much of the weight that is."""

    attained: Fraction | None
    known: int
    weight: int
    counts: dict[Standing, int]

    @property
    def standing(self) -> Standing:
        """The word for the whole: reached if all known parts are, slow if more than half of the known ones are."""
        if self.attained is None:
            return Standing.NO_DATA
        slow, risk = self.counts[Standing.SLOW], self.counts[Standing.AT_RISK]
        if not slow and not risk:
            return Standing.REACHED
        known = sum(self.counts.values()) - self.counts[Standing.NO_DATA]
        return Standing.SLOW if 2 * slow > known else Standing.AT_RISK


def attained(percent: Fraction | None, target: Fraction) -> Fraction | None:
    """Return how far a figure goes towards its target, 0..1; a target of 0 is attained by any figure."""
    if percent is None:
        return None
    return Fraction(1) if percent >= target else percent / target


def roll_up(parts: Sequence[Part]) -> Whole:
    """Return the weighted mean of what is attained, over the parts that have data."""
    known = [part for part in parts if part.attained is not None]
    weight = sum(part.weight for part in known)
    total = sum((part.attained * part.weight for part in known if part.attained is not None), Fraction(0))
    return Whole(
        attained=total / weight if weight else None,
        known=weight,
        weight=sum(part.weight for part in parts),
        counts={standing: sum(1 for part in parts if part.standing is standing) for standing in Standing},
    )
