"""Money over the desk: taken against a receipt, and paid back."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.fees.models import Payment
from onestop.fees.operations.charging import LAW
from onestop.fees.operations.entering import Received, enter
from onestop.fees.queries import get_ledger
from onestop.fees.rules.ledger import Way, find_payment_faults, find_refund_faults


@transaction.atomic
def pay_at_desk(
    *, code: str, amount_vnd: int, way: Way, number: str, by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Take cash or a transfer for what is owed, against the receipt (biên lai) of this number.

    Raises `Refused` with every reason: nothing owed, more than is owed, no receipt, a receipt that was given already.
    """
    dossier = lock(code=code, verb=Verb.PAY, by=by, at=at, seen=seen)
    if not by.has(Role.ONE_STOP_OFFICER):
        raise Refused("dossier.not_permitted", code=code, verb=Verb.PAY.value, step=dossier.step)
    number, issuer = number.strip(), by.unit_code
    reasons = find_payment_faults(get_ledger(dossier), amount=amount_vnd, way=way, number=number)
    if Payment.objects.filter(issuer=issuer, number=number).exists():
        reasons = (*reasons, "fee.receipt_given_already")
    if reasons:
        raise Refused("fee.not_taken", reasons=reasons, code=code)
    enter(dossier, Received(way, amount_vnd, issuer, number, at), by=by, at=at)
    return dossier


@transaction.atomic
def refund(
    *, code: str, amount_vnd: int, way: Way, number: str, by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Pay back what is owed back, against a voucher (phiếu chi) of this number. Raises `Refused` with every reason."""
    dossier = lock(code=code, verb=Verb.REFUND, by=by, at=at, seen=seen)
    reasons = find_refund_faults(get_ledger(dossier), amount=amount_vnd, way=way, number=number)
    if reasons:
        raise Refused("fee.not_paid_back", reasons=reasons, code=code)
    perform(
        dossier,
        verb=Verb.REFUND,
        by=by,
        at=at,
        ground=LAW,
        payload={"amount_vnd": amount_vnd, "way": way.value, "number": number.strip()},
    )
    return dossier
