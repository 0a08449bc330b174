"""Reading the journal: one stream, everything since, and whether it all still holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from onestop.journal import ports
from onestop.journal.models import JournalEntry
from onestop.journal.rules import Break, EntryBody, Head, StoredEntry, find_break, is_altered, may_sign


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found: how much was checked, and each break (empty if all holds).

    `streams` counts dossiers and registers, `registers` those of them that are no dossier's.
    """

    entries: int
    streams: int
    registers: int = 0
    breaks: tuple[Break, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """True if every chain and every signature holds."""
        return not self.breaks


def list_entries(stream: int) -> list[JournalEntry]:
    """Return all entries of one stream, oldest first."""
    return list(JournalEntry.objects.filter(stream=stream).order_by("sequence"))


def audit(
    *, from_id: int = 0, heads: dict[int, Head] | None = None, progress: Callable[[int], None] | None = None
) -> Audit:
    """Check chain and signature of every stream that has an entry with id >= `from_id`.

    `heads` tells where each stream ought to end (from the rows of dossiers and registers): a chain cut at its end, a
    whole stream gone, or a stream whose dossier is gone (`unclaimed`), is found by it. The first break of each broken
    stream is returned, the earliest number first.
    """
    seen: set[int] = set()
    breaks: list[Break] = []
    count = 0
    for stream, entries in _streams(from_id):
        seen.add(stream)
        count += len(entries)
        found = _find_first_break(entries, heads)
        if found:
            breaks.append(found)
        if progress:
            progress(count)
    breaks += _find_ends_missing({stream: head for stream, head in (heads or {}).items() if stream not in seen})
    registers = sum(stream < 0 for stream in seen)
    return Audit(count, len(seen), registers, tuple(sorted(breaks, key=lambda b: (b.entry_id or 0, b.stream))))


def stored(row: JournalEntry) -> StoredEntry:
    """Return a row as the value that the rules check."""
    body = EntryBody(
        stream=row.stream,
        sequence=row.sequence,
        kind=row.kind,
        actor=row.actor,
        post=row.post,
        unit=row.unit,
        on_behalf_of=row.on_behalf_of,
        at=row.at,
        recorded_at=row.recorded_at,
        ground=row.ground,
        payload=row.payload,
        previous=bytes(row.previous),
    )
    return StoredEntry(row.id, body, bytes(row.hash), bytes(row.signature), row.certificate_id)


def find_fault(row: JournalEntry) -> str | None:
    """Return why one entry's content or signature does not hold by itself, or None."""
    entry = stored(row)
    return "altered" if is_altered(entry) else _find_signature_fault(entry)


def _streams(from_id: int) -> Iterator[tuple[int, list[StoredEntry]]]:
    rows = JournalEntry.objects.order_by("stream", "sequence", "id")
    if from_id > 1:
        touched = JournalEntry.objects.filter(id__gte=from_id).values("stream")
        rows = rows.filter(stream__in=touched)
    stream: int | None = None
    kept: list[StoredEntry] = []
    for row in rows.iterator(chunk_size=5000):
        if row.stream != stream:
            if stream is not None:
                yield stream, kept
            stream, kept = row.stream, []
        kept.append(stored(row))
    if stream is not None:
        yield stream, kept


def _find_first_break(entries: list[StoredEntry], heads: dict[int, Head] | None) -> Break | None:
    stream = entries[0].body.stream
    if heads is not None and stream not in heads:
        return Break(stream, 1, "unclaimed", entries[0].id)
    chain = find_break(entries, heads[stream] if heads is not None else None)
    # a link that does not fit shows at the entry after a forged one; the forged one's signature names it itself
    signature = _find_bad_signature(entries, before=chain.sequence if chain else None)
    return signature or chain


def _find_bad_signature(entries: list[StoredEntry], *, before: int | None) -> Break | None:
    for entry in entries:
        if before is not None and entry.body.sequence >= before:
            return None
        reason = _find_signature_fault(entry)
        if reason:
            return Break(entry.body.stream, entry.body.sequence, reason, entry.id)
    return None


def _find_signature_fault(entry: StoredEntry) -> str | None:
    signer = ports.signer()
    reason = signer.verify(entry.certificate_id, entry.hash, entry.signature, entry.body.recorded_at)
    if reason:
        return reason
    return None if may_sign(entry.body.actor, signer.key_of(entry.certificate_id)) else "certificate.of_another"


def _find_ends_missing(heads: dict[int, Head]) -> list[Break]:
    """Streams that were not walked: is their last entry still there?"""
    rows = JournalEntry.objects.values_list("stream").annotate(last=Max("sequence"))
    ends = dict(rows) if heads else {}
    short = {stream: ends.get(stream, 0) for stream, head in heads.items() if ends.get(stream, 0) < head.sequence}
    return [Break(stream, end + 1, "truncated" if end else "deleted") for stream, end in short.items()]
