"""Adding to the cells of the cube."""

from collections.abc import Mapping

import numpy as np
from django.db import connection

from onestop.indicators.rules.contributions import Cell
from onestop.indicators.rules.tally import Numbers

_FIND = """
SELECT agency, desk, month, numbers FROM indicators_cubecell
WHERE (agency, desk, month) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]))
"""
_PUT = """
INSERT INTO indicators_cubecell (agency, desk, month, numbers, revision)
SELECT agency, desk, month, numbers, %s FROM unnest(%s::text[], %s::text[], %s::int[], %s::bytea[])
    AS changed (agency, desk, month, numbers)
ON CONFLICT (agency, desk, month) DO UPDATE SET numbers = excluded.numbers, revision = excluded.revision
"""


def add_to_cells(changes: Mapping[Cell, Numbers], *, revision: int) -> None:
    """Add numbers to cells; the caller holds the lock of the cube."""
    if not changes:
        return
    agencies, desks, months = (list(part) for part in zip(*changes, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [agencies, desks, months])
        kept = {row[:3]: np.frombuffer(row[3], dtype="<i8") for row in cursor.fetchall()}
        found = [(kept[cell] + change if cell in kept else change) for cell, change in changes.items()]
        cursor.execute(_PUT, [revision, agencies, desks, months, [item.astype("<i8").tobytes() for item in found]])
