"""What every engine answers with: how many dossiers pass each test, for each agency and desk."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onestop.facts.rules.columns import Columns, read_counts
from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.figures import Counts

Numbers = npt.NDArray[np.int64]
Place = tuple[str, str]
"""An agency and the desk at which a dossier of it came in; empty if unknown."""


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which dossiers belong to a unit: `agency` (or `desk`) is one of `codes`. No column: all of them."""

    column: str = ""
    codes: frozenset[str] = frozenset()

    def holds(self, place: Place) -> bool:
        """True if the dossiers of that place belong to the unit."""
        return not self.column or place[1 if self.column == "desk" else 0] in self.codes


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One row of `numbers` for each of `places`, one column for each of `tests`: whole numbers.

    `columns` may be handed in where many tallies have the same tests. What was counted is kept with it.
    """

    tests: tuple[Expression, ...]
    places: tuple[Place, ...]
    numbers: Numbers
    columns: Columns | None = None
    kept: dict[Hashable, list[Counts]] = field(default_factory=dict, repr=False)

    def total(self, units: UnitFilter) -> list[int]:
        """Return how many dossiers of the unit pass each test."""
        found: list[int] = self.numbers[_rows(self.places, units)].sum(axis=0, dtype=np.int64).tolist()
        return found

    def counts(self, definitions: Sequence[Definition], units: UnitFilter) -> list[Counts]:
        """Return the counts of each definition for one unit. Their tests have to be among those of the tally."""
        key = (units, *((item.scheme, item.code, item.version) for item in definitions))
        found = self.kept.get(key)
        if found is None:
            found = read_counts(definitions, self.columns or Columns(self.tests), self.total(units))
            self.kept[key] = found
        return found

    def as_rows(self) -> dict[Place, tuple[int, ...]]:
        """Return the numbers of each place that has any, as plain Python."""
        rows = zip(self.places, self.numbers.tolist(), strict=True)
        return {place: tuple(row) for place, row in rows if any(row)}


@lru_cache(maxsize=2048)
def _rows(places: tuple[Place, ...], units: UnitFilter) -> list[int]:
    """Return the rows of a unit's places: a page asks for the same units again and again."""
    return [number for number, place in enumerate(places) if units.holds(place)]


def make_tally(tests: Sequence[Expression], rows: Iterable[tuple[Place, Sequence[int]]]) -> Tally:
    """Return a tally from rows of a place and its numbers, in the order of places."""
    found = sorted(rows, key=lambda row: row[0])
    numbers = np.array([row[1] for row in found], dtype=np.int64).reshape(len(found), len(tests))
    return Tally(tuple(tests), tuple(row[0] for row in found), numbers)
