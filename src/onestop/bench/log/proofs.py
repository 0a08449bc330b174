"""Proofs over a huge log: its tiles lie in a folder, as a web server would have them, but only those on the paths.

A log of 100 million leaves has 392,158 tiles. A proof reads four of them and the right edge, so only those are made:
real hashes upwards from each leaf that is proved; where a subtree is not needed, its root is drawn from a fixed series.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from onestop.journal.rules.merkle import is_consistent, root_from_inclusion
from onestop.journal.rules.tiles import HEIGHT, WIDTH, Tile, TiledTree, layers_of, tile_at

PROVED = 200
BAR_MS = 5.0


class HugeLog:
    """The tiles of a log of `size` leaves on the paths of `indexes`, in a folder."""

    def __init__(self, folder: Path, size: int, indexes: list[int]) -> None:
        self.size = size
        self._folder = folder
        self.tiles = 0
        real: dict[tuple[int, int], bytes] = {}
        for level in range(-(-size.bit_length() // HEIGHT)):
            for number in sorted({*self._numbers(level, indexes)}):
                self._make(tile_at(level, number, size), real)

    def read(self, tile: Tile) -> bytes | None:
        """Read a tile from the folder."""
        return (self._folder / tile.path).read_bytes()

    def _numbers(self, level: int, indexes: list[int]) -> Iterator[int]:
        """The tiles of a level on some path, and the last two: the right edge at this size."""
        width = HEIGHT * (level + 1)
        yield from (index >> width for index in indexes)
        last = ((self.size >> (HEIGHT * level)) - 1) // WIDTH
        yield last

    def _make(self, tile: Tile, real: dict[tuple[int, int], bytes]) -> None:
        if tile.width <= 0:
            return
        first = tile.number * WIDTH
        hashes = [real.get((tile.level, first + i)) or drawn(tile.level, first + i) for i in range(tile.width)]
        if tile.width == WIDTH:
            real[tile.level + 1, tile.number] = layers_of(hashes)[-1][0]
        place = self._folder / tile.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"".join(hashes))
        self.tiles += 1


def drawn(level: int, number: int) -> bytes:
    """Return the hash that stands for a subtree (or a leaf) in this log: always the same, like no other."""
    return hashlib.sha256(f"onestop/bench/{level}/{number}".encode()).digest()


def run(leaves: int, bare: float) -> dict[str, Any]:
    """Make and check proofs, each from files read anew; return the figures in milliseconds."""
    indexes = [int.from_bytes(drawn(99, number)[:8], "big") % leaves for number in range(PROVED)]
    old = leaves - leaves // 7
    with tempfile.TemporaryDirectory(prefix="onestop-bench-log-") as name:
        begun = perf_counter()
        log = HugeLog(Path(name), leaves, [*indexes, old - 1, old])
        made_in = perf_counter() - begun
        root = TiledTree(leaves, log.read).root()
        proving, checking, holds = [], [], True
        for index in indexes:
            begun = perf_counter()
            path = TiledTree(leaves, log.read).inclusion(index)
            proving.append(perf_counter() - begun)
            begun = perf_counter()
            holds &= root_from_inclusion(index, leaves, drawn(0, index), path) == root
            checking.append(perf_counter() - begun)
        tree = TiledTree(leaves, log.read)
        begun = perf_counter()
        consistency = tree.consistency(old)
        consistent_in = perf_counter() - begun
        holds &= is_consistent(old, tree.root(old), leaves, root, consistency)
    hashes = (WIDTH - 1) * -(-leaves.bit_length() // HEIGHT)
    median = sorted(proving)[len(proving) // 2]
    return {
        "leaves": leaves,
        "tiles_made": log.tiles,
        "tiles_made_in_s": round(made_in, 2),
        "proofs": len(proving),
        "hashes_in_a_proof": len(path),
        "inclusion_ms": _spread(proving),
        "check_ms": _spread(checking),
        "consistency_ms": round(1000 * consistent_in, 3),
        "bar_ms": BAR_MS,
        "meets_the_bar": max(proving) * 1000 < BAR_MS,
        "ratio_to_bare_sha256": round(median / (hashes / bare), 2),
        "holds": holds,
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(1000 * item for item in seconds)
    picks = {"p50": ordered[len(ordered) // 2], "p95": ordered[int(0.95 * len(ordered))], "max": ordered[-1]}
    return {name: round(value, 3) for name, value in picks.items()}
