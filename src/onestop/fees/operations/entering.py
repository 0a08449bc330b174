"""Entering money that came: its row, and its entry of the journal. The caller holds the dossier's lock."""

from dataclasses import dataclass
from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import perform
from onestop.dossiers.rules.states import Verb
from onestop.fees.models import Order, Payment
from onestop.fees.operations.charging import LAW
from onestop.fees.queries import get_ledger
from onestop.fees.rules.ledger import Way


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came: which way, how much, and the number that `issuer` gave it."""

    way: Way
    amount_vnd: int
    issuer: str
    number: str
    paid_at: datetime


def enter(dossier: Dossier, received: Received, *, by: Principal, at: datetime, order: Order | None = None) -> Payment:
    """Write a payment down, whatever it is for: what is more than was owed stays on record as owed back."""
    ledger = get_ledger(dossier)
    entry = perform(
        dossier,
        verb=Verb.PAY,
        by=by,
        at=at,
        ground=LAW,
        payload={
            "amount_vnd": received.amount_vnd,
            "way": received.way.value,
            "online": received.way is Way.ONLINE,
            "number": received.number,
            "paid_at": received.paid_at.isoformat(),
            "settles": not ledger.is_void and ledger.settles(received.amount_vnd),
            "surplus_vnd": max(0, received.amount_vnd - ledger.owed),
        },
    )
    return Payment.objects.create(
        dossier_id=dossier.pk,
        sequence=entry.sequence,
        order=order,
        way=received.way,
        issuer=received.issuer,
        number=received.number,
        amount_vnd=received.amount_vnd,
        paid_at=received.paid_at,
    )
