"""Counting everything from scratch: every test, for every unit and month, from the packed form of the facts."""

import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from onestop.facts.rules.packed import PackedMonth, evaluate_signatures, parts_of, sum_month
from onestop.facts.rules.signature import Layout
from onestop.facts.rules.tally import Numbers, Place, Tally

MANIFEST = "packed.json"
WORKERS = 2


@dataclass(frozen=True, eq=False)
class _Part:
    """Some of the tests: the signatures that differ for them, and the months in those."""

    layout: Layout
    signatures: Numbers
    months: list[PackedMonth]

    def sum(self, pool: ThreadPoolExecutor) -> Iterator[list[tuple[int, Numbers]]]:
        """Yield what each month adds, in order; others work while this one waits."""
        histograms = pool.map(PackedMonth.histogram, self.months)
        outcomes = evaluate_signatures(self.layout, self.signatures)  # while others count
        return pool.map(lambda packed, found: list(sum_month(packed, found, outcomes)), self.months, histograms)


class PackedFacts:
    """The packed form in a folder, its keys mapped into memory and read where they lie."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        said = json.loads((folder / MANIFEST).read_text())
        if said["layout"] != layout.name:
            raise ValueError("packed for other definitions")
        self.layout = layout
        self.as_of = datetime.fromisoformat(said["as_of"])
        self.rows: int = said["rows"]
        self.parts = [_open_part(folder, number, part, said["months"]) for number, part in enumerate(parts_of(layout))]

    @property
    def months(self) -> list[PackedMonth]:
        """Every month of every part: all there is to read."""
        return [month for part in self.parts for month in part.months]

    def count(self) -> "Counted":
        """Return what every month adds to every test for every place, counting every dossier.

        Quickest with `OPENBLAS_NUM_THREADS=1` in the environment: the months are shared out here already.
        """
        places = sorted({place for packed in self.months for place in packed.places})
        rows = {place: number for number, place in enumerate(places)}
        columns = {test: number for number, test in enumerate(self.layout.tests)}
        size = len(places), len(columns)
        months: dict[int, Numbers] = defaultdict(lambda: np.zeros(size, dtype=np.int64))
        with ThreadPoolExecutor(WORKERS) as pool:
            for part in self.parts:
                of_part = [columns[test] for test in part.layout.tests]
                for packed, sums in zip(part.months, part.sum(pool), strict=True):
                    here = np.ix_([rows[place] for place in packed.places], of_part)
                    for month, numbers in sums:
                        months[month][here] += numbers
        return Counted(self.layout, tuple(places), dict(sorted(months.items())))


class Counted:
    """What every month adds to every test for every place; a period is the sum of the months from its begin on."""

    def __init__(self, layout: Layout, places: tuple[Place, ...], months: dict[int, Numbers]) -> None:
        self.layout = layout
        self.places = places
        self.months = months

    def tally(self, month: int) -> Tally:
        """Return the counts of the period that begins with `month`."""
        numbers = np.zeros((len(self.places), len(self.layout.tests)), dtype=np.int64)
        for begin, added in self.months.items():
            if begin >= month:
                numbers += added
        return Tally(self.layout.tests, self.places, numbers)


def keys_file(month: int, part: int) -> str:
    """Return the name of the file with the keys of a month."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}.{part}.keys.npy"


def cells_file(month: int, part: int) -> str:
    """Return the name of the file that says what the keys of a month stand for."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}.{part}.cells.npy"


def signatures_file(part: int) -> str:
    """Return the name of the file with the signatures of a part."""
    return f"signatures.{part}.npy"


def _open_part(folder: Path, number: int, layout: Layout, months: list[dict[str, Any]]) -> _Part:
    opened = [
        PackedMonth(
            item["month"],
            np.load(folder / keys_file(item["month"], number), mmap_mode="r"),
            tuple((agency, desk) for agency, desk in item["places"]),
            np.load(folder / cells_file(item["month"], number)),
        )
        for item in months
    ]
    return _Part(layout, np.load(folder / signatures_file(number)), opened)
