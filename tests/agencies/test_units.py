"""The real units of the province, before and after 1 July 2025."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Concat
from pytest_django import DjangoAssertNumQueries

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.agencies import queries
from onestop.agencies.models import Succession, Unit
from onestop.agencies.operations import LoadReport, load_units, succeed
from onestop.agencies.operations.structure import mark_changed
from onestop.agencies.rules import SuccessionShare, UnitKind
from onestop.errors import Invalid, NotFound, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


def test_the_province_is_complete_on_both_sides_of_the_reform(province: LoadReport) -> None:
    assert province.faults == []
    assert province.created == 510 + 184 + 655
    count = {on: {kind: queries.list_units(kind=kind, on=on).count() for kind in UnitKind} for on in (OLD, NEW)}
    assert (count[OLD][UnitKind.DISTRICT], count[OLD][UnitKind.COMMUNE]) == (13, 171)
    assert (count[NEW][UnitKind.DISTRICT], count[NEW][UnitKind.COMMUNE]) == (0, 54)
    assert count[NEW][UnitKind.DEPARTMENT] == 15 + 1
    assert count[NEW][UnitKind.DESK] == 54 + 17


def test_loading_again_changes_nothing(province: LoadReport) -> None:
    version = queries.subordinate_ids(queries.get_unit("H49").pk)
    again = load_units(by=SYSTEM, at=AT)
    assert (again.created, again.updated, again.unchanged) == (0, 0, province.created)
    assert queries.subordinate_ids(queries.get_unit("H49").pk) == version


def test_every_former_commune_has_one_main_successor_and_every_new_one_a_predecessor(province: LoadReport) -> None:
    former = Unit.objects.filter(kind=UnitKind.COMMUNE, valid_until=NEW)
    heirs: set[int] = set()
    for unit in former:
        rows = queries.successors_of(unit.pk, on=NEW)
        assert sum(row.is_main for row in rows) == 1
        assert rows[0].is_main
        assert all(row.successor.valid_from == NEW for row in rows)
        assert (len(rows) == 1) == (rows[0].share == SuccessionShare.WHOLE)
        heirs.update(row.successor_id for row in rows)
    assert len(heirs) == 54
    assert Succession.objects.filter(is_main=True).count() == 171


def test_a_figure_of_2024_finds_its_place_on_the_map_of_2025(province: LoadReport) -> None:
    """Xã Vô Ngại was divided: mostly to Bình Liêu, partly to Tiên Yên."""
    divided = queries.find_unit(national_code="06853", on=OLD)
    assert divided is not None
    names = [(row.successor.name(), row.share, row.is_main) for row in queries.successors_of(divided.pk, on=NEW)]
    assert names == [("Xã Bình Liêu", "part", True), ("Xã Tiên Yên", "part", False)]
    assert queries.successors_of(divided.pk, on=OLD) == []
    new = queries.find_unit(national_code="06838", on=NEW)
    assert new is not None
    before = {row.predecessor.name() for row in queries.predecessors_of(new.pk, on=NEW)}
    assert before == {"Thị trấn Bình Liêu", "Xã Vô Ngại", "Xã Húc Động"}


def test_a_national_code_needs_the_day_to_be_one_unit(province: LoadReport) -> None:
    assert queries.find_unit(national_code="06652", on=OLD).name() == "Phường Hà Phong"  # type: ignore[union-attr]
    assert queries.find_unit(national_code="06652", on=NEW).name() == "Phường Hà Tu"  # type: ignore[union-attr]
    assert queries.find_unit(national_code="06652") is None


def test_every_agency_of_today_has_a_desk_a_division_and_posts(province: LoadReport) -> None:
    on = date(2026, 3, 2)
    kinds = (UnitKind.DEPARTMENT, UnitKind.CENTRE, UnitKind.COMMUNE)
    agencies = Unit.objects.filter(queries.structure.valid_on(on), kind__in=kinds)
    assert agencies.count() == 15 + 1 + 1 + 54
    for agency in agencies:
        desk, division = queries.desk_of(agency.pk, on=on), queries.division_for(agency.pk, sector="?", on=on)
        assert desk is not None
        assert division is not None
        roles = set(queries.list_posts(agency.pk).values_list("role", flat=True))
        assert roles == {Role.LEADER, Role.CLERK}
        assert [post.role for post in queries.list_posts(desk.id)] == [Role.ONE_STOP_OFFICER]
        assert {post.role for post in queries.list_posts(division.id)} == {Role.DIVISION_HEAD, Role.SPECIALIST}
        assert queries.agency_of(division.id).id == agency.pk


def test_sectors_find_their_division(province: LoadReport) -> None:
    on = date(2026, 3, 2)
    commune = queries.get_unit("H49.21")
    assert commune.agency_name() == "Ủy ban nhân dân phường Hà Tu"
    assert queries.division_for(commune.pk, sector="ho-tich", on=on).code == "H49.21.02"  # type: ignore[union-attr]
    assert queries.division_for(commune.pk, sector="xay-dung", on=on).code == "H49.21.03"  # type: ignore[union-attr]
    assert queries.department_for(sector="ly-lich-tu-phap", on=on).code == "H49.17"  # type: ignore[union-attr]
    assert queries.department_for(sector="unheard-of", on=on) is None


def test_every_unusable_row_is_named_and_the_others_are_loaded(db: None, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "code,kind,parent,name_vi,seat,valid_from\nH49,province,,Tỉnh,,\nH49.21,commune,H50,Xã A,,\n"
        "H49.22,village,H49,,,\nH49.23,commune,H49,Xã C,H77,\nH49.23,commune,H49,Xã C,,\n",
        encoding="utf-8",
    )
    (tmp_path / "posts.csv").write_text("code,unit,role,title_vi\nH49.CT,H49,leader,X\nP,H99,leader,Y\n", "utf-8")
    report = load_units(tmp_path, by=SYSTEM, at=AT)
    named = [(fault.file, fault.line, fault.fault.field, fault.fault.code) for fault in report.faults]
    assert named == [
        ("units.csv", 3, "parent", "row.unknown_unit"),
        ("units.csv", 4, "kind", "row.unknown_value"),
        ("units.csv", 4, "name_vi", "row.empty"),
        ("units.csv", 6, "code", "row.twice"),
        ("units.csv", 5, "seat", "row.unknown_unit"),
        ("posts.csv", 3, "unit", "row.unknown_unit"),
    ]
    assert report.created == 3
    with pytest.raises(NotFound):
        load_units(tmp_path / "nowhere", by=SYSTEM, at=AT)


def test_a_changed_row_is_updated_and_the_tree_follows(db: None, tmp_path: Path) -> None:
    head = (
        "code,kind,parent,name_vi,sectors\nH49,province,,Tỉnh,\nH49.21,commune,H49,Xã A,\nH49.21.02,division,H49.21,B,"
    )
    (tmp_path / "units.csv").write_text(head + "x\n", "utf-8")
    load_units(tmp_path, by=SYSTEM, at=AT)
    commune, on = queries.get_unit("H49.21"), date(2026, 1, 1)
    assert queries.division_for(commune.pk, sector="y", on=on).sectors == {"x"}  # type: ignore[union-attr]
    (tmp_path / "units.csv").write_text(head + "y\n", "utf-8")
    report = load_units(tmp_path, by=SYSTEM, at=AT)
    assert (report.created, report.updated, report.unchanged) == (0, 1, 2)
    assert queries.division_for(commune.pk, sector="y", on=on).sectors == {"y"}  # type: ignore[union-attr]


def test_the_tree_is_read_once(province: LoadReport, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = queries.get_unit("H49")
    queries.subordinate_ids(unit.pk)
    with django_assert_num_queries(1):
        assert len(queries.subordinate_ids(unit.pk)) == 510


def test_within_a_page_the_tree_is_asked_for_once(
    province: LoadReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = queries.get_unit("H49")
    queries.subordinate_ids(unit.pk)
    with queries.hold_tree(), django_assert_num_queries(1):
        for _ in range(3):
            assert len(queries.subordinate_ids(unit.pk)) == 510


def test_a_tree_is_held_no_longer_than_a_page(province: LoadReport) -> None:
    gone = Unit.objects.filter(code__startswith="H49.21")
    with queries.hold_tree():
        assert "H49.21" in queries.get_tree().by_code
        gone.update(code=Concat(Value("X"), "code"))
        mark_changed(by=SYSTEM, at=AT)
        assert "H49.21" in queries.get_tree().by_code
    assert "H49.21" not in queries.get_tree().by_code


def test_a_unit_is_succeeded_with_all_below_it(province: LoadReport) -> None:
    on = date(2027, 1, 1)
    rows = succeed(
        predecessor_code="H49.21",
        heirs=[("H49.22", SuccessionShare.WHOLE, True)],
        on=on,
        ground="test",
        by=SYSTEM,
        at=AT,
    )
    assert [row.successor.code for row in rows] == ["H49.22"]
    assert queries.list_units(on=on).filter(code__startswith="H49.21").count() == 0
    assert queries.list_units(on=date(2026, 12, 31)).filter(code__startswith="H49.21").count() == 5


def test_successions_that_do_not_add_up_are_refused(province: LoadReport) -> None:
    whole, part = SuccessionShare.WHOLE, SuccessionShare.PART
    heirs = [("H49.22", whole, True), ("H49.23", part, True)]
    with pytest.raises(Invalid) as caught:
        succeed(predecessor_code="H49.21", heirs=heirs, on=NEW, ground="", by=SYSTEM, at=AT)
    assert len(caught.value.faults) == 2
    stranger = Principal(account_id=1, name="x", roles=frozenset({Role.SPECIALIST}), key="officer:1")
    with pytest.raises(Refused):
        succeed(predecessor_code="H49.21", heirs=[("H49.22", whole, True)], on=NEW, ground="", by=stranger, at=AT)


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "accounts", "agencies", "applicants", check=True, dry_run=True, verbosity=0)
