"""The state table: whole, closed, and without a way back from an end."""

import pytest

from onestop.dossiers.rules.states import ENDED, OPEN, TABLE, State, Verb, allowed_verbs, find_next


def test_states_carry_the_national_codes() -> None:
    assert [state.value for state in State] == list(range(1, 11))


def test_ends_allow_nothing_but_money_and_what_becomes_of_a_result() -> None:
    money = {Verb.PAY, Verb.REFUND}
    kept = {Verb.CERTIFY_COPY, Verb.REVOKE_RESULT, Verb.STAMP, Verb.ARCHIVE}
    allowed = {
        State.PROCESSED: {Verb.RETURN_RESULT, Verb.CHARGE, *kept},
        State.RETURNED: {Verb.RATE, *kept},
        State.NOT_ACCEPTED: {Verb.RATE},
        State.STOPPED: {Verb.RATE},
    }
    for state in ENDED:
        assert allowed_verbs(state) == allowed.get(state, set()) | money


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached = {after for moves in TABLE.values() for after in moves.values()} | {State.SUBMITTED}
    assert reached == set(State)
    for state in OPEN:
        assert any(moves.get(state) in ENDED for moves in TABLE.values()), state


@pytest.mark.parametrize(
    ("verb", "state", "accepted", "after"),
    [
        (Verb.ACCEPT, State.SUBMITTED, False, State.ACCEPTED),
        (Verb.ACCEPT, State.ACCEPTED, True, None),
        (Verb.REFUSE, State.SUBMITTED, False, State.NOT_ACCEPTED),
        (Verb.REFUSE, State.IN_PROCESS, True, State.STOPPED),
        (Verb.ANSWER_SUPPLEMENT, State.WAITING_SUPPLEMENT, False, State.SUBMITTED),
        (Verb.ANSWER_SUPPLEMENT, State.WAITING_SUPPLEMENT, True, State.IN_PROCESS),
        (Verb.SEAL, State.IN_PROCESS, True, State.PROCESSED),
        (Verb.RETURN_RESULT, State.PROCESSED, True, State.RETURNED),
        (Verb.WITHDRAW, State.PROCESSED, True, None),
    ],
)
def test_where_a_verb_leads(verb: Verb, state: State, accepted: bool, after: State | None) -> None:
    assert find_next(verb, state, accepted=accepted) is after
