"""Reading the public log: its head, its leaves and tiles, what attests it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from onestop.journal import ports
from onestop.journal.models import LogAttestation, LogCheckpoint, LogLeaf, LogQueue
from onestop.journal.rules.checkpoints import Checkpoint, parse_checkpoint
from onestop.journal.rules.notes import NoteFault, VerifierKey
from onestop.journal.rules.tiles import Tile
from onestop.journal.rules.witnessing import Witness, select_cosignatures


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint as it was signed, and when."""

    head: Checkpoint
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LogStatus:
    """Where the log stands: how many entries wait, how many have a place, the newest head and what attests it."""

    waiting: int
    leaves: int
    newest: KeptCheckpoint | None
    sealed: bool
    stamped_at: datetime | None
    witnesses: tuple[str, ...]


def count_leaves() -> int:
    """Return how many entries have a place: one more than the last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(index) + 1, 0) FROM journal_logleaf")
        return int(cursor.fetchone()[0])


def find_newest_checkpoint() -> KeptCheckpoint | None:
    """Return the newest head that was signed, or None."""
    row = LogCheckpoint.objects.order_by("-size").first()
    return _kept(row) if row else None


def find_first_checkpoint_over(index: int) -> KeptCheckpoint | None:
    """Return the first head whose tree holds leaf `index`, or None."""
    row = LogCheckpoint.objects.filter(size__gt=index).order_by("size").first()
    return _kept(row) if row else None


def find_published_head() -> Checkpoint | None:
    """Return the head that the published file shows, if it is of our log."""
    data = ports.log_files().read("checkpoint")
    if data is None:
        return None
    try:
        signed = parse_checkpoint(data)
    except NoteFault:
        return None
    return signed.head if signed.head.origin == settings.LOG_ORIGIN else None


def iterate_commitments(begin: int, end: int) -> Iterator[bytes]:
    """Yield what the log shows for each leaf of a range."""
    rows = LogLeaf.objects.filter(index__gte=begin, index__lt=end).order_by("index")
    for (commitment,) in rows.values_list("commitment").iterator(chunk_size=10_000):
        yield bytes(commitment)


def read_tile(tile: Tile) -> bytes | None:
    """Return a published tile. One that has grown since is read from the larger one."""
    files = ports.log_files()
    found = files.read(tile.path)
    if found is None and tile.width < Tile(0, 0).width:
        full = files.read(Tile(tile.level, tile.number).path)
        found = full[: tile.width * 32] if full else None
    return found


def checkpoint_note(size: int) -> bytes:
    """Return a kept checkpoint as it is published: with the cosignatures that have come."""
    row = LogCheckpoint.objects.get(size=size)
    lines = LogAttestation.objects.filter(size=size, kind="cosignature").order_by("id").values_list("data", flat=True)
    return row.note.encode() + b"".join(bytes(line) for line in lines)


def list_newest_checkpoints(limit: int) -> list[KeptCheckpoint]:
    """Return the newest heads that were signed, the newest first."""
    return [_kept(row) for row in LogCheckpoint.objects.order_by("-size")[:limit]]


def list_unattested(kind: str, limit: int) -> list[KeptCheckpoint]:
    """Return those of the newest checkpoints that have no seal, or no time stamp yet, the newest first."""
    newest = list_newest_checkpoints(limit)
    sizes = [kept.head.size for kept in newest]
    attested = set(LogAttestation.objects.filter(kind=kind, size__in=sizes).values_list("size", flat=True))
    return [kept for kept in newest if kept.head.size not in attested]


def list_attestations(limit: int) -> list[tuple[int, str, bytes]]:
    """Return the newest seals and time stamps: size, kind, bytes."""
    rows = LogAttestation.objects.exclude(kind="cosignature").order_by("-id")[:limit]
    return [(row.size, row.kind, bytes(row.data)) for row in rows]


def list_witnesses() -> list[Witness]:
    """Return the witnesses of the configuration."""
    return [Witness.parse(line) for line in settings.LOG_WITNESSES]


def find_cosigned_size(key: VerifierKey) -> int:
    """Return the largest size that a witness has cosigned, 0 if none."""
    sizes = LogAttestation.objects.filter(kind="cosignature", name=key.name).order_by("-size")
    return sizes.values_list("size", flat=True).first() or 0


def get_status() -> LogStatus:
    """Return where the log stands."""
    newest = find_newest_checkpoint()
    size = newest.head.size if newest else -1
    rows = list(LogAttestation.objects.filter(size=size))
    stamped = [row.at for row in rows if row.kind == "stamp"]
    lines = "".join(bytes(row.data).decode() for row in rows if row.kind == "cosignature")
    keys = [witness.key for witness in list_witnesses()]
    signed_by = select_cosignatures(lines, newest.head.text, keys) if newest else ()
    return LogStatus(
        waiting=LogQueue.objects.count(),
        leaves=count_leaves(),
        newest=newest,
        sealed=any(row.kind == "seal" for row in rows),
        stamped_at=stamped[0] if stamped else None,
        witnesses=tuple(line.name for line in signed_by),
    )


def _kept(row: LogCheckpoint) -> KeptCheckpoint:
    head = parse_checkpoint(row.note.encode()).head
    return KeptCheckpoint(Checkpoint(head.origin, row.size, bytes(row.root)), row.note, row.at)
