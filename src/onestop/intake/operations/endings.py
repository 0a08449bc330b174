"""Ends before a result: refusal, withdrawal, stopping (từ chối, rút hồ sơ, dừng giải quyết)."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.models import Dossier, SupplementRequest
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.intake.rules.reasons import Reason, find_faults_of_reasons


@transaction.atomic
def refuse(*, code: str, reasons: tuple[Reason, ...], by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Refuse in writing, with all reasons, each on its legal ground (form 03; Decree 61/2018 Art 17, 19).

    Before acceptance the desk refuses to receive; afterwards the deciding leader refuses to settle.
    """
    dossier = lock(code=code, verb=Verb.REFUSE, by=by, at=at, seen=seen)
    if dossier.accepted_at is not None and not by.has(Role.LEADER):
        raise Refused("dossier.not_permitted", code=code, verb=Verb.REFUSE.value, step=dossier.step)
    faults = find_faults_of_reasons(reasons)
    if faults:
        raise Refused("refusal.without_reasons", reasons=faults)
    perform(
        dossier,
        verb=Verb.REFUSE,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ17.1, Đ19",
        payload={"reasons": [reason.as_payload() for reason in reasons], "accepted": dossier.accepted_at is not None},
        assignee_id=None,
    )
    return dossier


@transaction.atomic
def withdraw(*, code: str, reason: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Take a dossier back at the applicant's wish. The files handed in stay on record."""
    dossier = lock(code=code, verb=Verb.WITHDRAW, by=by, at=at, seen=seen)
    SupplementRequest.objects.filter(dossier=dossier, answered_at=None).update(answered_at=at)
    perform(
        dossier,
        verb=Verb.WITHDRAW,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ11",
        payload={"reason": reason},
        assignee_id=None,
    )
    return dossier


@transaction.atomic
def stop(*, code: str, reason: Reason, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Stop settlement, e.g. when a supplement has not come in time (form 05, Circular 03/2025/TT-VPCP)."""
    dossier = lock(code=code, verb=Verb.STOP, by=by, at=at, seen=seen)
    faults = find_faults_of_reasons((reason,))
    if faults:
        raise Refused("refusal.without_reasons", reasons=faults)
    SupplementRequest.objects.filter(dossier=dossier, answered_at=None).update(answered_at=at)
    perform(
        dossier,
        verb=Verb.STOP,
        by=by,
        at=at,
        ground="03/2025/TT-VPCP Mẫu 05",
        payload={"reasons": [reason.as_payload()]},
        assignee_id=None,
    )
    return dossier
