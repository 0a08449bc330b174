"""How the tiles of a tree come about as leaves are added."""

from collections.abc import Callable, Iterable, Iterator

from onestop.journal.rules.tiles import HASH_BYTES, HEIGHT, WIDTH, Tile, TileFault, layers_of, split_hashes, tile_at


def grow(old: int, leaves: Iterable[bytes], fetch: Callable[[Tile], bytes | None]) -> Iterator[tuple[Tile, bytes]]:
    """Yield the new tiles of a tree of size `old` to which leaves are added, the unfinished ones last.

    `leaves` are the hashes from the first leaf of the unfinished tile of level 0 on (`first_leaf`), so that of the old
    tiles only the unfinished ones of higher levels are read. Raises `TileFault` if one is not as it should be.
    """
    unfinished: list[list[bytes]] = [[]]
    size = first_leaf(old)
    for leaf in leaves:
        size += 1
        unfinished[0].append(leaf)
        if len(unfinished[0]) == WIDTH:
            yield from _finish(unfinished, old, size, fetch)
    for level, hashes in enumerate(unfinished):
        if hashes and size >> (HEIGHT * level) > old >> (HEIGHT * level):
            yield tile_at(level, size >> (HEIGHT * (level + 1)), size), b"".join(hashes)


def first_leaf(size: int) -> int:
    """Return where the unfinished tile of level 0 begins."""
    return size // WIDTH * WIDTH


def _finish(
    unfinished: list[list[bytes]], old: int, size: int, fetch: Callable[[Tile], bytes | None]
) -> Iterator[tuple[Tile, bytes]]:
    """Yield each tile that is full now, and carry its root one level up."""
    level = 0
    while len(unfinished[level]) == WIDTH:
        hashes, unfinished[level] = unfinished[level], []
        yield Tile(level, (size >> (HEIGHT * (level + 1))) - 1), b"".join(hashes)
        level += 1
        if level == len(unfinished):
            unfinished.append(_read_unfinished(level, old, fetch))
        unfinished[level].append(layers_of(hashes)[-1][0])


def _read_unfinished(level: int, old: int, fetch: Callable[[Tile], bytes | None]) -> list[bytes]:
    number, width = divmod(old >> (HEIGHT * level), WIDTH)
    if not width:
        return []
    tile = Tile(level, number, width)
    data = fetch(tile)
    if data is None or len(data) != width * HASH_BYTES:
        raise TileFault(tile)
    return split_hashes(data)
