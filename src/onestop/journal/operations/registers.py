"""Writing in a register: a stream that is no dossier's."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.journal.models import JournalEntry, Register
from onestop.journal.operations.recording import Actor, record
from onestop.journal.rules import Head


@transaction.atomic
def record_in_register(
    register: str, *, kind: str, by: Actor, at: datetime, ground: str = "", payload: dict[str, Any] | None = None
) -> JournalEntry:
    """Append one entry to a register and return it. The first entry opens the register."""
    Register.objects.get_or_create(name=register)
    row = Register.objects.select_for_update(of=("self",)).get(name=register)
    head = Head(row.sequence, bytes(row.hash))
    entry = record(stream=row.stream, kind=kind, by=by, at=at, head=head, ground=ground, payload=payload)
    Register.objects.filter(pk=row.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry
