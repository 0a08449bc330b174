"""Packing a set of facts: each dossier becomes one small number (`rules/packed.py`), a file a month."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onestop.indicators import ports
from onestop.indicators.queries.packed import MANIFEST, SIGNATURES, cells_file, keys_file
from onestop.indicators.rules.columnar import FactSet
from onestop.indicators.rules.packed import PackedMonth, alike, counted_from, smallest_type
from onestop.indicators.rules.signature import Layout
from onestop.indicators.rules.tally import Numbers, Place

MIX = np.uint64(0x9E3779B97F4A7C15)


def pack_facts(facts: Path, folder: Path, *, held: FactSet, layout: Layout) -> None:
    """Write the packed form of a set of facts, as of its own moment, below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    known = _Signatures(layout)
    months = []
    for file in held.files:
        packed = _pack(str(facts / file.path), _month(file.path), known, held.as_of)
        np.save(folder / keys_file(packed.month), packed.keys)
        np.save(folder / cells_file(packed.month), packed.cells)
        months.append({"month": packed.month, "places": packed.places})
    width = layout.words + len(layout.begins)
    np.save(folder / SIGNATURES, np.array(known.examples, dtype=np.int64).reshape(-1, width))
    said = {"layout": layout.name, "as_of": held.as_of.isoformat(), "rows": held.rows, "months": months}
    (folder / MANIFEST).write_text(json.dumps(said))


class _Signatures:
    """The signatures of all months, of those that count alike only the first one met."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.examples: list[list[int]] = []
        self._numbers: dict[bytes, int] = {}

    def numbers(self, signatures: Numbers, month: int) -> Numbers:
        """Return the number of each signature (row) of a month."""
        distinct, places = _distinct(signatures)
        counted = counted_from(distinct, self.layout.words, month)
        found = [self._number(adds, row) for adds, row in zip(alike(self.layout, counted), counted, strict=True)]
        return np.array(found, dtype=np.int64)[places]

    def _number(self, adds: bytes, signature: Numbers) -> int:
        if adds not in self._numbers:
            self._numbers[adds] = len(self.examples)
            self.examples.append(signature.tolist())
        return self._numbers[adds]


def _pack(file: str, month: int, known: _Signatures, as_of: datetime) -> PackedMonth:
    places: dict[Place, int] = {}
    pairs: list[npt.NDArray[np.int64]] = []
    for portion in ports.reducer().read_signatures(file, known.layout, as_of=as_of):
        numbers = np.array([places.setdefault(place, len(places)) for place in portion.places], dtype=np.int64)
        pairs.append(numbers[portion.place] << 32 | known.numbers(portion.signatures, month))
    cells, keys, counts = np.unique(np.concatenate(pairs), return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    ranks = np.empty(len(order), dtype=smallest_type(len(order)))
    ranks[order] = np.arange(len(order), dtype=ranks.dtype)
    ordered = cells[order]
    return PackedMonth(month, ranks[keys], tuple(places), np.column_stack([ordered >> 32, ordered & 0xFFFFFFFF]))


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
