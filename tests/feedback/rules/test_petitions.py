"""Petitions by rule: what follows what, who may, what is faulty."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.feedback.rules.duties import PetitionRights, may_ever, permits
from onestop.feedback.rules.petitions import (
    MOST_EXTENSION_DAYS,
    OPEN,
    TABLE,
    PetitionDeed,
    PetitionState,
    Said,
    Topic,
    find_extension_objections,
    find_faults,
    find_next,
    find_verdict_objections,
    is_late,
)

D, S = PetitionDeed, PetitionState
DUE = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
SAID = Said("Chậm trả kết quả", "Hồ sơ đã quá hạn ba ngày mà chưa ai báo.", Topic.DELAY)


def by(role: Role, account: int = 7, units: frozenset[int] = frozenset({3})) -> Principal:
    return replace(
        SYSTEM, account_id=account, roles=frozenset({role}), unit_ids=units, unit_id=min(units, default=None)
    )


def test_every_state_is_reached_and_every_open_one_left() -> None:
    reached = {S.FILED} | {after for moves in TABLE.values() for after in moves.values()}
    left = {state for moves in TABLE.values() for state, after in moves.items() if after != state}
    assert reached == set(S)
    assert left == OPEN


@pytest.mark.parametrize(("assigned", "back_to"), [(False, S.FILED), (True, S.ASSIGNED)])
def test_what_was_made_clear_goes_back_to_where_it_was(assigned: bool, back_to: PetitionState) -> None:
    assert find_next(D.CLARIFY, S.ASKED, assigned=assigned) is back_to


@pytest.mark.parametrize(
    ("said", "is_known", "faulty"),
    [
        (SAID, True, []),
        (SAID, False, ["petition.nowhere_to_answer"]),
        (replace(SAID, phone="0912 345 678"), False, []),
        (replace(SAID, phone="12345"), False, ["field.phone"]),
        (replace(SAID, email="lan@example.vn"), False, []),
        (replace(SAID, email="lan@"), False, ["field.email"]),
        (Said(" ", "ngắn", Topic.RULES), True, ["petition.no_subject", "petition.too_short"]),
        (replace(SAID, subject="x" * 161, text="x" * 4001), True, ["petition.too_long"] * 2),
    ],
)
def test_everything_wrong_is_named_at_once(said: Said, is_known: bool, faulty: list[str]) -> None:
    assert [fault.code for fault in find_faults(said, is_known=is_known)] == faulty


@given(extensions=st.integers(0, 2), days=st.integers(-1, 40), hours=st.integers(-50, 50))
def test_it_is_extended_once_in_time_and_not_for_long(extensions: int, days: int, hours: int) -> None:
    found = find_extension_objections(extensions=extensions, days=days, due_at=DUE, at=DUE + timedelta(hours=hours))
    assert ("petition.extended_already" in found) is (extensions > 0)
    assert ("petition.extension_too_long" in found) is (not 1 <= days <= MOST_EXTENSION_DAYS)
    assert ("petition.late_already" in found) is (hours > 0)


@pytest.mark.parametrize(
    ("account", "answered_by", "own_agency", "is_conduct", "reasons"),
    [
        (1, 2, 5, True, ()),
        (1, 1, 5, True, ("petition.verified_by_who_answered",)),
        (1, None, 9, True, ("petition.verified_within_the_unit",)),
        (1, None, 9, False, ()),
        (1, 1, 9, True, ("petition.verified_by_who_answered", "petition.verified_within_the_unit")),
    ],
)
def test_nobody_judges_the_own_cause(
    account: int, answered_by: int | None, own_agency: int, is_conduct: bool, reasons: tuple[str, ...]
) -> None:
    told = {"account": account, "answered_by": answered_by, "own_agency": own_agency, "is_conduct": is_conduct}
    assert find_verdict_objections(**told, about_unit=9) == reasons  # type: ignore[arg-type]


def test_while_the_petitioner_is_asked_the_clock_stands() -> None:
    later = DUE + timedelta(days=9)
    assert is_late(due_at=DUE, waits_from=None, answered_at=None, at=later)
    assert not is_late(due_at=DUE, waits_from=DUE, answered_at=None, at=later)
    assert not is_late(due_at=DUE, waits_from=None, answered_at=DUE, at=later)


FACTS = PetitionRights(account_id=1, unit_id=3, agency_id=4)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (by(Role.AUDITOR), {D.READ, D.ASSIGN, D.REFUSE, D.ASK, D.VERIFY, D.PUBLISH}),
        (by(Role.AUDITOR, units=frozenset({8})), set()),
        (by(Role.LEADER, units=frozenset({4})), {D.READ, D.ASK, D.EXTEND, D.ANSWER}),
        (by(Role.LEADER, units=frozenset({3})), set()),  # it is about this unit, but another answers
        (by(Role.SPECIALIST, units=frozenset({3, 4})), set()),
        (by(Role.APPLICANT, account=1), {D.READ, D.CLARIFY, D.RATE}),
        (by(Role.APPLICANT, account=2), set()),
        (SYSTEM, set()),
        (replace(by(Role.LEADER, units=frozenset({4})), on_behalf_of="officer:9"), {D.READ}),
    ],
)
def test_the_table_says_who_may_what(who: Principal, may: set[PetitionDeed]) -> None:
    assert {deed for deed in D if permits(deed, who, FACTS)} == may
    assert all(may_ever(deed, who) for deed in may)


@given(role=st.sampled_from(Role), deed=st.sampled_from(D))
def test_whoever_is_complained_of_never_sees_it(role: Role, deed: PetitionDeed) -> None:
    facts = replace(FACTS, complained_accounts=frozenset({7}))
    assert not permits(deed, by(role, units=frozenset({3, 4})), facts)
