"""What a monitor checks each time it looks at a log: pure, over a function that fetches files.

It trusts nothing but the log's public key and the heads it has kept itself. Every finding is an alarm: a code, and what
fills its wording. Heads that have been compared need not be compared again: going on from is transitive.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from onestop.journal.rules.checkpoints import Checkpoint, SignedCheckpoint, find_checkpoint_fault, parse_checkpoint
from onestop.journal.rules.merkle import is_consistent
from onestop.journal.rules.notes import NoteFault, VerifierKey
from onestop.journal.rules.tiles import (
    HASH_BYTES,
    WIDTH,
    Tile,
    TiledTree,
    TileFault,
    hash_bundle,
    layers_of,
    list_new_tiles,
    spell,
    split_hashes,
    tile_at,
)

Fetch = Callable[[str], bytes | None]
"""A file of the log by its name, None if it is not there."""
ReadStamp = Callable[[bytes, bytes], datetime | str]
"""The moment that a time stamp over some data attests, or the code of what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that must not be: a code, and what fills its wording."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: the head as it was served, when it was last stamped, tiles checked, and every alarm."""

    signed: SignedCheckpoint | None
    stamped_at: datetime | None
    tiles: int
    alarms: tuple[Alarm, ...]


def read_head(data: bytes | None, key: VerifierKey) -> SignedCheckpoint | Alarm:
    """Return the head that was served, or what is wrong with it."""
    if data is None:
        return Alarm("log.no_checkpoint")
    try:
        signed = parse_checkpoint(data)
    except NoteFault:
        return Alarm("log.unreadable")
    fault = find_checkpoint_fault(signed, [key])
    return Alarm(fault, {"origin": signed.head.origin}) if fault else signed


def compare(old: Checkpoint, new: Checkpoint, tree: TiledTree) -> Alarm | None:
    """Return how a head fails to go on from an older one, or None if it does. `tree` is that of the new head."""
    about = {"old": old.size, "new": new.size, "old_root": old.root.hex(), "new_root": new.root.hex()}
    if new.size < old.size:
        return Alarm("log.shrunk", about)
    try:
        proof = tree.consistency(old.size)
    except TileFault as fault:
        return Alarm("log.tile_missing", {"tile": fault.tile.path})
    if is_consistent(old.size, old.root, new.size, new.root, proof):
        return None
    return Alarm("log.forked", about)


def list_tile_alarms(tiles: Iterable[Tile], head: Checkpoint, fetch: Fetch) -> Iterator[Alarm]:
    """Yield an alarm for each tile that does not hash to what stands above it, or whose entries do not hash to it."""
    read = TileReader(fetch)
    for tile in tiles:
        hashes = read.hashes(tile)
        if hashes is None:
            yield Alarm("log.tile_missing", {"tile": tile.path})
        elif tile.width == WIDTH and read.above(tile, head.size) != layers_of(hashes)[-1][0]:
            yield Alarm("log.tile_rewritten", {"tile": tile.path})
        elif tile.level == 0 and read.entries(tile) != hashes:
            yield Alarm("log.entries_differ", {"tile": tile.bundle_path})


def list_tiles(known: int, size: int, again: Sequence[int]) -> Iterator[Tile]:
    """Yield the tiles to check: all since the size already checked, and some older ones of level 0 once more."""
    yield from list_new_tiles(known, size)
    yield from (tile_at(0, number, size) for number in again if (number + 1) * WIDTH <= known)


def find_freshness(
    signed: SignedCheckpoint, fetch: Fetch, read_stamp: ReadStamp
) -> tuple[datetime | None, list[Alarm]]:
    """Return when the head was last stamped, and an alarm for a stamp of its own that does not hold.

    The stamp beside the newest head is renewed while nothing happens; it may be that of the head before for a moment.
    """
    text = signed.note.text.encode()
    own = fetch(f"checkpoints/{spell(signed.head.size)}.tst")
    first = read_stamp(own, text) if own else None
    newest = fetch("checkpoint.tst")
    renewed = read_stamp(newest, text) if newest else None
    moments = [moment for moment in (first, renewed) if isinstance(moment, datetime)]
    alarms = [Alarm("log.bad_stamp", {"size": signed.head.size, "reason": first})] if isinstance(first, str) else []
    return max(moments, default=None), alarms


def find_lateness(fresh_at: datetime, at: datetime, patience: timedelta) -> Alarm | None:
    """Return an alarm if a head has not been attested for longer than `patience`."""
    if at - fresh_at <= patience:
        return None
    return Alarm("log.late", {"minutes": int((at - fresh_at).total_seconds() // 60)})


def look(
    *,
    fetch: Fetch,
    key: VerifierKey,
    kept: Sequence[Checkpoint],
    known: int,
    again: Sequence[int],
    read_stamp: ReadStamp,
) -> Look:
    """Look at a log once: its head, whether it goes on from the heads kept, its tiles, its stamp.

    `known` is the size up to which tiles were checked before; `again` names older tiles to check once more.
    """
    signed = read_head(fetch("checkpoint"), key)
    if isinstance(signed, Alarm):
        return Look(None, None, 0, (signed,))
    head = signed.head
    tree = TiledTree(head.size, TileReader(fetch).tile)
    alarms = [alarm for old in kept if (alarm := compare(old, head, tree))]
    alarms += _find_root_alarm(tree, head)
    # over a root that does not hold, every tile would be an alarm
    tiles = [] if alarms else list(list_tiles(known if kept else 0, head.size, again))
    alarms += list_tile_alarms(tiles, head, fetch)
    stamped_at, more = find_freshness(signed, fetch, read_stamp)
    return Look(signed, stamped_at, len(tiles), tuple(alarms + more))


def _find_root_alarm(tree: TiledTree, head: Checkpoint) -> list[Alarm]:
    try:
        return [] if tree.root() == head.root else [Alarm("log.tiles_differ", {"size": head.size})]
    except TileFault as fault:
        return [Alarm("log.tile_missing", {"tile": fault.tile.path})]


class TileReader:
    """Reads tiles, each once; an unfinished one that is gone is read from the finished one."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._above: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, tile: Tile) -> bytes | None:
        """Return a tile, or None."""
        return self._read(tile, lambda one: one.path, HASH_BYTES)

    def hashes(self, tile: Tile) -> list[bytes] | None:
        """Return the hashes of a tile, None if it is not there or cut."""
        data = self.tile(tile)
        return split_hashes(data) if data is not None and len(data) == tile.width * HASH_BYTES else None

    def entries(self, tile: Tile) -> list[bytes] | None:
        """Return the leaf hashes of the entries of a tile."""
        data = self._read(tile, lambda one: one.bundle_path, HASH_BYTES + 2)
        return hash_bundle(data) if data is not None else None

    def above(self, tile: Tile, size: int) -> bytes | None:
        """Return what the tile above says the root of a full tile is."""
        number, place = divmod(tile.number, WIDTH)
        at = (tile.level + 1, number)
        if at not in self._above:
            self._above[at] = self.hashes(tile_at(*at, size)) or []
        found = self._above[at]
        return found[place] if place < len(found) else None

    def _read(self, tile: Tile, path: Callable[[Tile], str], each: int) -> bytes | None:
        data = self._fetch(path(tile))
        if data is None and tile.width < WIDTH:
            full = self._fetch(path(Tile(tile.level, tile.number)))
            data = full[: tile.width * each] if full is not None else None
        return data
