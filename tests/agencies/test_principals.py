"""Who acts as what, at which moment: postings, delegations, and what comes into sight through them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from onestop.accounts.operations import close_account
from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.agencies import queries
from onestop.agencies.models import Delegation, Posting
from onestop.agencies.operations import appoint, delegate, end_delegation, end_posting, succeed
from onestop.agencies.queries import find_principal, get_unit, list_officers, list_postings
from onestop.agencies.rules import ActingForm, SuccessionShare
from onestop.errors import Invalid, NotFound, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
START = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
Officer = Callable[..., Posting]
DAY = timedelta(days=1)


def principal(posting: Posting, at: datetime = AT, **more: int) -> Principal:
    found = find_principal(account_id=posting.account_id, at=at, **more)
    assert found is not None
    return found


def give(giver: Posting, taker: Posting, verbs: frozenset[str] = frozenset(), **more: object) -> Delegation:
    values = {"valid_from": AT, "valid_until": AT + 5 * DAY, "by": SYSTEM, "at": AT} | more
    return delegate(
        from_posting_id=giver.pk,
        to_posting_id=taker.pk,
        form=ActingForm.AUTHORISED,
        ground="Giấy uỷ quyền",
        document_number="12/GUQ-UBND",
        verbs=verbs,
        **values,  # type: ignore[arg-type]
    )


def test_a_leader_sees_the_whole_agency_a_desk_officer_the_own_desk(officer: Officer) -> None:
    quang, minh = principal(officer("quang", "H49.21.CT")), principal(officer("minh", "H49.21.01.TN"))
    below = {get_unit(code).pk for code in ("H49.21", "H49.21.01", "H49.21.02", "H49.21.03", "H49.21.04")}
    assert quang.unit_ids == below
    assert (quang.roles, quang.post_code, quang.unit_code) == ({Role.LEADER}, "H49.21.CT", "H49.21")
    assert quang.key == f"officer:{quang.account_id}"
    assert minh.unit_ids == {get_unit("H49.21.01").pk}
    assert not minh.unit_ids & principal(officer("binh", "H49.22.CT")).unit_ids
    assert len(principal(officer("province", "H49.CT")).unit_ids) == 510


def test_the_principal_takes_one_statement(officer: Officer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    posting = officer("quang", "H49.21.CT")
    principal(posting)
    with django_assert_num_queries(1):
        principal(posting)
    with django_assert_num_queries(1):
        principal(posting, posting_id=posting.pk)


def test_a_posting_counts_from_its_first_moment_until_before_its_last(officer: Officer) -> None:
    posting = officer("hoa", "H49.21.02.CV", since=AT, until=AT + DAY)
    found = [find_principal(account_id=posting.account_id, at=at) for at in (AT - DAY, AT, AT + DAY)]
    assert [bool(one) for one in found] == [False, True, False]


def test_nobody_acts_in_anothers_posting_or_from_a_closed_account(officer: Officer) -> None:
    quang, minh = officer("quang", "H49.21.CT"), officer("minh", "H49.21.01.TN")
    assert find_principal(account_id=minh.account_id, posting_id=quang.pk, at=AT) is None
    assert find_principal(account_id=0, at=AT) is None
    close_account(account_id=minh.account_id, by=SYSTEM, at=AT)
    assert find_principal(account_id=minh.account_id, at=AT) is None


def test_with_two_postings_the_officer_chooses(officer: Officer) -> None:
    first, second = officer("thu", "H49.21.VT"), officer("thu", "H49.21.02.CV")
    assert principal(first).post_code == "H49.21.VT"
    assert principal(first, posting_id=second.pk).post_code == "H49.21.02.CV"
    assert [held.post_code for held in list_postings(first.account_id, AT)] == ["H49.21.VT", "H49.21.02.CV"]


def test_a_delegation_puts_one_into_anothers_post_for_its_term_only(officer: Officer) -> None:
    quang, nam = officer("quang", "H49.21.CT"), officer("nam", "H49.21.PCT")
    delegation = give(quang, nam, frozenset({"approve", "sign"}))
    acting = principal(nam, posting_id=quang.pk)
    assert (acting.post_code, acting.account_id) == ("H49.21.CT", nam.account_id)
    assert acting.key == f"officer:{nam.account_id}"
    assert acting.on_behalf_of == f"officer:{quang.account_id}"
    assert acting.may_by_delegation("sign")
    assert not acting.may_by_delegation("appraise")
    assert principal(nam).on_behalf_of == ""
    for at in (AT - DAY, AT + 5 * DAY):
        assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=at) is None
    held = list_postings(nam.account_id, AT)
    assert [(one.giver_name, one.delegation_id) for one in held] == [("", None), ("Quang", delegation.pk)]


def test_two_delegations_add_up_and_one_without_verbs_covers_all(officer: Officer) -> None:
    quang, nam = officer("quang", "H49.21.CT"), officer("nam", "H49.21.PCT")
    give(quang, nam, frozenset({"approve"}))
    give(quang, nam, frozenset({"sign"}))
    assert principal(nam, posting_id=quang.pk).only_verbs == {"approve", "sign"}
    give(quang, nam)
    assert principal(nam, posting_id=quang.pk).may_by_delegation("anything")


def test_a_delegation_ends_with_either_posting_or_by_hand(officer: Officer) -> None:
    quang, nam = officer("quang", "H49.21.CT"), officer("nam", "H49.21.PCT")
    first = give(quang, nam)
    end_delegation(delegation_id=first.pk, by=principal(quang), at=AT + DAY)
    assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=AT + DAY) is None
    with pytest.raises(Refused):
        end_delegation(delegation_id=first.pk, by=SYSTEM, at=AT + 2 * DAY)
    give(quang, nam)
    end_posting(posting_id=quang.pk, by=SYSTEM, at=AT + DAY)
    assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=AT) is not None
    assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=AT + DAY) is None


def test_a_delegation_of_a_closed_account_is_without_effect(officer: Officer) -> None:
    quang, nam = officer("quang", "H49.21.CT"), officer("nam", "H49.21.PCT")
    give(quang, nam)
    assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=AT) is not None
    close_account(account_id=quang.account_id, by=SYSTEM, at=AT)
    assert find_principal(account_id=nam.account_id, posting_id=quang.pk, at=AT) is None


def test_only_the_holder_delegates_and_never_passes_a_delegation_on(officer: Officer) -> None:
    quang, nam, thu = officer("quang", "H49.21.CT"), officer("nam", "H49.21.PCT"), officer("thu", "H49.21.VT")
    give(quang, nam, by=principal(quang))
    with pytest.raises(Refused):
        give(quang, thu, by=principal(thu))
    with pytest.raises(Refused):
        give(nam, thu, by=principal(nam, posting_id=quang.pk))
    with pytest.raises(Invalid):
        give(quang, nam, valid_from=START - DAY)
    with pytest.raises(NotFound):
        end_delegation(delegation_id=0, by=SYSTEM, at=AT)


def test_a_posting_in_a_dissolved_unit_gives_nothing(officer: Officer) -> None:
    posting = officer("quang", "H49.21.CT")
    succeed(
        predecessor_code="H49.21",
        heirs=[("H49.22", SuccessionShare.WHOLE, True)],
        on=date(2026, 3, 2),
        ground="",
        by=SYSTEM,
        at=AT,
    )
    assert find_principal(account_id=posting.account_id, at=AT) is None
    assert find_principal(account_id=posting.account_id, at=AT - DAY) is not None


def test_appointments_name_everything_that_hinders_them(officer: Officer) -> None:
    posting = officer("quang", "H49.21.CT")
    close_account(account_id=posting.account_id, by=SYSTEM, at=AT)
    with pytest.raises(Invalid) as caught:
        appoint(account_id=posting.account_id, post_code="H49.21.CT", held_from=AT, by=SYSTEM, at=AT)
    assert {fault.code for fault in caught.value.faults} == {"posting.account_closed", "posting.held_already"}
    with pytest.raises(Invalid) as caught:
        officer("nam", "H49.21.PCT", since=datetime(2025, 6, 30, 16, 59, tzinfo=UTC))
    assert [fault.code for fault in caught.value.faults] == ["posting.unit_not_valid"]
    assert officer("nam", "H49.21.PCT", since=datetime(2025, 6, 30, 17, 0, tzinfo=UTC)).pk  # midnight in Việt Nam
    with pytest.raises(NotFound):
        officer("nam", "H49.21.XX")
    with pytest.raises(Refused):
        end_posting(posting_id=posting.pk, by=SYSTEM, at=START - DAY)


def test_officers_of_a_unit_by_role(officer: Officer) -> None:
    quang, _ = officer("quang", "H49.21.CT"), officer("minh", "H49.21.01.TN")
    officer("gone", "H49.21.PCT", until=AT)
    ids = queries.subordinate_ids(get_unit("H49.21").pk)
    assert list_officers(ids, roles=frozenset({Role.LEADER}), at=AT) == [quang]
