"""Opening an order at the payment platform. No money yet, so no entry of the journal."""

import secrets
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.operations.deeds import lock
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.fees.models import Order
from onestop.fees.ports import gateway
from onestop.fees.queries import PROVINCE_ZONE, can_pay_online, get_ledger
from onestop.fees.rules.platform import OrderState


def open_order(*, code: str, notify: str, back: str, by: Principal, at: datetime) -> Order:
    """Return the order for all that is owed, with the address where the payer goes. Asked again, it is the same one.

    Raises `Refused` if nothing is owed or it cannot be paid online, `Unavailable` while the platform is down: the order
    then waits, and is sent there the next time.
    """
    order = _keep_order(code=code, by=by, at=at)
    if not order.address:
        order.address = gateway().create(
            reference=order.reference, amount_vnd=order.amount_vnd, about=code, notify=notify, back=back
        )
        order.save(update_fields=["address"])
    return order


@transaction.atomic
def _keep_order(*, code: str, by: Principal, at: datetime) -> Order:
    dossier = lock(code=code, verb=Verb.PAY, by=by, at=at)
    owed = get_ledger(dossier).owed
    if not owed:
        raise Refused("fee.nothing_owed", code=code)
    if not can_pay_online(dossier, at.astimezone(PROVINCE_ZONE).date()):
        raise Refused("fee.not_payable_online", code=code)
    earlier = Order.objects.filter(dossier=dossier, state=OrderState.OPEN).first()
    if earlier is not None and earlier.amount_vnd == owed:
        return earlier
    if earlier is not None:  # another amount was stated since; should it be paid all the same, it counts
        Order.objects.filter(pk=earlier.pk).update(state=OrderState.EXPIRED)
    return Order.objects.create(
        dossier=dossier, reference=secrets.token_urlsafe(18), amount_vnd=owed, opened_at=at, asked_at=None
    )
