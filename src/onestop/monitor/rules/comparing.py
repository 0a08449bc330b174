"""How members are compared: ranks, and how uneven the nation is.

A member without a figure has no rank and takes no part in any measure: unknown is not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from onestop.monitor.rules.members import Counts

MANY = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """One member with its share and rank; equal shares share a rank, and the next one is skipped (1, 2, 2, 4)."""

    code: str
    counts: Counts
    share: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Unevenness:
    """How far apart members are. Shares are 0..1.

    `nation` is the share of all counts together, `mean` that of members each counted once. `gini` is 0 if all are
    alike, near 1 if one has everything; None if all shares are 0. `top` and `bottom` are codes, the best first.
    """

    known: int
    unknown: int
    nation: float | None
    mean: float
    median: float
    lowest: float
    highest: float
    gini: float | None
    top: tuple[str, ...]
    bottom: tuple[str, ...]

    @property
    def spread(self) -> float:
        """The distance from the lowest to the highest share."""
        return self.highest - self.lowest


def close_months(days: Iterable[date]) -> tuple[date, ...]:
    """Return the last of the days in each month, the oldest first: figures of months are compared, not of days."""
    last: dict[tuple[int, int], date] = {}
    for day in days:
        month = (day.year, day.month)
        last[month] = max(day, last.get(month, day))
    return tuple(sorted(last.values()))


def rank(counts: Mapping[str, Counts]) -> tuple[Ranked, ...]:
    """Return members by share, the highest first, by code where equal; those without a figure last."""
    known = sorted(((c.share, code) for code, c in counts.items() if c.share is not None), key=lambda x: (-x[0], x[1]))
    found: list[Ranked] = []
    for place, (share, code) in enumerate(known, 1):
        tied = bool(found) and found[-1].share == share
        found.append(Ranked(code, counts[code], share, found[-1].rank if tied else place))
    nothing = sorted(code for code, value in counts.items() if value.share is None)
    return (*found, *(Ranked(code, counts[code], None, None) for code in nothing))


def measure(counts: Mapping[str, Counts], *, many: int = MANY) -> Unevenness | None:
    """Return how uneven the members with a figure are, or None if none has one."""
    ranked = [item for item in rank(counts) if item.share is not None]
    if not ranked:
        return None
    shares = [item.share for item in ranked if item.share is not None]
    whole = sum((item.counts for item in ranked), Counts())
    return Unevenness(
        known=len(ranked),
        unknown=len(counts) - len(ranked),
        nation=whole.share,
        mean=fmean(shares),
        median=median(shares),
        lowest=min(shares),
        highest=max(shares),
        gini=gini(shares),
        top=tuple(item.code for item in ranked[:many]),
        bottom=tuple(item.code for item in reversed(ranked[-many:])),
    )


def gini(values: Sequence[float]) -> float | None:
    """Return the Gini coefficient of values of 0 or more: half the mean difference of all pairs over the mean.

    None for no values, or if all are 0.
    """
    total, count = sum(values), len(values)
    if not count or total == 0:
        return None
    ordered = sorted(values)
    weighted = sum((2 * place - count - 1) * value for place, value in enumerate(ordered, 1))
    return weighted / (count * total)
