"""Proofs that entries of the journal stand in the public log: for whoever may read the entry."""

from onestop.errors import NotFound, Refused
from onestop.journal import ports
from onestop.journal.models import JournalEntry, LogLeaf
from onestop.journal.queries.entries import stored
from onestop.journal.queries.log import checkpoint_note, find_first_checkpoint_over, find_newest_checkpoint, read_tile
from onestop.journal.rules import canonical
from onestop.journal.rules.proofs import Proof, check_proof, write_proof
from onestop.journal.rules.tiles import TiledTree, TileFault


def make_proof(entry: JournalEntry) -> bytes:
    """Return the proof of an entry: to the first checkpoint that holds it, the one closest to when it was written.

    Raises `NotFound` (`log.not_yet`) until it has been published, a matter of seconds; `Refused` (`log.differs`) if
    what the journal says now is not what was logged.
    """
    leaf = LogLeaf.objects.filter(entry=entry.pk).first()
    first = find_first_checkpoint_over(leaf.index) if leaf else None
    newest = find_newest_checkpoint()
    if leaf is None or first is None or newest is None:
        raise NotFound("log.not_yet")
    tree, size = TiledTree(newest.head.size, read_tile), first.head.size
    try:
        path = tuple(tree.inclusion(leaf.index, size))
    except TileFault as fault:
        raise Refused("log.differs") from fault
    body = canonical(stored(entry).body)
    proof = write_proof(Proof(leaf.index, bytes(leaf.salt), body, path, checkpoint_note(size)))
    if not check_proof(proof, [ports.log_key().verifier()]).holds:
        raise Refused("log.differs")
    return proof


def list_logged(entries: list[JournalEntry]) -> set[int]:
    """Return the ids of those entries that have been published."""
    newest = find_newest_checkpoint()
    if newest is None:
        return set()
    rows = LogLeaf.objects.filter(entry__in=[entry.pk for entry in entries], index__lt=newest.head.size)
    return set(rows.values_list("entry", flat=True))
