"""Proofs that entries of the journal stand in the public log: made for its readers, judged for anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop.errors import NotFound, Refused
from onestop.journal import ports
from onestop.journal.models import JournalEntry, LogLeaf
from onestop.journal.queries.entries import stored
from onestop.journal.queries.log import (
    checkpoint_note,
    find_first_checkpoint_over,
    find_newest_checkpoint,
    find_published_head,
    read_tile,
)
from onestop.journal.rules import canonical
from onestop.journal.rules.proofs import Proof, ProofReport, check_proof, write_proof
from onestop.journal.rules.tiles import TiledTree, TileFault
from onestop.journal.rules.watching import compare

LONGEST_WAIT = timedelta(hours=1)
"""An entry is published within a minute while the worker runs; one that waited longer deserves a question."""


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proof is worth today: what it shows, what is wrong with it, and since when the log vouches for it.

    Beside the codes of `ProofReport`: `log.forked` and `log.shrunk` (the log as shown today does not go on from the
    proof's checkpoint), `proof.back_dated` (the entry says it is older than the log can vouch for).
    """

    report: ProofReport
    faults: tuple[str, ...]
    published_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """True if nothing is wrong."""
        return not self.faults


def judge_proof(data: bytes) -> Verdict:
    """Judge a proof that somebody brings, against the log as it is published now."""
    report, newest = check_proof(data, [ports.log_key().verifier()]), find_published_head()
    if not report.holds or report.head is None or newest is None:
        return Verdict(report, report.faults or ("log.no_checkpoint",))
    alarm = compare(report.head, newest, TiledTree(newest.size, read_tile))
    if alarm:
        return Verdict(report, (alarm.code,))
    kept = find_first_checkpoint_over(report.index)
    published_at = kept.at if kept else None
    late = published_at and report.recorded_at and report.recorded_at < published_at - LONGEST_WAIT
    return Verdict(report, ("proof.back_dated",) if late else (), published_at)
