"""Entries of the journal as they leave the house: what figures are made of, and nobody's name."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from onestop.feedback.rules.petitions import PetitionDeed
from onestop.journal.models import JournalEntry
from onestop.journal.rules import moment_text

SAID = (
    "code", "procedure", "online_level", "applicant_kind", "channel", "filer", "agency", "desk", "fee", "paper",
    "due_at", "indicator_due_at", "appointed_at", "electronic", "amount_vnd", "settles", "online", "rating", "rated_by",
    "dossier", "verdict",
    "topic", "unit", "repeats", "satisfied",
)  # fmt: skip


def iterate_entries(*, as_of: datetime, known_at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the entries of every dossier and petition that took effect by `as_of`, written down by `known_at`.

    Of the payload only what figures ask for is kept. `filed_by` numbers the accounts of citizens in the order in which
    they first filed; it is absent for officers.
    """
    accounts: dict[str, int] = {}
    told = Q(stream__gt=0) | Q(stream__lt=0, kind__in=list(PetitionDeed))
    rows = JournalEntry.objects.filter(told, at__lte=as_of, recorded_at__lte=known_at)
    names = ("stream", "sequence", "kind", "at", "recorded_at", "actor", "payload")
    for stream, sequence, kind, at, recorded_at, actor, payload in (
        rows.order_by("stream", "sequence").values_list(*names).iterator(chunk_size=5000)
    ):
        entry = {
            "stream": stream, "sequence": sequence, "kind": kind, "at": moment_text(at),
            "recorded_at": moment_text(recorded_at), "payload": _said(payload),
        }  # fmt: skip
        if kind == "submit" and actor.startswith("account:"):
            entry["filed_by"] = accounts.setdefault(actor, len(accounts) + 1)
        yield entry


def _said(payload: dict[str, Any]) -> dict[str, Any]:
    kept = {name: payload[name] for name in SAID if name in payload}
    if "parts" in payload:
        kept["parts"] = [{"document": part["document"], "given": part["given"]} for part in payload["parts"]]
    return kept
