"""Revoking a result: it stays on record, and whoever checks it is told."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound, Refused
from onestop.results.models import Revocation
from onestop.results.queries.claims import find_issued
from onestop.results.rules.revocations import GIVEN_BY_OFFICERS, RevocationCause, find_refusals


@transaction.atomic
def revoke_result(
    *,
    code: str,
    cause: RevocationCause,
    reason: str,
    ground: str,
    by: Principal,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Revoke the sealed result of a dossier, returned or still at the desk; from `at` on it holds no longer.

    By the leader of the agency that issued it or of one above. Raises `Refused` (`revocation.not_possible`) with every
    reason, `NotFound` if there is no sealed result.
    """
    dossier = lock(code=code, verb=Verb.REVOKE_RESULT, by=by, at=at, seen=seen)
    issued = find_issued(dossier)
    if issued is None:
        raise NotFound("result.none_yet", code=code)
    is_revoked = Revocation.objects.filter(dossier=dossier).exists()
    reasons = find_refusals(reason=reason, ground=ground, is_revoked=is_revoked)
    if cause not in GIVEN_BY_OFFICERS:
        reasons += ("revocation.without_reason",)
    if reasons:
        raise Refused("revocation.not_possible", reasons=reasons, code=code)
    Revocation.objects.create(
        dossier=dossier,
        claim_id=issued.claim_id,
        cause=cause,
        reason=reason.strip(),
        ground=ground.strip(),
        revoked_at=at,
        revoked_by_id=posting_of(by),
    )
    perform(
        dossier,
        verb=Verb.REVOKE_RESULT,
        by=by,
        at=at,
        ground=ground.strip(),
        payload={
            "cause": int(cause),
            "reason": reason.strip(),
            "number": issued.number,
            "claim": issued.claim_id.hex(),
            "sha256": issued.sha256,
        },
        step_due_at=None,
    )
    return dossier
