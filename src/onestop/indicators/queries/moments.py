"""Reading what is kept as of past moments, with what arrived late; and counting a moment that nobody keeps.

Each process keeps in memory what it has read and asks only for cells that are newer. If the cube has fallen behind,
what was written since is set right in passing, as there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection

from onestop.facts.queries.signatures import summed_as_of
from onestop.facts.rules.contributions import Weighted, sum_cells
from onestop.indicators.models.moments import LAST
from onestop.indicators.queries.cube import FEW, FRESH, last_read, read_cube
from onestop.indicators.queries.definitions import kept_layout
from onestop.indicators.queries.late import find_late
from onestop.indicators.rules.cube import Cube
from onestop.indicators.rules.moments import first_month
from onestop.journal.queries.following import find_last_id

_NEWER = """
SELECT m.at, m.generation, m.revision, c.agency, c.desk, c.month, c.numbers
FROM unnest(%(moments)s::timestamptz[], %(generations)s::bigint[], %(revisions)s::bigint[])
        AS known (at, generation, revision)
    JOIN indicators_keptmoment m ON m.at = known.at AND m.layout = %(layout)s AND m.done_until = %(last)s
    LEFT JOIN indicators_momentcell c ON c.moment_id = m.at
        AND c.revision > CASE WHEN m.generation = known.generation THEN known.revision ELSE -1 END
        AND (m.generation, m.revision) <> (known.generation, known.revision)
ORDER BY m.at
"""
MOST = 64
_lock = Lock()
_known: dict[datetime, Cube] = {}


def find_kept(moments: Sequence[datetime], *, at: datetime, live: Cube | None = None) -> dict[datetime, Cube]:
    """Return the cube as of each of the moments that is kept and whole, with all that was written by `at`.

    `live` is the cube of now, if it was just read; it is read again if it has moved on, or was set right in passing.
    """
    if not moments:
        return {}
    now = live if live is not None and live is last_read() else read_cube()
    if now is None:
        return {}
    found = _read(moments)
    if found and at - now.as_of > FRESH:
        return _with_late(found, now)
    return found


def count_moment(as_of: datetime) -> Cube:
    """Return the cube as of any moment, counted from the journal: one pass over it, for all periods."""
    layout = kept_layout()
    cells = sum_cells(layout, summed_as_of(layout, as_of))
    return Cube(layout, generation=0, revision=0, as_of=as_of).with_cells(cells)


def _read(moments: Sequence[datetime]) -> dict[datetime, Cube]:
    with _lock:
        known = [_known.get(moment) for moment in moments]
        values: dict[str, Any] = {
            "moments": list(moments),
            "generations": [cube.generation if cube else -1 for cube in known],
            "revisions": [cube.revision if cube else -1 for cube in known],
            "layout": kept_layout().name,
            "last": LAST,
        }
        with connection.cursor() as cursor:
            cursor.execute(_NEWER, values)
            rows = cursor.fetchall()
        found = {moment: _moved(moment, list(group)) for moment, group in groupby(rows, key=lambda row: row[0])}
        while len(_known) + len(found) > MOST:
            _known.pop(next(iter(_known)))
        _known.update(found)
        return found


def _empty(moment: datetime, generation: int) -> Cube:
    return Cube(kept_layout(), generation, -1, moment, first_month=first_month(moment))


def _moved(moment: datetime, rows: list[tuple[Any, ...]]) -> Cube:
    generation, revision = rows[0][1:3]
    before = _known.get(moment)
    if before and (before.generation, before.revision) == (generation, revision):
        return before
    fresh = {row[3:6]: np.frombuffer(row[6], dtype="<i8") for row in rows if row[6] is not None}
    same = before if before and before.generation == generation else _empty(moment, generation)
    return replace(same, revision=revision).with_cells(fresh)


def _with_late(found: Mapping[datetime, Cube], now: Cube) -> dict[datetime, Cube]:
    """Return the cubes with the entries that are written down but not settled; none if those are too many."""
    until = find_last_id()
    late = find_late(after=now.settled_id, until=until, by=max(found))
    if len(late) > FEW:
        return {}
    return {moment: _late_onto(cube, late, now.settled_id, until) for moment, cube in found.items()}


def _late_onto(cube: Cube, late: Mapping[int, datetime], settled: int, until: int) -> Cube:
    streams = [stream for stream, at in late.items() if at <= cube.as_of]
    if not streams:
        return cube
    gone = summed_as_of(cube.layout, cube.as_of, streams=streams, until=settled)
    come = summed_as_of(cube.layout, cube.as_of, streams=streams, until=until)
    changed: list[Weighted] = [*((place, signature, -count) for place, signature, count in gone), *come]
    return cube.with_cells(sum_cells(cube.layout, changed), onto=True)
