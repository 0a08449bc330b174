"""What dossiers add to the cells of the cube: a cell is an agency, a desk and a month; what it holds is a sum."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from onestop.facts.rules.signature import Layout, spread
from onestop.facts.rules.tally import Numbers, Place

Cell = tuple[str, str, int]
Weighted = tuple[Place, list[int], int]
"""A place, a signature, and how many dossiers have both; below zero where they are taken away."""


def sum_cells(layout: Layout, dossiers: Iterable[Weighted]) -> dict[Cell, Numbers]:
    """Return what dossiers add to each cell, and take from it; only cells that change."""
    rows = list(dossiers)
    if not rows:
        return {}
    signatures = np.array([row[1] for row in rows], dtype=np.int64)
    weights = np.array([row[2] for row in rows], dtype=np.int64)
    found: dict[Cell, Numbers] = defaultdict(lambda: np.zeros(len(layout.tests), dtype=np.int64))
    for months, changes in spread(layout, signatures):
        weighted = changes * weights[:, None]
        for number in np.flatnonzero(weighted.any(axis=1)).tolist():
            agency, desk = rows[number][0]
            found[agency, desk, int(months[number])] += weighted[number]
    return {cell: numbers for cell, numbers in found.items() if numbers.any()}
