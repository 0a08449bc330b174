"""The one form of an aggregate, and what is wrong with one that is not as it should be."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.monitor.rules.aggregates import (
    FIRST,
    Aggregate,
    Line,
    Unreadable,
    digest_of,
    read_aggregate,
    write_aggregate,
)
from onestop.monitor.rules.faults import (
    Fault,
    Found,
    Known,
    Last,
    due_at,
    find_faults,
    find_missing,
    find_signature_faults,
    is_refused,
)
from onestop.monitor.rules.members import Counts, Member, MemberClass

DAY = date(2026, 3, 2)
QN, OLD = (
    Member("H49", "Quảng Ninh", MemberClass.PROVINCE),
    Member("H28", "Hòa Bình", MemberClass.PROVINCE, None, date(2025, 7, 1), "H44"),
)
MEMBERS = {"H49": QN, "H28": OLD}
NUMBERS = st.integers(0, 2**53 - 1)
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, NUMBERS)
LINES = st.builds(
    Line,
    st.from_regex(r"[A-Z][A-Z0-9_]{1,9}", fullmatch=True),
    st.integers(1, 9),
    COUNTS,
    st.dictionaries(st.text(max_size=5), COUNTS, max_size=3),
)
AGGREGATES = st.builds(
    Aggregate,
    st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    st.dates(),
    st.integers(1, 999),
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.text(max_size=12),
    st.lists(LINES, max_size=4, unique_by=lambda line: line.code).map(tuple),
)


WHOLE = Counts(7, 8, 10)


def aggregate(counts: Counts = WHOLE) -> Aggregate:
    parts = {"H49.01": Counts(3, 4, 5), "H49.02": Counts(4, 4, 5)} if counts == WHOLE else {}
    return Aggregate("H49", DAY, 1, FIRST, "province", (Line("ON_TIME_BY_LAW", 1, counts, parts),))


def faults(said: Aggregate, *, last: Aggregate | None = None, same_day: str = "", late: int = 0) -> list[Fault]:
    kept = Last(digest_of(write_aggregate(last)), last) if last else None
    known = Known(MEMBERS, frozenset({("ON_TIME_BY_LAW", 1)}), kept, same_day)
    at = due_at(said.day) + timedelta(minutes=late)
    return [item.fault for item in find_faults(said, digest_of(write_aggregate(said)), known, at)]


@given(AGGREGATES)
def test_what_is_written_is_read_again_and_only_in_one_form(said: Aggregate) -> None:
    document = write_aggregate(said)
    assert read_aggregate(document) == said
    for other in (document + b" ", b" " + document, json.dumps(json.loads(document), indent=1).encode()):
        with pytest.raises(Unreadable):
            read_aggregate(other)


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_anything_else_is_unreadable_and_nothing_worse(document: bytes) -> None:
    with pytest.raises(Unreadable):
        read_aggregate(document)


@pytest.mark.parametrize(
    "change",
    [
        {"figures": [{"code": "A1", "version": 1, "counts": [1, 1, 1.5], "parts": {}}]},
        {"figures": [{"code": "A1", "version": 1, "counts": [1, 1, -1], "parts": {}}]},
        {"figures": [{"code": "A1", "version": 1, "counts": [1, 1], "parts": {}}]},
        {"figures": [{"code": "a1", "version": 1, "counts": [1, 1, 1], "parts": {}}]},
        {"figures": [{"code": "A1", "version": True, "counts": [1, 1, 1], "parts": {}}]},
        {"figures": [{"code": "A1", "version": 1, "counts": [1, 1, 1], "parts": {}}] * 2},
        {"format": "onestop.aggregate/2"},
        {"member": "../H49"},
        {"day": "2026-02-30"},
        {"previous": "0"},
        {"sequence": float("nan")},
    ],
)
def test_each_departure_is_named(change: dict[str, object]) -> None:
    said = json.loads(write_aggregate(aggregate())) | change
    with pytest.raises(Unreadable):
        read_aggregate(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def test_one_that_is_as_it_should_be() -> None:
    first = aggregate()
    second = replace(first, day=DAY + timedelta(1), sequence=2, previous=digest_of(write_aggregate(first)))
    assert faults(first) == []
    assert faults(second, last=first) == []


def test_every_fault_is_found_and_all_at_once() -> None:
    first = aggregate()
    digest = digest_of(write_aggregate(first))
    second = replace(first, day=DAY + timedelta(1), sequence=2, previous=digest)
    assert faults(first, late=1) == [Fault.LATE]
    assert faults(replace(first, member="H99")) == [Fault.UNKNOWN_MEMBER]
    assert faults(replace(first, member="H28")) == [Fault.MEMBER_NOT_VALID]
    assert faults(replace(first, lines=(replace(first.lines[0], version=2),))) == [Fault.UNKNOWN_INDICATOR]
    assert faults(aggregate(counts=Counts(9, 8, 10))) == [Fault.IMPOSSIBLE]
    assert faults(aggregate(counts=Counts(7, 11, 10))) == [Fault.IMPOSSIBLE]
    wrong_sum = replace(first.lines[0], counts=Counts(7, 9, 10))
    assert faults(replace(first, lines=(wrong_sum,))) == [Fault.PARTS_DIFFER]
    assert faults(replace(second, previous=FIRST), last=first) == [Fault.CHAIN_BROKEN]
    assert faults(replace(second, sequence=3), last=first) == [Fault.CHAIN_BROKEN]
    assert faults(replace(second, day=DAY), last=first, same_day=digest) == [Fault.DOUBLED, Fault.CHAIN_BROKEN]
    fallen = replace(second, lines=aggregate(counts=Counts(6, 7, 9)).lines)
    assert faults(fallen, last=first) == [Fault.FALLING]
    new_year = replace(fallen, day=date(2027, 1, 1))
    assert faults(new_year, last=first) == []
    everything = replace(wrong_sum, version=7, counts=Counts(12, 11, 10))
    said = replace(first, member="H28", sequence=9, lines=(everything,))
    assert set(faults(said, late=5)) == {
        Fault.LATE, Fault.MEMBER_NOT_VALID, Fault.UNKNOWN_INDICATOR, Fault.IMPOSSIBLE, Fault.PARTS_DIFFER,
        Fault.CHAIN_BROKEN,
    }  # fmt: skip


def test_the_future_is_refused_and_the_late_are_counted() -> None:
    known = Known(MEMBERS, frozenset({("ON_TIME_BY_LAW", 1)}), None, "")
    at = datetime(2026, 3, 1, 16, 59, tzinfo=UTC)  # one minute to midnight in the province
    found = find_faults(aggregate(), "0", known, at)
    assert found == (Found(Fault.FUTURE_DAY, "2026-03-02"),)
    assert is_refused(found)
    assert not is_refused([Found(Fault.LATE), Found(Fault.FALLING)])
    assert find_faults(aggregate(), "0", known, at + timedelta(minutes=1)) == ()


def test_signatures() -> None:
    assert find_signature_faults([], "Tỉnh A") == (Found(Fault.UNSIGNED),)
    assert find_signature_faults([("Tỉnh A", True)], "Tỉnh A") == ()
    assert find_signature_faults([("Tỉnh B", True)], "Tỉnh A") == (Found(Fault.WRONG_SIGNER, "Tỉnh B"),)
    assert find_signature_faults([("Tỉnh A", True), ("X", False)], "Tỉnh A") == (Found(Fault.SIGNATURE_BROKEN, "X"),)


def test_who_has_not_sent_is_missing_only_when_it_is_overdue_and_only_if_it_exists() -> None:
    day = date(2025, 6, 30)
    assert find_missing(MEMBERS.values(), day, ["H49"], due_at(day)) == ()
    assert find_missing(MEMBERS.values(), day, ["H49"], due_at(day) + timedelta(seconds=1)) == ("H28",)
    assert find_missing(MEMBERS.values(), DAY, [], due_at(DAY) + timedelta(seconds=1)) == ("H49",)
