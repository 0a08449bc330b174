"""Checking the whole journal for the report on the data, and keeping what came out where it cannot be taken back."""

from collections.abc import Callable
from datetime import datetime

from onestop.accounts.rules import SYSTEM, Principal
from onestop.dossiers.queries.audits import audit_journal
from onestop.indicators.queries.quality import AUDITED, REGISTER
from onestop.journal.operations import record_in_register
from onestop.journal.queries import Audit


def audit_for_quality(*, at: datetime, by: Principal = SYSTEM, progress: Callable[[int], None] | None = None) -> Audit:
    """Check chain and signature of every entry of the journal, and enter how many there were and how many broke.

    That takes a while: by night, or by a command. The report on the data shows what the last check found, and when.
    """
    found = audit_journal(progress=progress)
    payload = {"entries": found.entries, "breaks": len(found.breaks)}
    record_in_register(REGISTER, kind=AUDITED, by=by, at=at, payload=payload)
    return found
