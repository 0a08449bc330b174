"""Publishing the log: tiles first, then a signed checkpoint over them, then the file that everybody fetches.

Each step may be the last one before a crash. Tiles depend only on leaves that are committed, so writing them again
changes nothing; a checkpoint is kept in the database before anybody sees it; the file is made from what is kept.
"""

from datetime import datetime

from django.db import transaction

from onestop.errors import Refused
from onestop.journal import ports
from onestop.journal.models import LogCheckpoint
from onestop.journal.operations.attesting import attest, show_attestations
from onestop.journal.operations.sequencing import hold_log, sequence
from onestop.journal.queries.log import (
    checkpoint_note,
    count_leaves,
    find_newest_checkpoint,
    find_published_head,
    iterate_commitments,
    read_tile,
)
from onestop.journal.rules.checkpoints import Checkpoint
from onestop.journal.rules.growing import first_leaf, grow
from onestop.journal.rules.merkle import EMPTY_ROOT, hash_leaf
from onestop.journal.rules.notes import Note
from onestop.journal.rules.tiles import WIDTH, TiledTree, TileFault, list_new_tiles, tile_at, write_bundle

Files = dict[str, bytes]


def publish_log(*, at: datetime) -> int:
    """Sequence all that waits, publish it, have it sealed, stamped and cosigned; return how many entries were new.

    Whatever attests and does not answer is asked again the next time. Raises `Refused` (`log.would_fork`) rather than
    sign a head that does not go on from what was published, e.g. on a database restored from an old copy.
    """
    placed = 0
    while batch := sequence():
        placed += batch
    grow_log(at=at)  # one head over all that waited: an entry missing from it was written after it
    show_log()
    attest(at=at)
    show_log()
    return placed


@transaction.atomic
def grow_log(*, at: datetime) -> Checkpoint:
    """Write the tiles of all leaves and keep a signed checkpoint over them; return the newest checkpoint."""
    hold_log()
    size, kept = count_leaves(), find_newest_checkpoint()
    if kept and kept.head.size == size:
        return kept.head
    name = ports.log_key().verifier().name
    old = kept.head if kept else Checkpoint(name, 0, EMPTY_ROOT)
    files = _make_files(old, size)
    tree = TiledTree(size, lambda tile: files.get(tile.path) or read_tile(tile))
    _check_it_goes_on(tree, old)
    _write(files, old.size, size)
    return _keep(Checkpoint(name, size, tree.root()), at)


@transaction.atomic
def show_log() -> None:
    """Make the published files say what is kept: the newest checkpoint with its cosignatures, and what attests it.

    A checkpoint is never shown over one that is larger, or as large and another.
    """
    hold_log()
    newest, published = find_newest_checkpoint(), find_published_head()
    if newest is None:
        return
    if published and _turns_back(published, newest.head):
        raise Refused("log.would_fork", size=newest.head.size, published=published.size)
    files = ports.log_files()
    key = f"{ports.log_key().verifier()}\n".encode()
    if files.read("key") != key:
        files.write("key", key)
    show_attestations()
    note = checkpoint_note(newest.head.size)
    if files.read("checkpoint") != note:
        files.write("checkpoint", note)


def _turns_back(shown: Checkpoint, head: Checkpoint) -> bool:
    return shown.size > head.size or (shown.size == head.size and shown.root != head.root)


def _make_files(old: Checkpoint, size: int) -> Files:
    """Return tiles and bundles that are new since `old`; all of them if what lies there is not what was signed."""
    try:
        if old.size and TiledTree(old.size, read_tile).root() != old.root:
            return _grow_from(0, size)
        return _grow_from(old.size, size)
    except TileFault:
        return _grow_from(0, size)


def _grow_from(old: int, size: int) -> Files:
    begin = first_leaf(old)
    commitments = list(iterate_commitments(begin, size))
    if len(commitments) != size - begin:
        raise Refused("log.leaves_missing", size=size)
    files = {tile.path: data for tile, data in grow(old, map(hash_leaf, commitments), read_tile)}
    for number in range(begin // WIDTH, -(-size // WIDTH)):
        part = commitments[number * WIDTH - begin : (number + 1) * WIDTH - begin]
        files[tile_at(0, number, size).bundle_path] = write_bundle(part)
    return files


def _check_it_goes_on(tree: TiledTree, old: Checkpoint) -> None:
    """Refuse to sign what does not go on from every head we have shown: the one kept, and the one published."""
    for head in (old, find_published_head()):
        if head is not None and (head.size > tree.size or tree.root(head.size) != head.root):
            raise Refused("log.would_fork", size=tree.size, published=head.size)


def _write(files: Files, old: int, size: int) -> None:
    store = ports.log_files()
    for name, data in files.items():
        if store.read(name) != data:
            store.write(name, data)
    for tile in list_new_tiles(old, size):
        if tile.width == WIDTH:
            for path in [tile.path] if tile.level else [tile.path, tile.bundle_path]:
                store.drop(f"{path}.p")


def _keep(head: Checkpoint, at: datetime) -> Checkpoint:
    note = Note(head.text, (ports.log_key().sign(head.text),))
    LogCheckpoint.objects.create(size=head.size, root=head.root, note=str(note), at=at)
    return head
