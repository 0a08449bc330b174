"""Checking the journal against its public log, leaf by leaf."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from onestop.journal.models import JournalEntry, LogCheckpoint, LogQueue
from onestop.journal.queries.entries import stored
from onestop.journal.queries.log import count_leaves, find_published_head
from onestop.journal.queries.snapshots import one_moment
from onestop.journal.rules import NotCanonical, entry_hash
from onestop.journal.rules.auditing import LogBreak, LoggedEntry, SignedHead, find_log_breaks

_LEAVES = """
SELECT leaf.index, leaf.entry, leaf.salt, leaf.commitment FROM journal_logleaf leaf ORDER BY leaf.index
"""
_UNLOGGED = """
SELECT entry.id FROM journal_journalentry entry
WHERE NOT EXISTS (SELECT FROM journal_logleaf leaf WHERE leaf.entry = entry.id)
  AND NOT EXISTS (SELECT FROM journal_logqueue waiting WHERE waiting.entry = entry.id)
ORDER BY entry.id
"""
_REMOVED_WAITING = """
SELECT waiting.entry FROM journal_logqueue waiting
WHERE NOT EXISTS (SELECT FROM journal_journalentry entry WHERE entry.id = waiting.entry) ORDER BY waiting.entry
"""
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class LogAudit:
    """What was found: how many leaves were checked, how many entries wait, and where journal and log part."""

    leaves: int
    waiting: int
    breaks: tuple[LogBreak, ...]

    @property
    def holds(self) -> bool:
        """True if journal and log say the same."""
        return not self.breaks


def audit_log(*, progress: Callable[[int], None] | None = None) -> LogAudit:
    """Check every leaf against its entry, every signed head against the leaves, and that no entry is left out.

    An entry's hash is computed anew from its content, and all is read as of one moment.
    """
    published = find_published_head()  # first: what is published is in the database already
    with one_moment():
        heads = [SignedHead(row.size, bytes(row.root), row.at) for row in LogCheckpoint.objects.order_by("size")]
        breaks = [*find_log_breaks(_leaves(progress), heads)]
        breaks += [LogBreak("unlogged", entry) for entry in _ids(_UNLOGGED)]
        breaks += [LogBreak("removed_waiting", entry) for entry in _ids(_REMOVED_WAITING)]
        if published and (published.size, published.root) not in {(head.size, head.root) for head in heads}:
            breaks.append(LogBreak("published_differs", index=published.size))
        return LogAudit(count_leaves(), LogQueue.objects.count(), tuple(breaks))


def _leaves(progress: Callable[[int], None] | None) -> Iterator[LoggedEntry]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LEAVES)
        while rows := cursor.fetchmany(_CHUNK):
            entries = JournalEntry.objects.in_bulk([entry for _, entry, _, _ in rows])
            for index, entry, salt, commitment in rows:
                row = entries.get(entry)
                digest = _hash(row) if row else None
                yield LoggedEntry(
                    index, entry, bytes(salt), bytes(commitment), digest, row.recorded_at if row else None
                )
            if progress:
                progress(rows[-1][0] + 1)


def _hash(row: JournalEntry) -> bytes:
    try:
        return entry_hash(stored(row).body)
    except NotCanonical:  # an altered payload may have no canonical form at all
        return b""


def _ids(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
