"""The tree cut into tiles: files of up to 256 hashes that any web server can serve.

Source: C2SP tlog-tiles. A tile of level L holds the roots of 256 full tiles of level L - 1; level 0 holds leaf hashes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onestop.journal.rules.merkle import (
    Range,
    hash_children,
    hash_leaf,
    hash_range,
    plan_consistency,
    plan_inclusion,
)

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH_BYTES = 32
_ENTRY_BYTES = HASH_BYTES.to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: level, number within the level, and how many hashes it holds."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where its hashes lie."""
        return f"tile/{self.level}/{self._name}"

    @property
    def bundle_path(self) -> str:
        """Where the entries of a tile of level 0 lie."""
        return f"tile/entries/{self._name}"

    @property
    def _name(self) -> str:
        return spell(self.number) + ("" if self.width == WIDTH else f".p/{self.width}")


class TileFault(ValueError):
    """A tile that is not there, or not as long as it should be."""

    def __init__(self, tile: Tile) -> None:
        super().__init__(tile.path)
        self.tile = tile


def spell(number: int) -> str:
    """Return a number as folders of three digits: 1234067 is `x001/x234/067`."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.append(f"x{number % 1000:03}")
    return "/".join(reversed(parts))


def tile_at(level: int, number: int, size: int) -> Tile:
    """Return tile `number` of `level` as it stands in a tree of `size`."""
    return Tile(level, number, min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH))


def list_new_tiles(old: int, new: int) -> Iterator[Tile]:
    """Yield every tile that a tree of size `new` has and one of size `old` has not, the lowest level first."""
    level = 0
    while new >> (HEIGHT * level):
        before, now = old >> (HEIGHT * level), new >> (HEIGHT * level)
        if now > before:
            yield from (tile_at(level, number, new) for number in range(before // WIDTH, -(-now // WIDTH)))
        level += 1


class TiledTree:
    """A tree of a given size over tiles that `fetch` brings. Raises `TileFault` for a tile that cannot be right."""

    def __init__(self, size: int, fetch: Callable[[Tile], bytes | None]) -> None:
        self.size = size
        self._fetch = fetch
        self._layers: dict[tuple[int, int], list[list[bytes]]] = {}

    def root(self, size: int | None = None) -> bytes:
        """Return the root of this tree, or of what it was at an earlier size."""
        return self._hash((0, self.size if size is None else size))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf `index` stands in this tree, or in it at an earlier size."""
        return [self._hash(leaves) for leaves in plan_inclusion(index, self.size if size is None else size)]

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the proof that this tree goes on from what it was at size `old`."""
        return [self._hash(leaves) for leaves in plan_consistency(old, self.size if new is None else new)]

    def node(self, level: int, number: int) -> bytes:
        """Return the hash of a perfect subtree of 2**level leaves."""
        above = level % HEIGHT
        tile, place = divmod(number << above, WIDTH)
        return self._layers_of(level // HEIGHT, tile)[above][place >> above]

    def _hash(self, leaves: Range) -> bytes:
        return hash_range(leaves, self.node)

    def _layers_of(self, level: int, number: int) -> list[list[bytes]]:
        found = self._layers.get((level, number))
        if found is None:
            found = self._layers[level, number] = layers_of(self._read(tile_at(level, number, self.size)))
        return found

    def _read(self, tile: Tile) -> list[bytes]:
        data = self._fetch(tile)
        if data is None or len(data) != tile.width * HASH_BYTES:
            raise TileFault(tile)
        return split_hashes(data)


def layers_of(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Return the hashes of a tile and all that stand above them as far as pairs are whole; the last may be the root."""
    layers = [list(hashes)]
    while len(layers[-1]) > 1:
        below = layers[-1]
        layers.append([hash_children(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return layers


def split_hashes(data: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def write_bundle(commitments: Sequence[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length in two bytes."""
    return b"".join(_ENTRY_BYTES + commitment for commitment in commitments)


def hash_bundle(data: bytes) -> list[bytes] | None:
    """Return the leaf hashes of the entries in a bundle, or None if it is not well formed."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + size]
        if len(entry) != size:
            return None
        found.append(hash_leaf(entry))
        at += 2 + size
    return found
