"""What came through the payment platform. It knocks; what counts is what it answers when asked.

So a notice may come late, twice, never, or with another amount: the books are right as soon as the platform answers.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from onestop.accounts.rules import SYSTEM
from onestop.dossiers.operations.rows import lock_row
from onestop.errors import NotFound, OneStopError, Unavailable
from onestop.fees.models import Order, Payment
from onestop.fees.operations.entering import Received, enter
from onestop.fees.ports import gateway
from onestop.fees.queries import get_order, list_open_orders
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.platform import OrderState, Standing

PLATFORM = "platform"
MANY = 200
OPEN_FOR = timedelta(days=3)


def hear_notice(*, body: bytes, signature: str, at: datetime) -> Order:
    """Go and ask because the platform knocked. Raises `Invalid` if it was somebody else, `NotFound`, `Unavailable`."""
    return settle(reference=gateway().read_notice(body, signature), at=at)


def settle(*, reference: str, at: datetime) -> Order:
    """Ask how an order stands, and enter every payment of it that is not on record. Doing it twice is harmless."""
    order = get_order(reference=reference)
    return _enter_standing(order, gateway().ask(reference), at=at)


def settle_all(*, at: datetime, progress: Callable[[str], None] = lambda reference: None) -> dict[str, str]:
    """Ask about every open order; return reference → error, or nothing. Stops when the platform is down."""
    outcomes: dict[str, str] = {}
    for reference in list_open_orders(MANY):
        progress(reference)
        try:
            settle(reference=reference, at=at)
            outcomes[reference] = ""
        except Unavailable as error:
            return {**outcomes, reference: error.code}
        except OneStopError as error:
            outcomes[reference] = error.code
    return outcomes


@transaction.atomic
def _enter_standing(order: Order, standing: Standing, *, at: datetime) -> Order:
    """One entry a payment, under the dossier's lock: two knocks at once make one."""
    dossier = lock_row(order.dossier.code)
    if dossier is None:
        raise NotFound("dossier.unknown", code=order.dossier.code)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    numbers = [item.number for item in standing.transactions]
    known = set(Payment.objects.filter(issuer=PLATFORM, number__in=numbers).values_list("number", flat=True))
    for item in standing.transactions:
        if item.number not in known:
            received = Received(Way.ONLINE, item.amount_vnd, PLATFORM, item.number, item.paid_at)
            enter(dossier, received, by=SYSTEM, at=at, order=order)
    is_over = order.state == OrderState.EXPIRED or at - order.opened_at > OPEN_FOR
    order.state = OrderState.EXPIRED if is_over and standing.state is OrderState.OPEN else standing.state
    order.asked_at = at
    order.save(update_fields=["state", "asked_at"])
    return order
