"""Importing: rows that cannot be used are named, the others loaded; broken files load nothing; twice is once."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.catalogue import operations, queries
from onestop.catalogue.models import EForm, Procedure, ProcedureVersion, Sector
from onestop.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)
HEADING = "code,name,field,level,applicants,type,state,deadline_qty,deadline_unit\n"
FIRST = "1.990001,Cấp phép thử,Đất đai,commune,citizen,standard,public,5,working_day\n"
SECOND = "1.990002,Đổi phép thử,Đất đai,commune,citizen,standard,public,,\n"


def bring(text, at=AT, **more):
    return operations.import_catalogue(data=text.encode(), by=SYSTEM, at=at, **more)


def core(code="1.990001", **changes):
    record = {
        "code": code,
        "name": {"vi": "Cấp phép thử", "en": "Test permit"},
        "field": {"slug": "dat-dai", "vi": "Đất đai", "en": "Land"},
        "levels": ["commune"],
        "applicants": {"kinds": ["citizen"]},
        "online": {"submission_available": True, "level": None},
        "components": [{"doc": "FORM", "name": {"vi": "Đơn"}, "kind": "form", "original": 1, "copy": 0}],
        "deadlines": [{"unit": "working_day", "qty": 3, "case": None, "basis": "portal channel table"}],
        "fees": [],
    }
    return record | changes


def test_good_rows_are_loaded_and_bad_ones_named():
    text = (
        HEADING + FIRST + " 1.014325,A,B,province,citizen,standard,public,,\n" + "1.990003,,,x,,,,,\n" + SECOND + FIRST
    )
    report = bring(text + "1.990004,a,b\n")
    assert (report.rows, report.created, report.updated, report.unchanged) == (6, 2, 0, 0)
    assert report.unusable == (
        (3, " 1.014325", "code_with_spaces"),
        (4, "1.990003", "level_unknown"),
        (4, "1.990003", "name_missing"),
        (4, "1.990003", "sector_missing"),
        (6, "1.990001", "code_repeated"),
        (7, "1.990004", "columns_do_not_fit_the_heading"),
    )
    assert set(Procedure.objects.values_list("code", flat=True)) == {"1.990001", "1.990002"}


def test_the_same_again_changes_nothing():
    bring(HEADING + FIRST + SECOND)
    report = bring(HEADING + FIRST + SECOND, at=LATER)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.parametrize("text", ["", HEADING + FIRST + '1.990002,"open', "[{", "code\n1\n"])
def test_a_broken_file_loads_nothing(text):
    bring(HEADING + SECOND)
    with pytest.raises(Invalid):
        bring(text)
    assert Procedure.objects.count() == 1


def test_a_file_is_read_from_its_path(tmp_path: Path):
    path = tmp_path / "p.csv"
    path.write_text(HEADING + FIRST, encoding="utf-8")
    assert operations.import_catalogue(path=path, by=SYSTEM, at=AT).created == 1


def test_a_change_is_a_new_version_and_the_old_one_stays():
    bring(HEADING + FIRST)
    report = bring(HEADING + FIRST.replace(",5,", ",4,"), at=LATER)
    assert (report.updated, report.created) == (1, 0)
    old, new = ProcedureVersion.objects.order_by("number")
    assert (old.effective_from, old.effective_until) == (date(2023, 1, 1), date(2026, 8, 1))
    assert (new.number, new.effective_from, new.effective_until) == (2, date(2026, 8, 1), None)
    before = queries.get_version_in_force("1.990001", date(2026, 7, 31))
    after = queries.get_version_in_force("1.990001", date(2026, 8, 1))
    assert str(queries.get_content(before.pk).default_limit.limit) == "5 working days"
    assert str(queries.get_content(after.pk).default_limit.limit) == "4 working days"


def test_two_changes_on_one_day_leave_an_empty_version_between():
    bring(HEADING + FIRST)
    for days in (4, 3):
        bring(HEADING + FIRST.replace(",5,", f",{days},"), at=LATER)
    assert ProcedureVersion.objects.count() == 3
    found = queries.get_version_in_force("1.990001", date(2026, 8, 1))
    assert found.number == 3


def test_a_change_before_the_last_version_is_unusable():
    bring(HEADING + FIRST)
    bring(HEADING + FIRST.replace(",5,", ",4,"), at=LATER)
    report = bring(HEADING + FIRST, effective_from=date(2026, 7, 1))
    assert report.unusable == ((2, "1.990001", "version_before_the_last"),)
    assert ProcedureVersion.objects.count() == 2


def test_a_line_never_takes_away_what_a_curated_record_said():
    bring(json.dumps([core()]))
    report = bring(HEADING + FIRST.replace("Cấp phép thử", "Cấp phép").replace("standard", "specific"))
    procedure = queries.get_procedure("1.990001")
    assert report.updated == 1
    assert (procedure.name("en"), procedure.kind, procedure.is_curated) == ("Test permit", "specific", True)
    assert ProcedureVersion.objects.count() == 1
    assert bring(json.dumps([core()])).unchanged == 1


def test_a_curated_record_after_a_line_is_a_new_version():
    bring(HEADING + FIRST)
    assert bring(json.dumps([core()]), at=LATER).updated == 1
    found = queries.get_version_in_force("1.990001", date(2026, 8, 2))
    assert queries.get_content(found.pk).document("FORM") is not None


def test_what_the_province_published_is_not_undone_by_an_import():
    bring(HEADING + FIRST)
    operations.publish_version(
        code="1.990001",
        decision="01/QĐ-UBND",
        effective_from=date(2026, 7, 21),
        online_level=queries_level("full"),
        by=SYSTEM,
        at=AT,
    )
    assert bring(HEADING + FIRST).unchanged == 1
    report = bring(HEADING + FIRST.replace(",5,", ",4,"), at=LATER)
    assert report.doubtful == ((2, "1.990001", "published_version_kept"),)
    assert queries.get_version_in_force("1.990001", date(2026, 8, 2)).online_level == "full"


def queries_level(value):
    from onestop.catalogue.rules.kinds import OnlineLevel

    return OnlineLevel(value)


def test_sectors_are_known_by_name_and_long_names_get_a_code():
    long = "Giám định tư pháp trong lĩnh vực xây dựng và quản lý chất lượng công trình xây dựng"
    bring(HEADING + FIRST + SECOND.replace("Đất đai", long))
    codes = set(Sector.objects.values_list("code", flat=True))
    assert "dat-dai" in codes
    assert len(codes) == 2
    assert all(len(code) <= 40 for code in codes)
    assert Sector.objects.get(code="dat-dai").name("en") == "Land"


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.LEADER})])
def test_only_an_administrator_or_the_system_imports(roles):
    somebody = Principal(account_id=5, name="Bình", roles=roles, key="officer:5", posting_id=1, post_code="x")
    with pytest.raises(Refused):
        operations.import_catalogue(data=(HEADING + FIRST).encode(), by=somebody, at=AT)
    assert not Procedure.objects.exists()


def form(**changes):
    field = {"key": "a", "label": {"vi": "A"}, "type": "text", "required": True}
    base = {"id": "F-TEST", "title": {"vi": "Đơn"}, "procedures": ["1.990001"]}
    return base | {"sections": [{"legend": {"vi": "A"}, "fields": [field]}]} | changes


def bring_forms(*forms, at=AT):
    return operations.import_forms(data=json.dumps({"forms": list(forms)}).encode(), by=SYSTEM, at=at)


def test_forms_come_in_once_and_change_by_version():
    assert bring_forms(form()).created == 1
    assert bring_forms(form()).unchanged == 1
    assert bring_forms(form(title={"vi": "Đơn mới"})).updated == 1
    assert EForm.objects.count() == 2
    assert queries.get_form("F-TEST").titles["vi"] == "Đơn mới"
    assert queries.get_form("F-TEST", 1).titles["vi"] == "Đơn"


def test_a_form_that_cannot_be_used_is_named_and_the_others_stay():
    report = bring_forms(form(), form(), form(id="bad"), {"id": "F-EMPTY"}, 7)
    assert report.created == 1
    assert (2, "F-TEST", "code_repeated") in report.unusable
    assert (3, "bad", "form_code_malformed") in report.unusable
    assert {reason for row, _, reason in report.unusable if row == 4} == {"title_missing", "form_without_fields"}
    assert (5, "", "form_not_an_object") in report.unusable


def test_every_procedure_has_a_form():
    bring_forms(form(), form(id="F-ANY", procedures=[]))
    assert queries.get_form_for("1.990001").code == "F-TEST"
    assert queries.get_form_for("1.990002").code == "F-ANY"


def test_forms_and_procedures_are_told_apart():
    with pytest.raises(Invalid):
        operations.import_catalogue(data=json.dumps({"forms": [form()]}).encode(), by=SYSTEM, at=AT)
    with pytest.raises(Invalid):
        operations.import_forms(data=(HEADING + FIRST).encode(), by=SYSTEM, at=AT)
    assert operations.import_file(data=json.dumps({"forms": [form()]}).encode(), by=SYSTEM, at=AT).kind == "forms"
