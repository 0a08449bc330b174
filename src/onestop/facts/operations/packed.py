"""Packing a set of facts: each dossier becomes one small number (`rules/packed.py`), a file a month."""

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onestop.facts import ports
from onestop.facts.queries.packed import MANIFEST, cells_file, keys_file, signatures_file
from onestop.facts.rules.columnar import FactSet
from onestop.facts.rules.packed import PackedMonth, alike, counted_from, parts_of, smallest_type
from onestop.facts.rules.signature import Layout
from onestop.facts.rules.tally import Numbers, Place

WORKERS = 2
Which = npt.NDArray[np.integer]
MIX = np.uint64(0x9E3779B97F4A7C15)


def pack_facts(facts: Path, folder: Path, *, held: FactSet, layout: Layout) -> None:
    """Write the packed form of a set of facts, as of its own moment, below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    known = [_Signatures(part) for part in parts_of(layout)]
    months = []
    for read in _read_all(facts, held, layout):
        for part, signatures in enumerate(known):
            packed = _pack(read, signatures)
            np.save(folder / keys_file(read.month, part), packed.keys)
            np.save(folder / cells_file(read.month, part), packed.cells)
        months.append({"month": read.month, "places": read.places})
    width = layout.words + len(layout.begins)
    for part, signatures in enumerate(known):
        np.save(folder / signatures_file(part), np.array(signatures.examples, dtype=np.int64).reshape(-1, width))
    said = {"layout": layout.name, "as_of": held.as_of.isoformat(), "rows": held.rows, "months": months}
    (folder / MANIFEST).write_text(json.dumps(said))


class _Signatures:
    """The signatures of all months, of those that count alike only the first one met."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.examples: list[list[int]] = []
        self._by_row: dict[bytes, int] = {}
        self._by_effect: dict[bytes, int] = {}

    def numbers(self, signatures: Numbers, month: int) -> Numbers:
        """Return the number of each signature (row) of a month. Counted from it, most were met in another."""
        counted = counted_from(signatures, self.layout.words, month)
        rows = [row.tobytes() for row in counted]
        fresh = [place for place, row in enumerate(rows) if row not in self._by_row]
        for place, adds in zip(fresh, alike(self.layout, counted[fresh]), strict=True):
            self._by_row[rows[place]] = self._number(adds, counted[place])
        return np.array([self._by_row[row] for row in rows], dtype=np.int64)

    def _number(self, adds: bytes, signature: Numbers) -> int:
        if adds not in self._by_effect:
            self._by_effect[adds] = len(self.examples)
            self.examples.append(signature.tolist())
        return self._by_effect[adds]


@dataclass(frozen=True, eq=False)
class _Month:
    """What was read of a month: each place and signature once, and of every dossier, portion by portion, which."""

    month: int
    places: tuple[Place, ...]
    signatures: Numbers
    which: tuple[tuple[Which, Which], ...]


def _read_all(facts: Path, held: FactSet, layout: Layout) -> Iterator[_Month]:
    """Yield the months of a set. While one is packed, the next ones are read."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = deque[Future[_Month]]()
        for file in held.files:
            waiting.append(pool.submit(_read, str(facts / file.path), _month(file.path), layout, held.as_of))
            if len(waiting) > WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read(file: str, month: int, layout: Layout, as_of: datetime) -> _Month:
    places: dict[Place, int] = {}
    rows = [np.zeros((0, layout.words + len(layout.begins)), dtype=np.int64)]
    which: list[tuple[Which, Which]] = []
    for portion in ports.reducer().read_signatures(file, layout, as_of=as_of):
        numbers = np.array([places.setdefault(place, len(places)) for place in portion.places], dtype=np.int32)
        distinct, found = _distinct(portion.signatures)
        which.append((numbers[portion.place], found.astype(np.int32) + np.int32(sum(map(len, rows)))))
        rows.append(distinct)
    signatures, again = _distinct(np.concatenate(rows))
    return _Month(month, tuple(places), signatures, tuple((place, again[found]) for place, found in which))


def _pack(read: _Month, known: _Signatures) -> PackedMonth:
    """Return the packed form: the pairs of place and signature that occur, the most frequent first."""
    numbers, same = np.unique(known.numbers(read.signatures, read.month), return_inverse=True)
    size = max(1, len(numbers))
    pairs = np.concatenate([place.astype(np.int64) * size + same[found] for place, found in read.which])
    counts = np.bincount(pairs, minlength=len(read.places) * size)
    occur = np.flatnonzero(counts)
    ordered = occur[np.argsort(-counts[occur], kind="stable")]
    ranks = np.zeros(len(counts), dtype=smallest_type(len(ordered)))
    ranks[ordered] = np.arange(len(ordered), dtype=ranks.dtype)
    return PackedMonth(read.month, ranks[pairs], read.places, np.stack([ordered // size, numbers[ordered % size]]))


def _distinct(signatures: Numbers) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """Return the distinct rows, and for each row which of them it is."""
    mixed = np.zeros(len(signatures), dtype=np.uint64)
    for column in signatures.T:
        mixed = (mixed ^ column.astype(np.uint64)) * MIX
        mixed ^= mixed >> np.uint64(29)
    _, first, places = np.unique(mixed, return_index=True, return_inverse=True)
    distinct = signatures[first]
    if (distinct[places] == signatures).all():
        return distinct, places
    rows, places = np.unique(signatures, axis=0, return_inverse=True)  # two rows had one hash: slowly, and right
    return rows, places


def _month(path: str) -> int:
    year, month = path.split("/", maxsplit=1)[0].removeprefix("month=").split("-")
    return int(year) * 12 + int(month) - 1
