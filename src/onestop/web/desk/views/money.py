"""Money over the desk: state the fee, take it, pay it back."""

import re

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.dossiers.rules.states import Verb
from onestop.fees.operations.charging import charge
from onestop.fees.operations.receiving import pay_at_desk, refund
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.owed import Statement
from onestop.web.base.acting import act, done, seen_of, words_of
from onestop.web.base.requests import ActingRequest

DOSSIER = "desk:dossier"
_MARKS = re.compile(r"[\s.,đ₫]")


@act(Verb.CHARGE)
def state_fee(request: ActingRequest, code: str) -> HttpResponse:
    """State what is owed, or that nothing is."""
    sent = request.POST
    is_exempt = sent.get("exempt") == "1"
    statement = Statement(
        amount_vnd=0 if is_exempt else whole(sent, "amount"),
        ground=words_of(sent, "ground")[:200],
        copies=whole(sent, "copies") or 1,
        is_exempt=is_exempt,
        is_before=sent.get("before") == "1",
    )
    charge(code=code, statement=statement, by=request.principal, at=timezone.now(), seen=seen_of(sent))
    return done(request, _("Fee stated: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.PAY)
def take_payment(request: ActingRequest, code: str) -> HttpResponse:
    """Take cash or a transfer against a receipt."""
    amount, way, number = moved(request.POST)
    pay_at_desk(
        code=code, amount_vnd=amount, way=way, number=number, by=request.principal, at=timezone.now(),
        seen=seen_of(request.POST),
    )  # fmt: skip
    return done(request, _("Payment taken: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.REFUND)
def pay_back(request: ActingRequest, code: str) -> HttpResponse:
    """Pay back what is owed back."""
    amount, way, number = moved(request.POST)
    refund(
        code=code, amount_vnd=amount, way=way, number=number, by=request.principal, at=timezone.now(),
        seen=seen_of(request.POST),
    )  # fmt: skip
    return done(request, _("Paid back: %(code)s") % {"code": code}, DOSSIER, code=code)


def whole(sent: QueryDict, name: str) -> int:
    """Return a whole number as people write amounts (`8.000 đ`); 0 if it is none."""
    text = _MARKS.sub("", sent.get(name, ""))[:12]
    return int(text) if text.isdecimal() else 0


def moved(sent: QueryDict) -> tuple[int, Way, str]:
    """Return amount, way and receipt number of money that moves over the desk."""
    way = Way.TRANSFER if sent.get("way") == Way.TRANSFER else Way.CASH
    return whole(sent, "amount"), way, words_of(sent, "number")[:60]
