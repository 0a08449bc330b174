"""How long settlement took: a histogram of begun hours by place, small at any size (phân bố thời gian giải quyết)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from onestop.facts.rules.tally import Place, UnitFilter

DAY = 24
BOUNDS = (1, 2, 3, 5, 10, 20, 30)
"""Upper bounds of the classes in days; the last class has none."""


@dataclass(frozen=True, slots=True)
class Taken:
    """So many dossiers of a place took so many begun hours from acceptance; `minutes` is what they took together."""

    place: Place
    hours: int
    dossiers: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How long dossiers that ended in the period took from acceptance, waiting included.

    The mean is exact; a quantile is the begun hours that some dossier took. `classes` counts those up to each of
    `BOUNDS` days and, last, all longer ones.
    """

    count: int
    total_minutes: int
    lower: int | None
    median: int | None
    upper: int | None
    slowest_tenth: int | None
    classes: tuple[int, ...]

    @property
    def mean_minutes(self) -> Fraction | None:
        """The mean, exactly; None of nothing."""
        return Fraction(self.total_minutes, self.count) if self.count else None


@dataclass(frozen=True, slots=True)
class Durations:
    """The histogram of every place."""

    taken: tuple[Taken, ...]

    def spread(self, units: UnitFilter) -> Spread:
        """Return how long the dossiers of a unit took. Quantiles are not interpolated."""
        hours: Counter[int] = Counter()
        minutes = 0
        for item in self.taken:
            if units.holds(item.place):
                hours[item.hours] += item.dossiers
                minutes += item.minutes
        lower, median, upper, tenth = (_quantile(hours, Fraction(share, 20)) for share in (5, 10, 15, 18))
        return Spread(hours.total(), minutes, lower, median, upper, tenth, _classes(hours))


def _quantile(hours: Mapping[int, int], share: Fraction) -> int | None:
    """Return the first number of hours that at least `share` of the dossiers do not exceed."""
    whole, passed = sum(hours.values()), 0
    for hour in sorted(hours):
        passed += hours[hour]
        if passed >= share * whole:
            return hour
    return None


def _classes(hours: Mapping[int, int]) -> tuple[int, ...]:
    found = [0] * (len(BOUNDS) + 1)
    for hour, count in hours.items():
        found[next((place for place, bound in enumerate(BOUNDS) if hour <= bound * DAY), len(BOUNDS))] += count
    return tuple(found)
