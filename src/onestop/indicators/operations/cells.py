"""Adding to the cells of the cube, as it is now or as it was at a kept moment."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np
from django.db import connection

from onestop.facts.rules.contributions import Cell
from onestop.facts.rules.tally import Numbers

_FIND = """
SELECT agency, desk, month, numbers FROM indicators_cubecell
WHERE (agency, desk, month) IN (SELECT * FROM unnest(%(agencies)s::text[], %(desks)s::text[], %(months)s::int[]))
"""
_PUT = """
INSERT INTO indicators_cubecell (agency, desk, month, numbers, revision)
SELECT agency, desk, month, numbers, %(revision)s
FROM unnest(%(agencies)s::text[], %(desks)s::text[], %(months)s::int[], %(numbers)s::bytea[])
    AS changed (agency, desk, month, numbers)
ON CONFLICT (agency, desk, month) DO UPDATE SET numbers = excluded.numbers, revision = excluded.revision
"""
_FIND_THEN = _FIND.replace("indicators_cubecell\nWHERE", "indicators_momentcell\nWHERE moment_id = %(moment)s AND")
_PUT_THEN = (
    _PUT.replace("indicators_cubecell (", "indicators_momentcell (moment_id, ")
    .replace("SELECT agency", "SELECT %(moment)s, agency")
    .replace("CONFLICT (", "CONFLICT (moment_id, ")
)


def add_to_cells(changes: Mapping[Cell, Numbers], *, revision: int, moment: datetime | None = None) -> None:
    """Add numbers to cells, those of `moment` if one is named; the caller holds the lock of the cube."""
    if not changes:
        return
    agencies, desks, months = (list(part) for part in zip(*changes, strict=True))
    named = {"agencies": agencies, "desks": desks, "months": months, "moment": moment}
    with connection.cursor() as cursor:
        cursor.execute(_FIND if moment is None else _FIND_THEN, named)
        kept = {row[:3]: np.frombuffer(row[3], dtype="<i8") for row in cursor.fetchall()}
        found = [(kept[cell] + change if cell in kept else change) for cell, change in changes.items()]
        numbers = [item.astype("<i8").tobytes() for item in found]
        cursor.execute(_PUT if moment is None else _PUT_THEN, {**named, "revision": revision, "numbers": numbers})
