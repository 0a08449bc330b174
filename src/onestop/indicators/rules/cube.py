"""The cube in memory: for each place and month what dossiers add to every test, as of one moment (khối số liệu)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from onestop.facts.rules.contributions import Cell
from onestop.facts.rules.periods import month_of, month_start
from onestop.facts.rules.signature import Layout
from onestop.facts.rules.tally import Numbers, Place, Tally, UnitFilter


@dataclass(frozen=True, eq=False)
class Cube:
    """The cube as last read. `numbers[place, month]` has one number for each test of the layout.

    `generation` and `revision` say how new it is; up to `settled_id` all entries are in it for good. Periods that begin
    before `first_month` it cannot tell. It `is_live` if it moves on with the journal. Tallies once asked for are kept
    with it.
    """

    layout: Layout
    generation: int
    revision: int
    as_of: datetime
    settled_id: int = 0
    first_month: int = 0
    is_live: bool = False
    places: tuple[Place, ...] = ()
    months: tuple[int, ...] = ()
    numbers: Numbers = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))
    tallies: dict[int, Tally] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Let a cube of nothing have a number for each test all the same."""
        if not self.places:
            object.__setattr__(self, "numbers", np.zeros((0, 0, len(self.layout.tests)), dtype=np.int64))

    def tells(self, period_from: datetime) -> bool:
        """True if it holds what the period that begins then counts."""
        month = month_of(period_from)
        return month >= self.first_month and period_from == month_start(month)

    def tally(self, month: int) -> Tally:
        """Return the counts of the period that begins with `month`."""
        found = self.tallies.get(month)
        if found is None:
            first = sum(known < month for known in self.months)
            numbers = self.numbers[:, first:].sum(axis=1).reshape(len(self.places), len(self.layout.tests))
            found = self.tallies[month] = Tally(self.layout.tests, self.places, numbers, self.layout.columns)
        return found

    def months_of(self, units: UnitFilter) -> dict[int, list[int]]:
        """Return what each month adds to every test for a unit; under `ALWAYS` what counts in every period."""
        chosen = [number for number, place in enumerate(self.places) if units.holds(place)]
        return dict(zip(self.months, self.numbers[chosen].sum(axis=0).tolist(), strict=True))

    def with_cells(self, cells: Mapping[Cell, Numbers], *, onto: bool = False) -> "Cube":
        """Return the cube with `cells` in the place of its own, or `onto` them. This one stays as it is."""
        if not cells:
            return self
        places = tuple(sorted({*self.places, *(cell[:2] for cell in cells)}))
        months = tuple(sorted({*self.months, *(cell[2] for cell in cells)}))
        rows, columns = ({value: number for number, value in enumerate(values)} for values in (places, months))
        numbers = self._spread_over(places, months)
        for (agency, desk, month), values in cells.items():
            here = rows[agency, desk], columns[month]
            numbers[here] = numbers[here] + values if onto else values
        return replace(self, places=places, months=months, numbers=numbers, tallies={})

    def _spread_over(self, places: tuple[Place, ...], months: tuple[int, ...]) -> Numbers:
        """Return a copy of the numbers with room for more places and months: most often there are no more."""
        if (places, months) == (self.places, self.months):
            return self.numbers.copy()
        numbers = np.zeros((len(places), len(months), len(self.layout.tests)), dtype=np.int64)
        if self.places:
            rows, columns = ({value: number for number, value in enumerate(values)} for values in (places, months))
            kept = np.ix_([rows[place] for place in self.places], [columns[month] for month in self.months])
            numbers[kept] = self.numbers
        return numbers
