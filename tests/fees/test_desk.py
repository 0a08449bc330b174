"""Stated, taken, paid back over the desk: who may, what is refused with every reason, what the journal says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from onestop.demo.stage import Play, moment
from onestop.dossiers.rules.states import State, Verb
from onestop.errors import NotFound, OneStopError, Refused, Stale
from onestop.fees.models import Payment
from onestop.fees.operations.charging import charge
from onestop.fees.operations.receiving import pay_at_desk, refund
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.owed import Statement
from onestop.intake.operations.reception import accept
from tests.fees.conftest import AT, DAY, Desk, entries, ledger, row

LATER = f"{DAY} 09:30"


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def pay(desk: Desk, play: Play, amount: int = 8_000, who: str = "minh", number: str = "0000123", **more: Any) -> None:
    by, way = desk.world.officer(who, LATER), more.pop("way", Way.CASH)
    pay_at_desk(code=play.code, amount_vnd=amount, way=way, number=number, by=by, at=moment(LATER), **more)


def test_a_fee_is_stated_and_taken_against_a_receipt(desk: Desk) -> None:
    play = desk.charged()
    (stated,) = entries(play, Verb.CHARGE)
    assert stated.payload == {
        "amount_vnd": 8_000, "copies": 1, "exempt": False, "before": True, "catalogue": [8_000]
    }  # fmt: skip
    assert stated.ground == "97/2015/QH13"
    pay(desk, play)
    (taken,) = entries(play, Verb.PAY)
    assert taken.payload["settles"] is True
    assert (taken.payload["online"], taken.payload["way"], taken.payload["surplus_vnd"]) == (False, "cash", 0)
    assert (ledger(play).owed, ledger(play).owed_back, row(play).state) == (0, 0, State.SUBMITTED)
    assert Payment.objects.get().sequence == taken.sequence


def test_in_parts_only_the_last_one_settles(desk: Desk) -> None:
    play = desk.charged()
    pay(desk, play, 3_000, number="1")
    pay(desk, play, 5_000, number="2", way=Way.TRANSFER)
    assert [entry.payload["settles"] for entry in entries(play, Verb.PAY)] == [False, True]


def test_what_was_asked_for_in_advance_comes_before_acceptance(desk: Desk) -> None:
    play = desk.charged()
    by = desk.world.officer("minh", LATER)
    error = refused(lambda: accept(code=play.code, by=by, at=moment(LATER)))
    assert error.code == "fee.unpaid_before_acceptance"
    pay(desk, play)
    accept(code=play.code, by=by, at=moment(LATER))
    assert row(play).state == State.ACCEPTED


@pytest.mark.parametrize(
    "statement", [None, Statement(8_000), Statement(0, ground="110/2025/TT-BTC", is_exempt=True, is_before=True)]
)
def test_nothing_else_holds_acceptance_up(desk: Desk, statement: Statement | None) -> None:
    play = desk.charged(statement) if statement else desk.filed()
    accept(code=play.code, by=desk.world.officer("minh", LATER), at=moment(LATER))
    assert row(play).state == State.ACCEPTED


def test_a_statement_names_every_reason_and_leaves_nothing(desk: Desk) -> None:
    play = desk.charged()
    by = desk.world.officer("minh", LATER)
    wrong = Statement(0, copies=0)
    error = refused(lambda: charge(code=play.code, statement=wrong, by=by, at=moment(LATER)))
    assert isinstance(error, Refused)
    assert error.reasons == ("fee.amount_out_of_range", "fee.copies_out_of_range", "fee.without_ground")
    assert len(entries(play, Verb.CHARGE)) == 1


def test_a_receipt_is_given_once_and_money_over_is_not_taken(desk: Desk) -> None:
    first, second = desk.charged(), desk.charged()
    pay(desk, first)
    error = refused(lambda: pay(desk, second))
    assert isinstance(error, Refused)
    assert error.reasons == ("fee.receipt_given_already",)
    error = refused(lambda: pay(desk, second, 9_000, number=" "))
    assert isinstance(error, Refused)
    assert error.reasons == ("fee.more_than_owed", "fee.without_receipt")
    assert not entries(second, Verb.PAY)


def test_only_the_desk_that_received_takes_money(desk: Desk) -> None:
    play = desk.charged()
    assert isinstance(refused(lambda: pay(desk, play, who="hai.coto")), NotFound)
    assert refused(lambda: pay(desk, play, who="hoa")).code == "dossier.not_permitted"
    own = desk.world.applicant("oanh", LATER)
    error = refused(
        lambda: pay_at_desk(code=play.code, amount_vnd=8_000, way=Way.CASH, number="1", by=own, at=moment(LATER))
    )
    assert error.code == "dossier.not_permitted"
    assert isinstance(refused(lambda: pay(desk, play, seen=1)), Stale)


def test_withdrawn_before_work_began_is_owed_back_and_paid_back_once(desk: Desk) -> None:
    play = desk.charged()
    pay(desk, play)
    play.withdraw(f"{DAY} 10:00", "Không còn nhu cầu.")
    assert ledger(play).owed_back == 8_000
    by, at = desk.world.officer("minh", f"{DAY} 10:30"), moment(f"{DAY} 10:30")
    refund(code=play.code, amount_vnd=8_000, way=Way.CASH, number="PC01", by=by, at=at)
    assert (ledger(play).owed_back, row(play).state) == (0, State.WITHDRAWN)
    error = refused(lambda: refund(code=play.code, amount_vnd=1, way=Way.CASH, number="PC02", by=by, at=at))
    assert isinstance(error, Refused)
    assert error.reasons == ("fee.nothing_owed_back",)
    assert len(entries(play, Verb.REFUND)) == 1


def test_a_lowered_fee_is_owed_back_in_part(desk: Desk) -> None:
    play = desk.charged(Statement(24_000, copies=3, is_before=True))
    pay(desk, play, 24_000)
    by = desk.world.officer("minh", AT)
    charge(code=play.code, statement=Statement(16_000, copies=2), by=by, at=moment(LATER))
    assert ledger(play).owed_back == 8_000
    higher = refused(lambda: charge(code=play.code, statement=Statement(40_000, copies=5), by=by, at=moment(LATER)))
    assert isinstance(higher, Refused)
    assert higher.reasons == ("fee.paid_already",)
