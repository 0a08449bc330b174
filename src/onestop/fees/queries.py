"""Reading money: the ledger of a dossier, orders, payments of a day, which procedures can be paid online."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from onestop.catalogue.queries import get_content
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.filing import Channel
from onestop.dossiers.rules.states import State, Verb
from onestop.errors import NotFound
from onestop.fees.models import Order, PayableOnline, Payment
from onestop.fees.ports import gateway
from onestop.fees.rules.ledger import BEGUN, Event, Ledger, Way, read_ledger
from onestop.fees.rules.owed import Assessment, assess
from onestop.fees.rules.platform import OrderState, Transaction
from onestop.journal.models import JournalEntry

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONEY = (Verb.CHARGE, Verb.PAY, Verb.REFUND)


def get_ledger(dossier: Dossier) -> Ledger:
    """Return the ledger of a dossier as it stands."""
    kinds = sorted({*MONEY, *BEGUN})
    entries = JournalEntry.objects.filter(stream=dossier.pk, kind__in=kinds).order_by("sequence")
    events = (Event(kind, payload) for kind, payload in entries.values_list("kind", "payload"))
    return read_ledger(events, State(dossier.state))


def get_assessment(dossier: Dossier) -> Assessment:
    """Return what the catalogue says is owed for a dossier, in the version it was filed under."""
    return assess(get_content(dossier.version_id).fees, Channel(dossier.channel))


def can_pay_online(dossier: Dossier, on: date) -> bool:
    """True if there is a platform, and the fee of this procedure can be paid through it on that day."""
    return gateway().is_there and _payable(on).filter(procedure_id=dossier.procedure_id).exists()


def list_payable_online(on: date, *, known_at: datetime | None = None) -> frozenset[str]:
    """Return the procedures that could be paid online on a day; `known_at`: as far as was published by then."""
    rows = _payable(on).filter(published_at__lte=known_at) if known_at else _payable(on)
    return frozenset(rows.values_list("procedure__code", flat=True))


def find_newest_order(dossier: Dossier) -> Order | None:
    """Return the order to pay online that was opened last, or None."""
    return Order.objects.filter(dossier=dossier).order_by("-pk").first()


def get_order(*, reference: str) -> Order:
    """Return one order, for the system's own work. Raises `NotFound`."""
    found = Order.objects.select_related("dossier").filter(reference=reference).first()
    if found is None:
        raise NotFound("payment.order_unknown", reference=reference)
    return found


def list_open_orders(most: int) -> list[str]:
    """Return the references of orders to ask about, the longest not asked about first."""
    rows = Order.objects.filter(state=OrderState.OPEN).order_by(F("asked_at").asc(nulls_first=True), "pk")
    return list(rows.values_list("reference", flat=True)[:most])


def list_booked(day: date) -> tuple[Transaction, ...]:
    """Return our own payments through the platform on a local day, as it would name them."""
    begin = datetime.combine(day, time.min, PROVINCE_ZONE)
    rows = Payment.objects.filter(way=Way.ONLINE, paid_at__gte=begin, paid_at__lt=begin + timedelta(days=1))
    found = rows.values_list("number", "order__reference", "amount_vnd", "paid_at")
    return tuple(Transaction(*row) for row in found.order_by("number"))


def _payable(on: date) -> "QuerySet[PayableOnline]":
    return PayableOnline.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
