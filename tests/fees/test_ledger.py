"""No đồng is lost: what came is kept for what is owed, or owed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.dossiers.rules.states import State, Verb
from onestop.fees.rules.ledger import (
    ENDED_EARLY,
    Event,
    Ledger,
    Way,
    find_hindrance_to_acceptance,
    find_payment_faults,
    find_refund_faults,
    find_restatement_faults,
    read_ledger,
)

AMOUNT = st.sampled_from([1_000, 8_000, 8_000, 16_000, 600_000])


def stated(amount: int, *, before: bool = True) -> Event:
    return Event(Verb.CHARGE, {"amount_vnd": amount, "before": before})


def paid(amount: int) -> Event:
    return Event(Verb.PAY, {"amount_vnd": amount})


def paid_back(amount: int) -> Event:
    return Event(Verb.REFUND, {"amount_vnd": amount})


EVENTS = st.lists(
    st.one_of(
        AMOUNT.map(stated), AMOUNT.map(paid), st.sampled_from([Event(Verb.APPRAISE, {}), Event(Verb.ACCEPT, {})])
    ),
    max_size=8,
)


@given(events=EVENTS, state=st.sampled_from(State))
def test_no_money_is_lost(events: list[Event], state: State) -> None:
    ledger = read_ledger(events, state)
    assert ledger.paid == sum(event.payload["amount_vnd"] for event in events if event.kind == Verb.PAY)
    assert min(ledger.owed, ledger.owed_back) == 0
    due = 0 if ledger.is_void else ledger.due or 0
    assert ledger.kept + ledger.owed - ledger.owed_back == due
    back = read_ledger([*events, *([paid_back(ledger.owed_back)] if ledger.owed_back else [])], state)
    assert back.owed_back == 0
    assert back.owed == ledger.owed


@given(events=EVENTS, amount=AMOUNT)
def test_one_payment_makes_it_whole_and_no_other(events: list[Event], amount: int) -> None:
    ledger = read_ledger(events, State.SUBMITTED)
    after = read_ledger([*events, paid(amount)], State.SUBMITTED)
    assert ledger.settles(amount) == (after.is_settled and not ledger.is_settled)
    assert not after.settles(amount) or not after.is_settled


@given(events=EVENTS, amount=st.integers(-1, 700_000), way=st.sampled_from(Way))
def test_a_desk_never_takes_more_than_is_owed(events: list[Event], amount: int, way: Way) -> None:
    ledger = read_ledger(events, State.ACCEPTED)
    if not find_payment_faults(ledger, amount=amount, way=way, number="1"):
        assert 0 < amount <= ledger.owed
        assert not read_ledger([*events, paid(amount)], State.ACCEPTED).owed_back
    if not find_refund_faults(ledger, amount=amount, way=way, number="1"):
        assert 0 < amount <= ledger.owed_back


@pytest.mark.parametrize("state", sorted(ENDED_EARLY))
def test_what_ended_before_work_began_is_owed_back(state: State) -> None:
    before = [stated(8_000), paid(8_000)]
    assert read_ledger(before, state).owed_back == 8_000
    assert read_ledger([*before, Event(Verb.APPRAISE, {})], state).owed_back == 0
    assert read_ledger([stated(8_000)], state).owed == 0


def test_every_reason_is_named() -> None:
    nothing = Ledger()
    assert find_payment_faults(nothing, amount=0, way=Way.ONLINE, number=" ") == (
        "fee.not_at_a_desk", "fee.nothing_stated", "fee.without_amount", "fee.without_receipt",
    )  # fmt: skip
    owing = Ledger(due=8_000)
    assert find_payment_faults(owing, amount=9_000, way=Way.CASH, number="1") == ("fee.more_than_owed",)
    assert find_payment_faults(Ledger(due=0), amount=1, way=Way.CASH, number="1") == ("fee.nothing_owed",)
    over = Ledger(due=8_000, paid=16_000)
    assert find_refund_faults(over, amount=9_000, way=Way.CASH, number="") == (
        "fee.more_than_owed_back", "fee.without_receipt",
    )  # fmt: skip
    assert find_refund_faults(owing, amount=1, way=Way.CASH, number="1") == ("fee.nothing_owed_back",)


def test_what_was_stated_can_be_stated_anew_within_bounds() -> None:
    whole, part = Ledger(due=8_000, paid=8_000), Ledger(due=8_000, paid=3_000)
    assert find_restatement_faults(whole, 9_000) == ("fee.paid_already",)
    assert find_restatement_faults(whole, 5_000) == ()
    assert find_restatement_faults(whole, 0) == ()
    assert find_restatement_faults(part, 2_000) == ("fee.less_than_paid",)
    assert find_restatement_faults(part, 9_000) == ()
    assert find_restatement_faults(Ledger(is_void=True), 1) == ("fee.dossier_ended",)


def test_only_what_was_asked_for_in_advance_holds_acceptance_up() -> None:
    assert find_hindrance_to_acceptance(Ledger(due=8_000, is_before=True)) == "fee.unpaid_before_acceptance"
    for free in (Ledger(), Ledger(due=8_000), Ledger(due=0, is_before=True), Ledger(8_000, True, paid=8_000)):
        assert find_hindrance_to_acceptance(free) == ""
