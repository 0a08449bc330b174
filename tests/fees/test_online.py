"""Paid through the platform: it knocks late, twice, never, wrongly; what counts is what it answers."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.demo.stories import MARITAL
from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, NotFound, OneStopError, Unavailable
from onestop.fees.models import Order, Payment
from onestop.fees.operations.charging import charge
from onestop.fees.operations.ordering import open_order
from onestop.fees.operations.receiving import pay_at_desk
from onestop.fees.operations.settling import hear_notice, settle, settle_all
from onestop.fees.ports import gateway
from onestop.fees.queries import PROVINCE_ZONE, list_booked
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.owed import Statement
from onestop.fees.rules.platform import OrderState, reconcile
from onestop.outside.payment_signing import Secret
from tests.fees.conftest import DAY, Desk, entries, ledger
from tests.stand_ins import Payments

LATER = f"{DAY} 09:30"
NOWHERE = "http://127.0.0.1:9/"


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def order(desk: Desk, play: Play, who: str = "oanh", at: str = LATER) -> Order:
    return open_order(code=play.code, notify=NOWHERE, back=NOWHERE, by=desk.world.applicant(who, at), at=moment(at))


def knock(online: Payments, reference: str, **said: Any) -> Order:
    body = json.dumps({"reference": reference, **said}).encode()
    signature = Secret(online.secret).sign(body, time.time())
    return hear_notice(body=body, signature=signature, at=moment(LATER))


def test_paid_online_once_however_often_it_knocks(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    opened = order(desk, play)
    assert order(desk, play).pk == opened.pk
    online.choose(opened.address)
    for _ in range(3):
        knock(online, opened.reference, amount_vnd=1, state="declined")
    (paid,) = entries(play, Verb.PAY)
    assert (paid.payload["amount_vnd"], paid.payload["settles"], paid.payload["online"]) == (8_000, True, True)
    assert paid.actor == "system"
    assert ledger(play).owed == 0
    assert Order.objects.get().state == OrderState.PAID


def test_a_forged_knock_changes_nothing(desk: Desk, online: Payments) -> None:
    opened = order(desk, desk.charged())
    online.choose(opened.address)
    body = json.dumps({"reference": opened.reference, "state": "paid"}).encode()
    for signature in ("", Secret(b"another").sign(body, time.time())):
        error = refused(lambda given=signature: hear_notice(body=body, signature=given, at=moment(LATER)))  # type: ignore[misc]
        assert isinstance(error, Invalid)
    assert not Payment.objects.exists()
    assert isinstance(refused(lambda: knock(online, "another")), NotFound)


def test_a_knock_that_never_came_is_made_good_by_asking(desk: Desk, online: Payments) -> None:
    paid, unpaid = desk.charged(), desk.charged()
    first, second = order(desk, paid), order(desk, unpaid)
    online.choose(first.address)
    assert settle_all(at=moment(LATER)) == {first.reference: "", second.reference: ""}
    assert (ledger(paid).owed, ledger(unpaid).owed) == (0, 8_000)
    assert list(settle_all(at=moment(LATER))) == [second.reference]


def test_a_platform_that_is_down_loses_nothing(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    online.stand_in.behave(down=True)
    with pytest.raises(Unavailable):
        order(desk, play)
    assert Order.objects.get().address == ""
    online.stand_in.behave()
    opened = order(desk, play)
    assert Order.objects.count() == 1
    online.choose(opened.address)
    online.stand_in.behave(down=True)
    assert settle_all(at=moment(LATER)) == {opened.reference: "payment.down"}
    online.stand_in.behave(forged_answer=True)
    assert settle_all(at=moment(LATER)) == {opened.reference: "payment.answer_not_believed"}
    assert not Payment.objects.exists()
    online.stand_in.behave()
    settle_all(at=moment(LATER))
    assert ledger(play).owed == 0


def test_what_is_taken_twice_is_owed_back(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    opened = order(desk, play)
    online.stand_in.behave(takes_twice=True)
    online.choose(opened.address)
    settle(reference=opened.reference, at=moment(LATER))
    first, second = (entry.payload for entry in entries(play, Verb.PAY))
    assert (first["settles"], first["surplus_vnd"]) == (True, 0)
    assert (second["settles"], second["surplus_vnd"]) == (False, 8_000)
    assert ledger(play).owed_back == 8_000


def test_cash_and_platform_at_once_is_owed_back_too(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    opened = order(desk, play)
    by = desk.world.officer("minh", LATER)
    pay_at_desk(code=play.code, amount_vnd=8_000, way=Way.CASH, number="1", by=by, at=moment(LATER))
    online.choose(opened.address)
    settle(reference=opened.reference, at=moment(LATER))
    assert ledger(play).owed_back == 8_000
    assert [entry.payload["settles"] for entry in entries(play, Verb.PAY)] == [True, False]


def test_declined_can_be_tried_anew(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    opened = order(desk, play)
    online.choose(opened.address, "no")
    assert settle(reference=opened.reference, at=moment(LATER)).state == OrderState.DECLINED
    again = order(desk, play)
    assert again.reference != opened.reference
    assert not entries(play, Verb.PAY)


def test_another_amount_opens_another_order_and_a_late_payment_of_the_old_one_counts(
    desk: Desk, online: Payments
) -> None:
    play = desk.charged()
    old = order(desk, play)
    by = desk.world.officer("minh", LATER)
    charge(code=play.code, statement=Statement(16_000, copies=2, is_before=True), by=by, at=moment(LATER))
    new = order(desk, play)
    assert (new.amount_vnd, Order.objects.get(pk=old.pk).state) == (16_000, OrderState.EXPIRED)
    assert settle(reference=old.reference, at=moment(LATER)).state == OrderState.EXPIRED
    online.choose(old.address)
    knock(online, old.reference)
    assert ledger(play).owed == 8_000


def test_who_may_pay_and_for_what(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    assert isinstance(refused(lambda: order(desk, play, "binh")), NotFound)
    assert refused(lambda: order(desk, desk.filed())).code == "fee.nothing_owed"
    marital = desk.world.stage.file(MARITAL, "oanh", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("oanh"))
    stated = Statement(15_000, ground="NQ 124")
    charge(code=marital.code, statement=stated, by=desk.world.officer("minh", LATER), at=moment(LATER))
    assert refused(lambda: order(desk, marital)).code == "fee.not_payable_online"


def test_without_a_platform_nothing_is_paid_online(desk: Desk) -> None:
    assert refused(lambda: order(desk, desk.charged())).code == "fee.not_payable_online"


def test_the_books_of_a_day_agree_until_somebody_leaves_something_out(desk: Desk, online: Payments) -> None:
    play = desk.charged()
    opened = order(desk, play)
    online.choose(opened.address)
    settle(reference=opened.reference, at=moment(LATER))
    (payment,) = Payment.objects.all()
    day = payment.paid_at.astimezone(PROVINCE_ZONE).date()
    theirs = tuple(item for item in gateway().list_day(day) if item.reference == opened.reference)
    assert reconcile(list_booked(day), theirs) == ()
    assert [item.why for item in reconcile((), theirs)] == ["not_with_us"]
