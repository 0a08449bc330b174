"""Reading a dossier is a deed too: who opened whose papers is kept for their owner (Decree 13/2023/NĐ-CP)."""

from collections.abc import Iterable
from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.applicants.operations import record_read
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_dossier


def open_dossier(*, code: str, by: Principal, at: datetime, purpose: str = "dossier") -> Dossier:
    """Return a dossier that `by` may read, and record the reading if it is not the applicant's own.

    Raises `NotFound` if it does not exist for this principal.
    """
    dossier = get_dossier(code=code, by=by)
    if dossier.applicant_id not in by.applicant_ids:
        record_read(by=by, applicant_ids=[dossier.applicant_id], what=f"{purpose}:{dossier.code}", at=at)
    return dossier


def record_list(*, rows: Iterable[Dossier], by: Principal, what: str, at: datetime) -> None:
    """Record that `by` saw the names on a list: one line an applicant, in one statement."""
    seen = sorted({row.applicant_id for row in rows} - by.applicant_ids)
    if seen:
        record_read(by=by, applicant_ids=seen, what=what, at=at)
