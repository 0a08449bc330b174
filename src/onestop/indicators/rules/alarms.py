"""Signs that a figure is made rather than earned, beside how often chance gives them (dấu hiệu chạy chỉ tiêu).

An alarm is a question, not a finding. Its base rate is what all other units of the same kind do together; by chance
alone a unit shows as many, or more, with the probability of a binomial tail at that rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from onestop.indicators.rules.chance import chance_of_at_least
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
    found = [_judge(peer, [other for other in peers if other.kind == peer.kind and other.unit != peer.unit], peers)
             for peer in peers]  # fmt: skip
    return tuple(sorted(found, key=lambda alarm: (alarm.chance is None, alarm.chance or 0.0, alarm.unit)))


def _judge(peer: Peer, others: Sequence[Peer], peers: Sequence[Peer]) -> Alarm:
    tries = sum(other.denominator for other in others)
    base = Fraction(sum(other.numerator for other in others), tries) if tries else None
    chance = None if base is None else chance_of_at_least(peer.numerator, peer.denominator, _never_none(base, tries))
    level = ""
    if chance is not None and peer.numerator >= FEWEST:
        level = "alarm" if chance < RARE else "watch" if chance < UNUSUAL else ""
    of_kind = sum(other.kind == peer.kind for other in peers)
    expected = of_kind * {"alarm": RARE, "watch": UNUSUAL}.get(level, 0.0)
    return Alarm(peer.unit, peer.numerator, peer.denominator, base, chance, expected, level)


def _never_none(base: Fraction, tries: int) -> Fraction:
    """A sign that no other unit ever showed is still possible: rule of succession."""
    return base or Fraction(1, tries + 2)
