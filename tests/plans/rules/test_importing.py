"""Tables from outside: what is read, what is named cell by cell, what is not even opened."""

import io
import unicodedata
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from onestop.errors import Invalid
from onestop.plans.rules.importing import Known, Reading, read_targets
from onestop.plans.rules.sheets import LARGEST, place_of, read_rows

HEAD = ["Năm", "Đơn vị", "Chỉ số", "Chỉ tiêu (%)", "Trọng số", "Văn bản", "Trang", "Chịu trách nhiệm"]
GOOD = [2026, "H49.26", "FULL_PROCESS", 70, 2, "KH 1/KH-UBND", "3", "H49.26.CT"]
KNOWN = Known(
    units={"H49": "H49", "H49.26": "H49.26", "phường hồng gai": "H49.26"},
    indicators={"FULL_PROCESS": "FULL_PROCESS", "hồ sơ trực tuyến toàn trình": "FULL_PROCESS"},
    posts=frozenset({"H49.26.CT"}),
)


def workbook(*rows: list[Any], edit: Any = None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Chỉ tiêu"
    for row in rows:
        sheet.append(row)
    if edit:
        edit(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(*rows: list[Any]) -> bytes:
    return "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode()


def read(data: bytes, year: int = 2026) -> Reading:
    return read_targets(read_rows(data), year=year, known=KNOWN)


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in read(data).faults]


@pytest.mark.parametrize("made", [workbook, table])
def test_a_good_table(made: Any) -> None:
    reading = read(made(HEAD, GOOD))
    assert not reading.faults
    row = reading.rows[0]
    assert (row.unit, row.indicator, row.target, row.weight) == ("H49.26", "FULL_PROCESS", Decimal(70), 2)
    assert (row.document, row.page, row.post) == ("KH 1/KH-UBND", "3", "H49.26.CT")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("made", [workbook, table])
def test_names_in_any_unicode_form(made: Any, form: Any) -> None:
    """A name typed on another machine is the same name."""
    head = [unicodedata.normalize(form, cell) for cell in HEAD]
    row = [
        2026,
        unicodedata.normalize(form, "Phường  Hồng Gai"),
        unicodedata.normalize(form, "Hồ sơ trực tuyến toàn trình"),
    ]
    reading = read(made(head, [*row, 70, 1, "KH"]))
    assert not reading.faults
    assert (reading.rows[0].unit, reading.rows[0].indicator) == ("H49.26", "FULL_PROCESS")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [("87,5", "87.5"), ("87.5", "87.5"), ("87,5 %", "87.5"), ("70", "70"), ("0", "0"), ("100", "100")],
)
def test_a_number_as_text_with_a_comma_or_a_point(cell: str, wanted: str) -> None:
    for made in (workbook, table):
        assert read(made(HEAD, [*GOOD[:3], cell, *GOOD[4:]])).rows[0].target == Decimal(wanted)


def test_a_cell_shown_as_per_cent_is_per_cent() -> None:
    def shown(sheet: Any) -> None:
        sheet["D2"].number_format = "0.0%"

    assert read(workbook(HEAD, [*GOOD[:3], 0.875, *GOOD[4:]], edit=shown)).rows[0].target == Decimal("87.5")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, "H50", "targets.unknown_unit"),
        (1, "", "targets.missing"),
        (2, "NOTHING", "targets.unknown_indicator"),
        (3, "bảy mươi", "targets.not_a_number"),
        (3, "7O", "targets.not_a_number"),
        (3, "1.000,5", "targets.not_a_number"),
        (3, "101", "targets.outside"),
        (3, -1, None),
        (3, "70,123", "targets.outside"),
        (3, "", "targets.missing"),
        (4, "nhiều", "targets.not_a_weight"),
        (4, "0", "targets.not_a_weight"),
        (4, "101", "targets.not_a_weight"),
        (5, "", "targets.missing"),
        (5, "x" * 201, "targets.too_long"),
        (7, "H49.99.CT", "targets.unknown_post"),
        (0, "sang năm", "targets.not_a_year"),
    ],
)
@pytest.mark.parametrize("made", [workbook, table])
def test_every_bad_cell_is_named_with_its_place(made: Any, column: int, value: Any, code: str | None) -> None:
    row = list(GOOD)
    row[column] = value
    sheet = "Chỉ tiêu!" if made is workbook else ""
    wanted = code or ("targets.outside" if made is workbook else "targets.not_a_number")
    assert faults(made(HEAD, row)) == [(f"{sheet}{'ABCDEFGH'[column]}2", wanted)]


def test_all_bad_cells_at_once() -> None:
    rows = [[2026, "H50", "FULL_PROCESS", "x", 1, "KH"], [2026, "H49", "NOTHING", 50, 1, "KH"]]
    assert [place for place, _ in faults(workbook(HEAD, *rows))] == ["Chỉ tiêu!B2", "Chỉ tiêu!D2", "Chỉ tiêu!C3"]


def test_a_doubled_row_names_the_first() -> None:
    found = read(workbook(HEAD, GOOD, [2026, "Phường Hồng Gai", *GOOD[2:]])).faults
    assert [(fault.field, fault.code) for fault in found] == [("Chỉ tiêu!B3", "targets.doubled")]
    assert found[0].params["expected"] == "Chỉ tiêu!B2"


def test_formulas_merged_cells_and_dates_are_no_values() -> None:
    from datetime import date

    def merge(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")

    assert ("Chỉ tiêu!D2", "targets.formula") in faults(workbook(HEAD, [*GOOD[:3], "=35*2", *GOOD[4:]]))
    merged = faults(workbook(HEAD, GOOD, [2026, None, *GOOD[2:]], edit=merge))
    assert merged == [("Chỉ tiêu!B2", "targets.merged"), ("Chỉ tiêu!B3", "targets.merged")]
    assert faults(workbook(HEAD, [*GOOD[:3], date(2026, 1, 1), *GOOD[4:]])) == [("Chỉ tiêu!D2", "targets.other_kind")]
    assert faults(table(HEAD, [*GOOD[:3], "=35*2", *GOOD[4:]])) == [("D2", "targets.formula")]


def test_rows_left_out_are_counted_not_faulted() -> None:
    rows = [GOOD, [2025, "H50", "x", "y", 1, ""], [2026, "H49", "FULL_PROCESS", "Chưa thu thập được", 1, "KH 269"]]
    reading = read(workbook(HEAD, *rows))
    assert (len(reading.rows), reading.of_other_years, reading.not_obtained, reading.faults) == (1, 1, 1, [])


def test_a_sheet_that_is_no_table_of_targets_is_passed_over_but_not_alone() -> None:
    book = Workbook()
    first: Any = book.active
    for row in (HEAD, GOOD):
        first.append(row)
    book.create_sheet("Danh mục").append(["Mã", "Tên"])
    out = io.BytesIO()
    book.save(out)
    assert not faults(out.getvalue())
    assert faults(workbook(["Mã", "Tên"], ["x", "y"])) == [("Chỉ tiêu!A1", "targets.no_column")]
    assert faults(workbook()) == [("file", "targets.empty")]


@pytest.mark.parametrize("missing", [1, 2, 3, 5])
def test_a_column_that_lacks_is_named(missing: int) -> None:
    head = [cell for place, cell in enumerate(HEAD) if place != missing]
    found = read(workbook(head, GOOD)).faults
    assert found[0].code == "targets.no_column"
    assert found[0].params["expected"] in HEAD[missing].lower()


# -- files that are not opened ---------------------------------------------------------------------
def refused(data: bytes) -> set[str]:
    with pytest.raises(Invalid) as caught:
        read_rows(data)
    assert caught.value.code == "sheet.refused"
    return {fault.code for fault in caught.value.faults}


def changed(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts replaced or added; `__` in a name stands for `/`."""
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in named:
                new.writestr(item.filename, old.read(item.filename))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_with(inner: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData/>{inner}</worksheet>'.encode()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl__media__a_xml": b"<a>" + b" " * 20_000_000 + b"</a>"}, "upload.too_much_inside"),
        ({"xl__externalLinks__externalLink1_xml": b"<externalLink/>"}, "sheet.outside_links"),
        ({"xl__connections_xml": b"<connections/>"}, "sheet.outside_links"),
        ({"xl__vbaProject.bin": b"x"}, "upload.office_macros"),
        (
            {"xl__worksheets__sheet1_xml": b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'},
            "upload.xml_doctype",
        ),
        ({"xl__worksheets__sheet1_xml": b"<worksheet>"}, "upload.damaged"),
        (
            {"xl__worksheets__sheet1_xml": sheet_with('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')},
            "sheet.too_many_rows",
        ),
        ({"xl__worksheets__sheet1_xml": sheet_with('<mergeCells><mergeCell ref="x"/></mergeCells>')}, "upload.damaged"),
    ],
    ids=["bomb", "links", "connections", "macros", "doctype", "broken", "merged", "merged badly"],
)
def test_a_hostile_workbook_is_not_opened(parts: dict[str, bytes], code: str) -> None:
    assert code in refused(changed(workbook(HEAD, GOOD), **parts))


def test_a_cell_in_the_last_corner_does_not_fill_the_machine() -> None:
    def far(sheet: Any) -> None:
        sheet["XFD1048576"] = 1

    assert refused(workbook(HEAD, GOOD, edit=far)) == {"sheet.too_many_rows"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "upload.empty"),
        (b"x" * (LARGEST + 1), "upload.too_large"),
        ("Năm;Đơn vị".encode("utf-16"), "sheet.not_utf8"),
        (b"a;b\x00c", "sheet.not_a_table"),
        (b'a;"b', "sheet.not_a_table"),
        (b"PK\x03\x04 not a zip", "upload.damaged"),
        (b"a\n" * 5001, "sheet.too_many_rows"),
        (b";" * 41 + b"x", "sheet.too_many_rows"),
    ],
)
def test_what_is_no_table(data: bytes, code: str) -> None:
    assert refused(data) == {code}


@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    said: Invalid | None = None
    try:
        read_targets(read_rows(data), year=2026, known=KNOWN)
    except Invalid as error:
        said = error
    assert said is None or said.faults


@given(st.integers(1, 40), st.integers(1, 5000))
def test_places_are_named_as_spreadsheets_name_them(column: int, row: int) -> None:
    from openpyxl.utils import get_column_letter

    assert place_of("S", row, column) == f"S!{get_column_letter(column)}{row}"
