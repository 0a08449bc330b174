"""What every payment gateway promises: a real platform over HTTP, a deaf one, and none at all."""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from onestop.errors import Invalid, Unavailable
from onestop.fees.adapters.http_platform import OLDEST_SECONDS, HttpPlatform
from onestop.fees.adapters.null import NoGateway
from onestop.fees.ports import PaymentGateway
from onestop.fees.queries import PROVINCE_ZONE
from onestop.fees.rules.platform import OrderState
from onestop.outside.payment_signing import Secret
from tests.stand_ins import Payments

NOWHERE = "http://127.0.0.1:9/"


def client(outside: Payments, clock: Callable[[], float] = time.time) -> HttpPlatform:
    return HttpPlatform(outside.stand_in.url, outside.secret, clock)


def order(gateway: PaymentGateway, reference: str, amount: int = 8_000) -> str:
    return gateway.create(reference=reference, amount_vnd=amount, about="H49", notify=NOWHERE, back=NOWHERE)


@pytest.fixture(params=["none", "deaf", "down", "forged", "stranger"])
def closed(request: pytest.FixtureRequest, outside_payments: Payments) -> PaymentGateway:
    """A gateway through which nothing can be paid, each for a reason of its own."""
    if request.param == "none":
        return NoGateway()
    if request.param == "deaf":
        return HttpPlatform(NOWHERE, b"secret", time.time)
    if request.param == "stranger":
        return HttpPlatform(outside_payments.stand_in.url, b"another secret", time.time)
    outside_payments.stand_in.behave(**({"down": True} if request.param == "down" else {"forged_answer": True}))
    return client(outside_payments)


def test_what_is_closed_says_so_and_nothing_else(closed: PaymentGateway) -> None:
    for asked in (
        lambda: order(closed, "x"),
        lambda: closed.ask("x"),
        lambda: closed.list_day(datetime.now(UTC).date()),
    ):
        with pytest.raises(Unavailable):
            asked()


@pytest.fixture(params=["none", "http"])
def gateway(request: pytest.FixtureRequest, outside_payments: Payments) -> PaymentGateway:
    return NoGateway() if request.param == "none" else client(outside_payments)


def test_a_notice_of_nobody_is_not_believed(gateway: PaymentGateway) -> None:
    body, now = b'{"reference": "x"}', time.time()
    for signature in ("", "t=1, v1=00", Secret(b"another").sign(body, now), f"{Secret(b'another').sign(body, now)}\n"):
        with pytest.raises(Invalid):
            gateway.read_notice(body, signature)


def test_an_order_is_opened_paid_and_listed(outside_payments: Payments) -> None:
    gateway, reference = client(outside_payments), secrets.token_urlsafe(8)
    address = order(gateway, reference)
    assert order(gateway, reference) == address, "asked twice it is one order"
    assert gateway.ask(reference).state is OrderState.OPEN
    assert outside_payments.choose(address) == NOWHERE
    standing = gateway.ask(reference)
    (paid,) = standing.transactions
    assert (standing.state, paid.reference, paid.amount_vnd) == (OrderState.PAID, reference, 8_000)
    assert paid in gateway.list_day(paid.paid_at.astimezone(PROVINCE_ZONE).date())


def test_a_payer_may_decline(outside_payments: Payments) -> None:
    gateway, reference = client(outside_payments), secrets.token_urlsafe(8)
    outside_payments.choose(order(gateway, reference), "no")
    assert gateway.ask(reference).state is OrderState.DECLINED
    assert gateway.ask(reference).transactions == ()


def test_one_reference_has_one_amount(outside_payments: Payments) -> None:
    gateway, reference = client(outside_payments), secrets.token_urlsafe(8)
    order(gateway, reference)
    with pytest.raises(Unavailable):
        order(gateway, reference, 9_000)


def test_a_notice_is_read_while_it_is_fresh(outside_payments: Payments) -> None:
    body, now = b'{"reference": "x"}', time.time()
    signature = Secret(outside_payments.secret).sign(body, now)
    assert client(outside_payments).read_notice(body, signature) == "x"
    with pytest.raises(Invalid):
        client(outside_payments).read_notice(body.replace(b"x", b"y"), signature)
    with pytest.raises(Invalid):
        client(outside_payments, lambda: now + OLDEST_SECONDS + 2).read_notice(body, signature)
    signed = Secret(outside_payments.secret).sign(b"[]", now)
    with pytest.raises(Invalid, match="unreadable"):
        client(outside_payments).read_notice(b"[]", signed)
