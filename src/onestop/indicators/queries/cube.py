"""Reading the kept cube: counts of every definition for every unit, for periods that begin with a month.

Each process keeps the cube in memory and asks the database only for cells that are newer, so an answer costs the same
however many dossiers there are. A cube that has fallen behind is set right in passing, from the few dossiers that
changed since; nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from threading import Lock

import numpy as np
from django.db import connection

from onestop.indicators.models import CubeState
from onestop.indicators.queries.changes import find_changed
from onestop.indicators.queries.definitions import kept_layout
from onestop.indicators.queries.facts import run
from onestop.indicators.queries.signatures import signatures_sql
from onestop.indicators.rules.contributions import Cell, Weighted, sum_cells
from onestop.indicators.rules.periods import month_of, month_start
from onestop.indicators.rules.tally import Numbers, Place, Tally, UnitFilter

FRESH = timedelta(seconds=1)
FEW = 2000
TRIES = 3
_NEWER = """
SELECT s.generation, s.revision, s.layout, s.as_of, s.settled_id, c.agency, c.desk, c.month, c.numbers
FROM indicators_cubestate s
    LEFT JOIN indicators_cubecell c ON c.revision > CASE WHEN s.generation = %s THEN %s ELSE -1 END
"""
_BEFORE = "SELECT agency, desk, signature FROM indicators_keptdossier WHERE stream = ANY(%(streams)s)"


@dataclass(frozen=True)
class Cube:
    """The cube as last read. `numbers[place, month]` has one number for each test of the layout."""

    generation: int
    revision: int
    as_of: datetime
    settled_id: int
    places: tuple[Place, ...] = ()
    months: tuple[int, ...] = ()
    numbers: Numbers = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))

    def tally(self, month: int) -> Tally:
        """Return the counts of the period that begins with `month`."""
        first = sum(known < month for known in self.months)
        return Tally(kept_layout().tests, self.places, self.numbers[:, first:].sum(axis=1))

    def months_of(self, units: UnitFilter) -> dict[int, list[int]]:
        """Return what each month adds to every test for a unit; under `ALWAYS` what counts in every period."""
        chosen = [number for number, place in enumerate(self.places) if units.holds(place)]
        return dict(zip(self.months, self.numbers[chosen].sum(axis=0).tolist(), strict=True))


def find_cube(*, as_of: datetime) -> Cube | None:
    """Return the cube as of a moment, or as it stood within the second before; None if there is none for it.

    There is none for moments before the one it has reached, before it was first made, after the definitions changed,
    or if so much happened since that reading the journal is no dearer.
    """
    for _ in range(TRIES):
        cube = _read()
        if cube is None or as_of < cube.as_of:
            return None
        if as_of - cube.as_of <= FRESH:
            return cube
        changes = _find_changes(cube, as_of)
        if changes is None:
            return None
        if _read() is cube:  # nobody moved it on while we looked
            return _put(replace(cube, as_of=as_of), changes, onto=True)
    return None


def find_tally(*, as_of: datetime, period_from: datetime) -> tuple[Tally, datetime] | None:
    """Return all counts of the period and the moment they are of; None if the cube cannot tell."""
    month = month_of(period_from)
    if period_from != month_start(month):
        return None
    cube = find_cube(as_of=as_of)
    return (cube.tally(month), cube.as_of) if cube else None


def needs_rebuilding() -> bool:
    """True if there is no cube yet, or one of other definitions than ours."""
    return not CubeState.objects.filter(layout=kept_layout().name).exists()


_lock = Lock()
_last: list[Cube] = []


def _read() -> Cube | None:
    """Return the cube as the database has it, reading only cells that this process has not seen."""
    with _lock:
        known = _last[0] if _last else None
        with connection.cursor() as cursor:
            cursor.execute(_NEWER, [known.generation, known.revision] if known else [None, None])
            rows = cursor.fetchall()
        if not rows or rows[0][2] != kept_layout().name:
            return None
        generation, revision, _, as_of, settled = rows[0][:5]
        if known and (generation, revision) == (known.generation, known.revision):
            return known
        fresh = {row[5:8]: np.frombuffer(row[8], dtype="<i8") for row in rows if row[8] is not None}
        before = known if known and known.generation == generation else Cube(generation, revision, as_of, settled)
        moved = replace(before, revision=revision, as_of=as_of, settled_id=settled)
        _last[:] = [_put(moved, fresh, onto=False)]
        return _last[0]


def _put(cube: Cube, cells: Mapping[Cell, Numbers], *, onto: bool) -> Cube:
    """Return the cube with `cells` in the place of its own, or `onto` them. The one given stays as it is."""
    places = tuple(sorted({*cube.places, *(cell[:2] for cell in cells)}))
    months = tuple(sorted({*cube.months, *(cell[2] for cell in cells)}))
    rows, columns = ({value: number for number, value in enumerate(values)} for values in (places, months))
    numbers = np.zeros((len(places), len(months), len(kept_layout().tests)), dtype=np.int64)
    if cube.places:
        kept = np.ix_([rows[place] for place in cube.places], [columns[month] for month in cube.months])
        numbers[kept] = cube.numbers
    for (agency, desk, month), values in cells.items():
        here = rows[agency, desk], columns[month]
        numbers[here] = numbers[here] + values if onto else values
    return replace(cube, places=places, months=months, numbers=numbers)


def _find_changes(cube: Cube, as_of: datetime) -> dict[Cell, Numbers] | None:
    """Return what the dossiers that changed since add to the cells by `as_of`; None if they are too many."""
    streams = find_changed(after=cube.settled_id, at=as_of)
    if len(streams) > FEW:
        return None
    sql, parameters = signatures_sql(kept_layout(), as_of=as_of, streams=streams)
    gone = ((row, -1) for row in run(_BEFORE, {"streams": streams}))
    come = ((row[1:4], 1) for row in run(sql, parameters))
    told: list[Weighted] = [((a, d), kept, weight) for (a, d, kept), weight in chain(gone, come) if kept is not None]
    return sum_cells(kept_layout(), told)
