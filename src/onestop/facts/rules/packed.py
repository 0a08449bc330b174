"""The packed form of a set of facts: one small number a dossier, and what each number stands for.

A number names a *cell*: a place and a signature that occur together in the month of filing, the most frequent first.
So a month of millions is an array that memory reads at full speed, and its histogram answers every figure. Signatures
count their months from that of filing, so all months share them; those that count alike in every test are one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.signature import ALWAYS, UNKNOWN, Layout, facts_of, spread
from onestop.facts.rules.tally import Numbers, Place

Keys = npt.NDArray[np.unsignedinteger]
CHUNK = 1 << 20
"""Dossiers counted at a time: what is copied for it stays in the cache."""
EXACT = 1 << 24
"""Up to here a sum of whole numbers in 32-bit floating point is whole."""

APART = (
    frozenset({"rating", "rated_by", "rated_at", "rating_seconds"}),
    frozenset({"fee", "fee_due", "paid_at", "paid_online"}),
)
"""Facts that have nothing to do with the others: tests that ask about them are packed by themselves."""


def parts_of(layout: Layout) -> tuple[Layout, ...]:
    """Return the layout in parts, each for some of the tests, over the same signatures.

    How well somebody was served, what was paid, and when it ended: together they make nearly every dossier a case of
    its own; apart, each has few cases.
    """
    found: dict[int, list[Expression]] = {}
    for test in layout.tests:
        asked = facts_of(test)
        family = next((number for number, names in enumerate(APART) if names & asked), len(APART))
        found.setdefault(family, []).append(test)
    return tuple(Layout(tuple(found[family]), layout.atoms, layout.begins) for family in sorted(found))


@dataclass(frozen=True, eq=False)
class PackedMonth:
    """The dossiers filed in one month. `cells` has two rows: for each key the number of its place, of its signature."""

    month: int
    keys: Keys
    places: tuple[Place, ...]
    cells: Numbers

    def histogram(self) -> Numbers:
        """Return how many dossiers there are of each key."""
        found = np.zeros(self.cells.shape[1], dtype=np.int64)
        for begin in range(0, len(self.keys), CHUNK):
            found += np.bincount(self.keys[begin : begin + CHUNK], minlength=len(found))
        return found


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What signatures add in one of their months: few different things. `of` has the outcome of each signature.

    Outcomes are in the order of their months; the last one adds nothing.
    """

    of: Numbers
    months: Numbers
    adds: npt.NDArray[np.float32]


def evaluate_signatures(layout: Layout, signatures: Numbers) -> list[Outcomes]:
    """Return what a dossier of each signature adds to each test, in months from that of filing on: once for all."""
    return [_outcomes(months, changes) for months, changes in spread(layout, signatures)]


def _outcomes(months: Numbers, changes: npt.NDArray[np.int8]) -> Outcomes:
    touched = np.flatnonzero(changes.any(axis=1))
    rows = np.concatenate([months[touched, None].astype("<i4").view(np.int8), changes[touched]], axis=1)
    _, first, numbers = np.unique(_as_bytes(rows), return_index=True, return_inverse=True)
    order = np.argsort(months[touched][first], kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    of = np.full(len(months), len(order), dtype=np.int64)
    of[touched] = rank[numbers]
    distinct = touched[first[order]]
    return Outcomes(of, months[distinct], changes[distinct].astype(np.float32))


def _as_bytes(rows: npt.NDArray[np.int8]) -> npt.NDArray[np.void]:
    """Return each row as one value that can be compared with others."""
    return np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1]))).ravel()


def sum_month(packed: PackedMonth, histogram: Numbers, outcomes: Iterable[Outcomes]) -> Iterator[tuple[int, Numbers]]:
    """Yield months, and what the dossiers of this one add in them to each test (column) of each place (row)."""
    counts = histogram.astype(np.float64)  # whole numbers all the same
    occurs = np.flatnonzero(np.bincount(packed.cells[1]))
    for part in outcomes:
        counted, used = _by_place(packed, counts, part, occurs)
        months, starts = np.unique(part.months[used], return_index=True)
        for month, begin, end in zip(months.tolist(), starts, np.append(starts, len(used))[1:], strict=True):
            added = (counted[:, begin:end] @ part.adds[used[begin:end]]).astype(np.int64)
            yield (ALWAYS if month == ALWAYS else packed.month + month), added


def _by_place(
    packed: PackedMonth, counts: npt.NDArray[np.float64], part: Outcomes, occurs: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.floating], Numbers]:
    """Return how many dossiers each place (row) has of each outcome (column) that occurs, and which these are."""
    places, signatures = packed.cells
    used = np.flatnonzero(np.bincount(part.of[occurs], minlength=len(part.months) + 1)[:-1])
    columns = np.full(len(part.months) + 1, len(used))
    columns[used] = np.arange(len(used))
    size = len(used) + 1
    found = np.bincount(
        places * size + columns[part.of][signatures], weights=counts, minlength=len(packed.places) * size
    )
    kind = np.float32 if len(packed.keys) < EXACT else np.float64  # either way every number in it is whole
    return found.reshape(len(packed.places), size)[:, :-1].astype(kind), used


def counted_from(signatures: Numbers, words: int, month: int) -> Numbers:
    """Return signatures with their months counted from `month`."""
    found = signatures.copy()
    months = found[:, words:]
    months[months != UNKNOWN] -= month
    return found


def alike(layout: Layout, signatures: Numbers) -> list[bytes]:
    """Return for each signature what it adds to every test in every month, as bytes: equal ones count alike."""
    parts = []
    for months, changes in spread(layout, signatures):
        parts += [np.where(changes.any(axis=1), months, ALWAYS)[:, None].astype("<i4").view(np.int8), changes]
    return [row.tobytes() for row in np.concatenate(parts, axis=1)]


def smallest_type(size: int) -> type[np.unsignedinteger]:
    """Return the smallest type of keys that has room for so many different ones."""
    return np.uint16 if size <= 1 << 16 else np.uint32
