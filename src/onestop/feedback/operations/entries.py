"""The one shape of every deed to a petition: lock its row, ask the table of duties, end with one journal entry."""

from datetime import datetime, timedelta
from typing import Any

from onestop.accounts.rules import Principal
from onestop.errors import NotFound, Refused, Stale
from onestop.feedback.models import Petition
from onestop.feedback.queries.petitions import is_left_with, rights_of
from onestop.feedback.rules.duties import permits
from onestop.feedback.rules.petitions import PetitionDeed, PetitionState, find_next
from onestop.journal.models import JournalEntry
from onestop.journal.operations import record_in_register

CLOCK_SKEW = timedelta(minutes=5)
GROUND = "61/2018/NĐ-CP Đ30-31; 766/QĐ-TTg 5"


def lock_petition(
    *, code: str, deed: PetitionDeed, by: Principal, at: datetime, seen: int | None = None, contact: str = ""
) -> Petition:
    """Lock a petition for `deed`. Must run inside the transaction of the deed.

    Whoever knows the telephone number or address left with it acts as its petitioner. Raises `NotFound` if it does not
    exist for `by`, `Stale` if something happened since the page was made, `Refused`.
    """
    row = Petition.objects.select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise NotFound("petition.unknown", code=code)
    facts = rights_of(row)
    allowed = permits(deed, by, facts) or (deed in FOR_PETITIONERS and is_left_with(row, contact))
    if not allowed and not permits(PetitionDeed.READ, by, facts):
        raise NotFound("petition.unknown", code=code)
    if seen is not None and seen != row.last_entry:
        raise Stale("petition.changed_since", code=code)
    if find_next(deed, PetitionState(row.state), assigned=row.agency_id is not None) is None:
        raise Refused("petition.wrong_state", code=code)
    if not allowed:
        raise Refused("petition.not_permitted", code=code)
    if at < row.changed_at - CLOCK_SKEW:
        raise Refused("petition.moment_before_last", code=code)
    return row


FOR_PETITIONERS = (PetitionDeed.CLARIFY, PetitionDeed.RATE)


def enter(
    row: Petition, deed: PetitionDeed, by: Principal, at: datetime, payload: dict[str, Any], **changes: Any
) -> JournalEntry:
    """Write the one entry of a deed and the changed row. The caller holds the lock."""
    about = {} if row.dossier_id is None else {"dossier": row.dossier_id}
    told = {"petition": row.code, **about, **payload}
    entry = record_in_register(row.register, kind=deed.value, by=by, at=at, ground=GROUND, payload=told)
    after = find_next(deed, PetitionState(row.state), assigned=row.agency_id is not None)
    state = {} if after is None or "state" in changes else {"state": after}
    for name, value in {**changes, **state, "last_entry": entry.sequence, "changed_at": at}.items():
        setattr(row, name, value)
    row.save()
    return entry
