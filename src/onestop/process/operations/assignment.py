"""Assigning a dossier to an officer (phân công thụ lý)."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import list_officers
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused


@transaction.atomic
def assign(
    *, code: str, posting_id: int, by: Principal, at: datetime, reason: str = "", seen: int | None = None
) -> Dossier:
    """Give the dossier to one officer of the unit that holds it. Taking it from somebody needs a reason.

    Raises `Refused` if that officer does not hold a post of the step's role in that unit now.
    """
    dossier = lock(code=code, verb=Verb.ASSIGN, by=by, at=at, seen=seen)
    here = frozenset({dossier.holder_unit_id})
    able = list_officers(here, roles=frozenset({Role(dossier.step_role)}), at=at)
    if posting_id not in {posting.pk for posting in able}:
        raise Refused("assignment.not_in_this_post", code=code)
    if dossier.assignee_id is not None and not reason.strip():
        raise Refused("assignment.change_needs_a_reason", code=code)
    perform(
        dossier,
        verb=Verb.ASSIGN,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ19.1",
        payload={"posting": posting_id, "instead_of": dossier.assignee_id, "reason": reason},
        assignee_id=posting_id,
    )
    return dossier
