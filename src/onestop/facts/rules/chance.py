"""How sure a share is, and how often chance alone would give a count: exact where it can be, stated where not."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import exp, lgamma, log, sqrt

SURE = 1.959963984540054  # of a normal distribution, 95 of 100 lie within so many standard deviations


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, 95 times of 100 (khoảng tin cậy 95 %)."""

    low: float
    high: float


def wilson(numerator: int, denominator: int) -> Interval:
    """Return the Wilson score interval of a share; of nothing, everything is possible."""
    if not denominator:
        return Interval(0.0, 1.0)
    share, n, z2 = numerator / denominator, denominator, SURE * SURE
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = SURE / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


@lru_cache(maxsize=4096)
def chance_of_at_least(count: int, tries: int, share: Fraction) -> float:
    """Return how often at least `count` of `tries` come about by chance, if each does with `share` (binomial tail)."""
    if count <= 0:
        return 1.0
    if not share or count > tries:
        return 0.0
    if share >= 1:
        return 1.0
    p, found = float(share), 0.0
    for hits in range(count, tries + 1):
        term = exp(_log_choose(tries, hits) + hits * log(p) + (tries - hits) * log(1 - p))
        found += term
        if hits > tries * p and term < found * 1e-17:  # the rest only gets smaller
            break
    return min(1.0, found)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
