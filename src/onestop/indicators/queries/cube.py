"""Reading the kept cube: counts of every definition for every unit, for periods that begin with a month.

Each process keeps the cube in memory and asks the database only for cells that are newer, so an answer costs the same
however many dossiers there are. A cube that has fallen behind is set right in passing, from the few dossiers that
changed since; nothing is written.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from threading import Lock

import numpy as np
from django.db import connection

from onestop.facts.queries.facts import run
from onestop.facts.queries.signatures import signatures_sql
from onestop.facts.rules.contributions import Cell, Weighted, sum_cells
from onestop.facts.rules.periods import month_of
from onestop.facts.rules.tally import Numbers, Tally
from onestop.indicators.models import CubeState
from onestop.indicators.queries.changes import find_changed
from onestop.indicators.queries.definitions import kept_layout
from onestop.indicators.rules.cube import Cube

FRESH = timedelta(seconds=1)
FEW = 2000
TRIES = 3
_NEWER = """
SELECT s.generation, s.revision, s.layout, s.as_of, s.settled_id, c.agency, c.desk, c.month, c.numbers
FROM indicators_cubestate s
    LEFT JOIN indicators_cubecell c ON c.revision > CASE WHEN s.generation = %s THEN %s ELSE -1 END
"""
_BEFORE = "SELECT agency, desk, signature FROM indicators_keptdossier WHERE stream = ANY(%(streams)s)"


def find_cube(*, as_of: datetime) -> Cube | None:
    """Return the cube as of a moment, or as it stood within the second before; None if there is none for it.

    There is none for moments before the one it has reached, before it was first made, after the definitions changed,
    or if so much happened since that reading the journal is no dearer.
    """
    for _ in range(TRIES):
        cube = read_cube()
        if cube is None or as_of < cube.as_of:
            return None
        if as_of - cube.as_of <= FRESH:
            return cube
        changes = _find_changes(cube, as_of)
        if changes is None:
            return None
        if read_cube() is cube:  # nobody moved it on while we looked
            return replace(cube, as_of=as_of).with_cells(changes, onto=True)
    return None


def find_tally(*, as_of: datetime, period_from: datetime) -> tuple[Tally, datetime] | None:
    """Return all counts of the period and the moment they are of; None if the cube cannot tell."""
    cube = find_cube(as_of=as_of)
    return (cube.tally(month_of(period_from)), cube.as_of) if cube and cube.tells(period_from) else None


def needs_rebuilding() -> bool:
    """True if there is no cube yet, or one of other definitions than ours."""
    return not CubeState.objects.filter(layout=kept_layout().name).exists()


_lock = Lock()
_last: list[Cube] = []


def read_cube() -> Cube | None:
    """Return the cube as it was last moved on, reading only cells that are new; None if there is none of our layout."""
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
        before = known if known and known.generation == generation else _empty(generation, as_of)
        _last[:] = [replace(before, revision=revision, as_of=as_of, settled_id=settled).with_cells(fresh)]
        return _last[0]


def last_read() -> Cube | None:
    """Return the cube as this process read it last, without asking the database."""
    return _last[0] if _last else None


def _empty(generation: int, as_of: datetime) -> Cube:
    return Cube(kept_layout(), generation, -1, as_of, is_live=True)


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
