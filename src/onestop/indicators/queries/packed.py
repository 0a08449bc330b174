"""Counting everything from scratch: every test, for every unit and month, from the packed form of the facts."""

import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np

from onestop.indicators.rules.packed import PackedMonth, evaluate_signatures, sum_month
from onestop.indicators.rules.signature import Layout
from onestop.indicators.rules.tally import Numbers, Place, Tally

MANIFEST = "packed.json"
SIGNATURES = "signatures.npy"
WORKERS = 2


class PackedFacts:
    """The packed form in a folder, its keys mapped into memory and read where they lie."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        said = json.loads((folder / MANIFEST).read_text())
        if said["layout"] != layout.name:
            raise ValueError("packed for other definitions")
        self.layout = layout
        self.as_of = datetime.fromisoformat(said["as_of"])
        self.rows: int = said["rows"]
        self.signatures: Numbers = np.load(folder / SIGNATURES)
        self.months = [_open(folder, item["month"], item["places"]) for item in said["months"]]

    def count(self) -> "Counted":
        """Return what every month adds to every test for every place, counting every dossier.

        Quickest with `OPENBLAS_NUM_THREADS=1` in the environment: the months are shared out here already.
        """
        places = sorted({place for packed in self.months for place in packed.places})
        rows = {place: number for number, place in enumerate(places)}
        size = len(places), len(self.layout.tests)
        months: dict[int, Numbers] = defaultdict(lambda: np.zeros(size, dtype=np.int64))
        with ThreadPoolExecutor(WORKERS) as pool:
            histograms = pool.map(PackedMonth.histogram, self.months)
            outcomes = evaluate_signatures(self.layout, self.signatures)  # while others count
            sums = pool.map(lambda packed, found: list(sum_month(packed, found, outcomes)), self.months, histograms)
            for packed, parts in zip(self.months, sums, strict=True):
                here = [rows[place] for place in packed.places]
                for month, numbers in parts:
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


def keys_file(month: int) -> str:
    """Return the name of the file with the keys of a month."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}.keys.npy"


def cells_file(month: int) -> str:
    """Return the name of the file that says what the keys of a month stand for."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}.cells.npy"


def _open(folder: Path, month: int, places: list[list[str]]) -> PackedMonth:
    keys = np.load(folder / keys_file(month), mmap_mode="r")
    cells = np.load(folder / cells_file(month))
    return PackedMonth(month, keys, tuple((agency, desk) for agency, desk in places), cells)
