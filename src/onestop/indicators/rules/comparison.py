"""A unit beside those like it: same kind, about the same number of dossiers (so sánh với đơn vị cùng loại)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class SizeClass(StrEnum):
    """How many dossiers a unit has, among those of its kind: the lowest, middle or highest third."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Peer:
    """A unit with its two numbers."""

    unit: str
    kind: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """The share, or None of nothing."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands among its peers: rank 1 is the highest share; equal shares share a rank."""

    size: SizeClass
    peers: tuple[Peer, ...]
    rank: int | None
    quartiles: tuple[Fraction, Fraction, Fraction] | None

    @property
    def of(self) -> int:
        """How many peers have a share, the unit itself included."""
        return sum(peer.share is not None for peer in self.peers)


def size_classes(peers: Sequence[Peer]) -> dict[str, SizeClass]:
    """Return the size class of each unit of one kind, by its denominator; equal ones are in the same class."""
    ordered = sorted(peer.denominator for peer in peers)
    if not ordered:
        return {}
    lower, upper = ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
    return {peer.unit: _size(peer.denominator, lower, upper) for peer in peers}


def find_standing(unit: str, peers: Sequence[Peer]) -> Standing | None:
    """Return where a unit stands among those of its kind and size, or None if it is not among `peers`."""
    own = next((peer for peer in peers if peer.unit == unit), None)
    if own is None:
        return None
    of_kind = [peer for peer in peers if peer.kind == own.kind]
    classes = size_classes(of_kind)
    like = tuple(peer for peer in of_kind if classes[peer.unit] is classes[unit])
    shares = sorted((peer.share for peer in like if peer.share is not None), reverse=True)
    rank = None if own.share is None else shares.index(own.share) + 1
    return Standing(classes[unit], like, rank, quartiles(shares))


def quartiles(shares: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return lower quartile, median and upper quartile, each a share that some unit has; None for fewer than three."""
    if len(shares) < 3:
        return None
    ordered = sorted(shares)
    last = len(ordered) - 1
    return ordered[last // 4], ordered[last // 2], ordered[last - last // 4]


def _size(count: int, lower: int, upper: int) -> SizeClass:
    if count < lower:
        return SizeClass.SMALL
    return SizeClass.MIDDLE if count < upper else SizeClass.LARGE
