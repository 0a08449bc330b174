"""Reading registers: streams of the journal that are no dossier's."""

from onestop.journal.models import JournalEntry, Register
from onestop.journal.queries.entries import list_entries
from onestop.journal.rules import Head


def list_register(name: str) -> list[JournalEntry]:
    """Return all entries of a register, oldest first; none if nothing was ever entered."""
    row = Register.objects.filter(name=name).first()
    return list_entries(row.stream) if row else []


def find_last(name: str, kind: str) -> JournalEntry | None:
    """Return the last entry of a kind in a register, or None."""
    row = Register.objects.filter(name=name).first()
    return JournalEntry.objects.filter(stream=row.stream, kind=kind).order_by("-sequence").first() if row else None


def register_heads() -> dict[int, Head]:
    """Return where the chain of each register ought to end, for the audit."""
    return {row.stream: Head(row.sequence, bytes(row.hash)) for row in Register.objects.all()}


def find_register(stream: int) -> str:
    """Return the name of the register whose entries form this stream, empty if it is none's."""
    return Register.objects.filter(pk=-stream).values_list("name", flat=True).first() or ""
