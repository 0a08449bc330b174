"""Ratings by rule: what can be said, by whom it is said, how long it may be said anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.accounts.rules import SYSTEM
from onestop.feedback.rules.ratings import (
    CORRECTABLE,
    LONGEST_COMMENT,
    Answers,
    RatedBy,
    find_faults,
    find_objections,
    way_of,
)

FIRST = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
OFFICER = replace(SYSTEM, account_id=7, posting_id=3, post_code="H49.30.01.MC1")
MOMENTS = st.lists(st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days)), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("answers", "faulty"),
    [
        (Answers(1), ()),
        (Answers(5, contacts=0, agencies=9, comment="x" * LONGEST_COMMENT), ()),
        (Answers(0), ("rating",)),
        (Answers(6, contacts=10, agencies=-1, comment="x" * (LONGEST_COMMENT + 1)),
         ("rating", "contacts", "agencies", "comment")),
    ],
)  # fmt: skip
def test_everything_wrong_is_named_at_once(answers: Answers, faulty: tuple[str, ...]) -> None:
    assert tuple(fault.field for fault in find_faults(answers)) == faulty


def test_how_it_came_in_follows_from_who_acts() -> None:
    assert way_of(SYSTEM) is RatedBy.LINK
    assert way_of(replace(SYSTEM, account_id=7)) is RatedBy.ONLINE
    assert way_of(OFFICER) is RatedBy.DESK_DEVICE


@given(way=st.sampled_from(RatedBy), at=st.datetimes(timezones=st.just(UTC)))
def test_a_first_rating_is_never_refused(way: RatedBy, at: datetime) -> None:
    assert find_objections([], way, at) == ()


@given(earlier=MOMENTS, way=st.sampled_from(RatedBy), days=st.integers(0, 60))
def test_it_is_said_anew_for_a_while_after_the_first_and_never_on_the_device(
    earlier: list[datetime], way: RatedBy, days: int
) -> None:
    at = min(earlier) + timedelta(days=days)
    reasons = find_objections(earlier, way, at)
    assert ("rating.not_corrected_here" in reasons) is (way is RatedBy.DESK_DEVICE)
    assert ("rating.stands" in reasons) is (timedelta(days=days) > CORRECTABLE)
