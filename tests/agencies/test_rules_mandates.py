"""Whether somebody may act in a post at a moment: each reason by itself, all of them together, and none too many."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.agencies.rules import Branch, Period, UnitKind
from onestop.agencies.rules.mandates import DelegatedTerm, Mandate, find_mandate_faults

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
DAY = timedelta(days=1)
AGENCY = Branch(1, "H49.21", UnitKind.COMMUNE, None, valid_from=date(2025, 7, 1))
OWN = Mandate("leader", AGENCY, AGENCY, Period(AT - DAY, None), True)
TERM = DelegatedTerm(Period(AT - DAY, AT + DAY), frozenset(), Period(AT - DAY, None))
GIVEN = replace(OWN, delegations=(TERM,))
PAST, COMING = Period(AT - 9 * DAY, AT), Period(AT + DAY, None)
DISSOLVED, PLANNED = replace(AGENCY, valid_until=ON), replace(AGENCY, valid_from=date(2027, 1, 1))


def faults(mandate: Mandate | None, verb: str = "approve") -> tuple[str, ...]:
    return tuple(code.removeprefix("mandate.") for code in find_mandate_faults(mandate, verb=verb, at=AT, on=ON))


@pytest.mark.parametrize("mandate", [OWN, GIVEN, replace(GIVEN, delegations=(replace(TERM, verbs={"approve"}),))])
def test_who_may(mandate: Mandate) -> None:
    assert faults(mandate) == ()


@pytest.mark.parametrize(
    ("mandate", "codes"),
    [
        (None, ("none",)),
        (replace(OWN, is_active=False), ("account_closed",)),
        (replace(OWN, posting=PAST), ("post_ended",)),
        (replace(OWN, posting=COMING), ("post_not_begun",)),
        (replace(OWN, agency=DISSOLVED), ("unit_ended",)),
        (replace(OWN, unit=DISSOLVED, agency=DISSOLVED), ("unit_ended",)),
        (replace(OWN, unit=PLANNED), ("unit_not_yet",)),
        (replace(GIVEN, delegations=()), ("delegation_none",)),
        (replace(GIVEN, delegations=(replace(TERM, term=PAST),)), ("delegation_expired",)),
        (replace(GIVEN, delegations=(replace(TERM, term=COMING),)), ("delegation_not_begun",)),
        (replace(GIVEN, delegations=(replace(TERM, verbs={"refuse"}),)), ("delegation_leaves_out",)),
        (replace(GIVEN, delegations=(replace(TERM, receiver=PAST),)), ("post_ended",)),
        (replace(GIVEN, posting=PAST), ("delegator_post_ended",)),
    ],
)
def test_each_reason_by_itself(mandate: Mandate | None, codes: tuple[str, ...]) -> None:
    assert faults(mandate) == codes


def test_all_reasons_together() -> None:
    worst = Mandate("leader", DISSOLVED, DISSOLVED, PAST, False, (DelegatedTerm(PAST, frozenset({"refuse"}), PAST),))
    assert faults(worst) == (
        "account_closed",
        "delegator_post_ended",
        "unit_ended",
        "delegation_expired",
        "delegation_leaves_out",
        "post_ended",
    )


def test_one_delegation_that_holds_is_enough() -> None:
    old, narrow = replace(TERM, term=PAST, verbs={"refuse"}), replace(TERM, verbs={"refuse"})
    assert faults(replace(GIVEN, delegations=(old, narrow, TERM))) == ()
    assert faults(replace(GIVEN, delegations=(old, narrow))) == ("delegation_leaves_out",), "the nearest one counts"


moments = st.integers(-3, 3).map(lambda days: AT + days * DAY)
periods = st.tuples(moments, st.none() | moments).map(lambda two: Period(*two))
terms = st.builds(DelegatedTerm, periods, st.frozensets(st.sampled_from(["approve", "seal"])), periods)


@given(posting=periods, active=st.booleans(), delegations=st.none() | st.lists(terms, max_size=3).map(tuple))
def test_nobody_may_but_by_a_posting_and_a_delegation_that_hold(
    posting: Period, active: bool, delegations: tuple[DelegatedTerm, ...] | None
) -> None:
    found = faults(Mandate("leader", AGENCY, AGENCY, posting, active, delegations))
    covered = delegations is None or any(
        one.term.start <= AT
        and (one.term.end is None or one.term.end > AT)
        and one.receiver.holds(AT)
        and (not one.verbs or "approve" in one.verbs)
        for one in delegations
    )
    held = posting.start <= AT and (posting.end is None or posting.end > AT)
    assert (found == ()) == (active and held and covered)
