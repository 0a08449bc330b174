"""Signs that a figure is made rather than earned, beside how often chance gives them (dấu hiệu chạy chỉ tiêu).

An alarm is a question, not a finding. Its base rate is what all other units of the same kind do together; by chance
alone a unit shows as many, or more, with the probability of a binomial tail at that rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from onestop.facts.rules.chance import chance_of_at_least
from onestop.indicators.rules.comparison import Peer

RARE = 0.001
UNUSUAL = 0.05
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Alarm:
    """What one unit shows of one sign. `base` is the share among the others of its kind, None if there are none.

    `expected` is how many units of the kind chance alone would raise to this level.
    """

    unit: str
    numerator: int
    denominator: int
    base: Fraction | None
    chance: float | None
    expected: float
    level: str

    @property
    def share(self) -> Fraction | None:
        """The unit's own share."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


def judge_alarms(peers: Sequence[Peer]) -> tuple[Alarm, ...]:
    """Return the alarm of every unit, the rarest by chance first. `level` is `alarm`, `watch` or empty.

    Fewer than three dossiers are never an alarm; where nobody else is of the kind there is nothing to compare with.
    """
    of_kind: dict[str, list[Peer]] = {}
    for peer in peers:
        of_kind.setdefault(peer.kind, []).append(peer)
    wholes = {kind: _Whole.of(found) for kind, found in of_kind.items()}
    found = [_judge(peer, wholes[peer.kind]) for peer in peers]
    return tuple(sorted(found, key=lambda alarm: (alarm.chance is None, alarm.chance or 0.0, alarm.unit)))


@dataclass(frozen=True, slots=True)
class _Whole:
    """All units of a kind together."""

    units: int
    numerator: int
    denominator: int

    @classmethod
    def of(cls, peers: Sequence[Peer]) -> "_Whole":
        """Return what units come to."""
        return cls(len(peers), sum(peer.numerator for peer in peers), sum(peer.denominator for peer in peers))


def _judge(peer: Peer, whole: _Whole) -> Alarm:
    tries = whole.denominator - peer.denominator
    base = Fraction(whole.numerator - peer.numerator, tries) if tries else None
    chance = None if base is None else chance_of_at_least(peer.numerator, peer.denominator, _never_none(base, tries))
    level = ""
    if chance is not None and peer.numerator >= FEWEST:
        level = "alarm" if chance < RARE else "watch" if chance < UNUSUAL else ""
    expected = whole.units * {"alarm": RARE, "watch": UNUSUAL}.get(level, 0.0)
    return Alarm(peer.unit, peer.numerator, peer.denominator, base, chance, expected, level)


def _never_none(base: Fraction, tries: int) -> Fraction:
    """A sign that no other unit ever showed is still possible: rule of succession."""
    return base or Fraction(1, tries + 2)
