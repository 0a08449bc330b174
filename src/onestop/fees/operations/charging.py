"""Stating what is owed (thông báo phí, lệ phí phải nộp)."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.fees.queries import get_assessment, get_ledger
from onestop.fees.rules.ledger import find_restatement_faults
from onestop.fees.rules.owed import Statement, find_statement_faults

LAW = "97/2015/QH13"


@transaction.atomic
def charge(*, code: str, statement: Statement, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """State what is owed for a dossier, or that nothing is; a later statement takes the place of the one before.

    The catalogue's own amounts stand by themselves, any other needs its ground. After acceptance nothing is due
    before it. Raises `Refused` with every reason.
    """
    dossier = lock(code=code, verb=Verb.CHARGE, by=by, at=at, seen=seen)
    assessment, ledger = get_assessment(dossier), get_ledger(dossier)
    amount = statement.amount_vnd
    reasons = (*find_statement_faults(statement, assessment), *find_restatement_faults(ledger, amount))
    if reasons:
        raise Refused("fee.not_stated", reasons=reasons)
    perform(
        dossier,
        verb=Verb.CHARGE,
        by=by,
        at=at,
        ground=statement.ground.strip() or LAW,
        payload={
            "amount_vnd": amount,
            "copies": statement.copies,
            "exempt": statement.is_exempt,
            "before": statement.is_before and dossier.accepted_at is None,
            "catalogue": list(assessment.amounts),
        },
    )
    return dossier
