"""Who is a member when, and that a merger breaks no series."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.members import Counts, Member, MemberClass, find_partial, members_on, regroup, stands_for

MERGER = date(2025, 7, 1)
PROVINCES = [member for member in list_members() if member.kind is MemberClass.PROVINCE]
COUNTS = st.builds(Counts, st.integers(0, 999), st.integers(0, 999), st.integers(0, 999))


def test_there_were_63_and_there_are_34() -> None:
    assert len(members_on(PROVINCES, MERGER - timedelta(days=1))) == 63
    assert len(members_on(PROVINCES, MERGER)) == 34


def test_every_member_that_ended_is_stood_for_by_one_that_exists() -> None:
    members = list_members()
    today = {member.code for member in members_on(members, date(2026, 11, 26))}
    assert set(stands_for(members, date(2026, 11, 26)).values()) == today


@pytest.mark.parametrize(
    ("successor", "predecessors"),
    [("H44", {"H44", "H62", "H28"}), ("H49", {"H49"}), ("H29", {"H29", "H06", "H09"}), ("H05", {"H05", "H02"})],
)
def test_who_went_where(successor: str, predecessors: set[str]) -> None:
    places = stands_for(PROVINCES, MERGER)
    assert {code for code, place in places.items() if place == successor} == predecessors


@given(st.fixed_dictionaries({member.code: COUNTS for member in PROVINCES}), st.dates(date(2023, 1, 1)))
def test_regrouping_keeps_the_total_and_adds_counts(counts: dict[str, Counts], day: date) -> None:
    found = regroup(counts, PROVINCES, day)
    assert sum(found.values(), Counts()) == sum(counts.values(), Counts())
    assert set(found) == {member.code for member in members_on(PROVINCES, day)}
    assert regroup(found, PROVINCES, day) == found


@given(st.sets(st.sampled_from(sorted(member.code for member in PROVINCES))), st.dates(date(2025, 1, 1)))
def test_a_sum_is_partial_exactly_if_some_of_its_parts_were_heard_and_some_not(sent: set[str], shown: date) -> None:
    on = MERGER - timedelta(days=1)
    there = {member.code for member in members_on(PROVINCES, on)}
    parts: dict[str, set[str]] = {}
    for code, place in stands_for(PROVINCES, shown).items():
        if code in there:
            parts.setdefault(place, set()).add(code)
    expected = {place for place, group in parts.items() if group & sent and group - sent}
    assert find_partial(sent, PROVINCES, on, shown) == expected
    if shown < MERGER:
        assert not expected


def test_a_circle_of_successions_is_an_error() -> None:
    ends = date(2025, 1, 1)
    circle = [Member(a, a, MemberClass.PROVINCE, None, ends, b) for a, b in (("A", "B"), ("B", "A"))]
    with pytest.raises(ValueError, match="succeeds itself"):
        stands_for(circle, ends)
