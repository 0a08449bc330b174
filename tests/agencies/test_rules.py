"""Units in time, the tree, names, and what a delegation must hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.agencies.rules import Branch, Period, Tree, UnitKind, agency_name, find_delegation_faults, is_valid_on
from onestop.agencies.rules.rows import UnitRow, read_post, read_succession, read_unit

T0 = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 50).map(lambda days: T0 + timedelta(days=days))
periods = st.tuples(moments, st.none() | moments).map(lambda pair: Period(*pair))


@given(periods, periods, moments)
def test_a_period_that_covers_another_holds_all_its_moments(a: Period, b: Period, at: datetime) -> None:
    if a.covers(b) and b.holds(at):
        assert a.holds(at)
    if a.holds(at) and b.holds(at):
        assert a.overlaps(b)
    assert a.overlaps(b) == b.overlaps(a)


@given(st.dates(), st.dates(), st.dates())
def test_validity_is_half_open(on: date, start: date, end: date) -> None:
    assert is_valid_on(on, start, end) == (start <= on < end)
    assert is_valid_on(on, None, None)
    assert not is_valid_on(end, start, end)


def tree() -> Tree:
    commune, desk, office, culture = UnitKind.COMMUNE, UnitKind.DESK, UnitKind.DIVISION, UnitKind.DIVISION
    return Tree(
        [
            Branch(5, "H49.21.03", culture, 2, sectors=frozenset({"du-lich"})),
            Branch(1, "H49", UnitKind.PROVINCE, None),
            Branch(2, "H49.21", commune, 1),
            Branch(3, "H49.21.01", desk, 2),
            Branch(4, "H49.21.02", office, 2, sectors=frozenset({"ho-tich"})),
            Branch(6, "H49.22", commune, 1),
        ]
    )


def test_subordinates_agency_desk_and_division() -> None:
    on = date(2026, 1, 1)
    assert tree().subordinate_ids(2) == {2, 3, 4, 5}
    assert tree().subordinate_ids(1) == {1, 2, 3, 4, 5, 6}
    assert tree().agency_of(4).code == "H49.21"
    assert tree().agency_of(1).code == "H49"
    assert tree().desk_of(2, on).code == "H49.21.01"  # type: ignore[union-attr]
    assert tree().desk_of(6, on) is None
    assert tree().division_for(2, "du-lich", on).code == "H49.21.03"  # type: ignore[union-attr]
    assert tree().division_for(2, "unheard-of", on).code == "H49.21.02"  # type: ignore[union-attr]


def test_an_agency_is_called_after_its_place() -> None:
    assert agency_name(UnitKind.COMMUNE, "Phường Hà Tu", "vi") == "Ủy ban nhân dân phường Hà Tu"
    assert agency_name(UnitKind.COMMUNE, "Đặc khu Vân Đồn", "vi") == "Ủy ban nhân dân đặc khu Vân Đồn"
    assert agency_name(UnitKind.COMMUNE, "Ha Tu Ward", "en") == "People's Committee of Ha Tu Ward"
    assert agency_name(UnitKind.DEPARTMENT, "Sở Y tế", "vi") == "Sở Y tế"


def test_all_faults_of_a_delegation_are_named_at_once() -> None:
    held = Period(T0, T0 + timedelta(days=10))
    asked = Period(T0 - timedelta(days=1), None)
    faults = find_delegation_faults(
        asked=asked, given=held, held=held, same_account=True, ground=" ", document_number=""
    )
    assert [fault.code for fault in faults] == [
        "delegation.no_term",
        "delegation.outside_own_posting",
        "delegation.outside_their_posting",
        "delegation.to_oneself",
        "delegation.no_ground",
        "delegation.no_document",
    ]


def test_a_row_gives_the_unit_or_all_its_faults() -> None:
    good = {"code": "H49.99", "kind": "commune", "parent": "H49", "name_vi": "Xã Mới", "sectors": "a;b"}
    unit = read_unit(good)
    assert isinstance(unit, UnitRow)
    assert unit.sectors == ("a", "b")
    bad = {"kind": "village", "valid_from": "2025-13-01", "area_km2": "big"}
    assert {(fault.field, fault.code) for fault in read_unit(bad)} == {  # type: ignore[union-attr]
        ("kind", "row.unknown_value"),
        ("valid_from", "row.not_a_day"),
        ("area_km2", "row.not_a_number"),
        ("code", "row.empty"),
        ("parent", "row.empty"),
        ("name_vi", "row.empty"),
    }


@pytest.mark.parametrize("row", [{}, {"share": "half", "on": "x"}])
def test_bad_successions_and_posts_are_named(row: dict[str, str]) -> None:
    assert isinstance(read_succession(row), tuple)
    assert isinstance(read_post(row | {"role": "applicant"}), tuple)
