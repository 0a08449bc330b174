"""Records of other houses: what becomes of each trap that national catalogues are known to hold."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from onestop.catalogue.rules.files import FileKind, read_file
from onestop.catalogue.rules.kinds import Applicability, FilingChannel, OnlineLevel
from onestop.catalogue.rules.packing import pack, unpack
from onestop.catalogue.rules.reading_core import read_record
from onestop.catalogue.rules.reading_list import read_line
from onestop.errors import Invalid

TRAPS = list(csv.DictReader((Path(__file__).parent / "traps.csv").read_text(encoding="utf-8").splitlines()))
HEADING = "code,name,field,level,applicants,type,state\n"
GOOD = "1.000001,Cấp phép,Đất đai,commune,citizen,standard,public\n"


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["what"])
def test_each_trap_is_named(trap):
    row = {column: trap[column] for column in trap if column not in {"what", "reason", "seen_in"}}
    row = {column: value.replace("␠", " ") for column, value in row.items()}
    reading = read_line(2, row)
    if trap["reason"].startswith("doubt:"):
        assert reading.facts is not None
        assert trap["reason"].removeprefix("doubt:") in reading.doubts
    elif trap["reason"]:
        assert reading.facts is None
        assert trap["reason"] in reading.reasons
    else:
        assert reading.facts is not None, reading.reasons


def test_all_reasons_of_a_row_are_named_at_once():
    row = {
        "code": "1.0133611",
        "name": "",
        "field": "",
        "type": "odd",
        "deadline_qty": "five",
        "deadline_unit": "OTHER",
    }
    reasons = read_line(7, row).reasons
    assert set(reasons) >= {"code_malformed", "name_missing", "sector_missing", "kind_unknown", "unit_unknown"}


def test_unknown_stays_unknown():
    facts = read_line(2, {"code": "1.000001", "name": "Cấp phép", "field": "Đất đai"}).facts
    assert facts.online_level is OnlineLevel.UNKNOWN
    assert facts.online_submission is None
    assert facts.applicability is Applicability.UNKNOWN
    assert facts.content.default_limit is None
    assert facts.content.default_reason == "none_stated"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"  \n", "file.empty"),
        ("mã,tên\n".encode("utf-16"), "file.not_utf8"),
        ((HEADING + "1.000001,Cấp phép,Đất đai").encode("cp1258", "replace"), "file.not_utf8"),
        ("Đăng ký".encode()[:-1], "file.not_utf8"),
        (HEADING.encode() + b'1.000001,"never closed,Dat dai,commune\n' + GOOD.encode(), "file.broken_csv"),
        (
            HEADING.encode() + b'1.000001,"closed" too early,Dat dai,commune,citizen,standard,public\n',
            "file.broken_csv",
        ),
        (b"code,name\n1.000001,X\n", "file.unknown_shape"),
        (b'[{"code": "1.000001",', "file.broken_json"),
        (b'{"hello": 1}', "file.unknown_shape"),
        (b"[1, 2]", "file.unknown_shape"),
        (gzip.compress(b"code")[:-6], "file.broken_gzip"),
        (b"[" * 100_000, "file.broken_json"),
    ],
)
def test_a_broken_file_gives_nothing(data, code):
    with pytest.raises(Invalid) as caught:
        read_file(data)
    assert caught.value.code == code


def test_rows_that_do_not_fit_the_heading_are_broken_and_the_others_stay():
    records = read_file((HEADING + GOOD + "1.000002,Cấp, phép,Đất đai,commune,citizen,standard,public\n").encode())
    assert records.kind is FileKind.LIST
    assert [number for number, _ in records.rows] == [2]
    assert records.broken == ((3, "1.000002"),)


def test_names_over_two_lines_keep_their_line_number():
    records = read_file((HEADING + '1.000001,"Cấp\nphép",Đất đai,commune,citizen,standard,public\n' + GOOD).encode())
    assert [number for number, _ in records.rows] == [2, 4]
    assert read_line(*records.rows[0]).facts.content.names["vi"] == "Cấp phép"


def test_a_byte_order_mark_and_gzip_are_welcome():
    assert len(read_file(gzip.compress(("﻿" + HEADING + GOOD).encode())).rows) == 1


def _core(**changes):
    record = {
        "code": "1.000001",
        "name": {"vi": "Cấp phép", "en": "Permit"},
        "field": {"slug": "dat-dai", "vi": "Đất đai"},
        "levels": ["commune"],
        "components": [{"doc": "FORM", "name": {"vi": "Đơn"}, "kind": "form", "original": 1, "copy": 0}],
        "deadlines": [{"unit": "working_day", "qty": 5, "case": None, "basis": "portal channel table"}],
        "fees": [],
    }
    return record | changes


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": {"vi": 5}}, "name_not_text"),
        ({"name": None}, "name_missing"),
        ({"name": "Cấp phép"}, "name_not_named_by_language"),
        ({"name": {"vi": "Cáº¥p phÃ©p á»Ÿ"}}, "name_broken_encoding"),
        ({"code": 1.000001}, "code_not_text"),
        ({"code": " 1.014325"}, "code_with_spaces"),
        ({"deadlines": [{"unit": "OTHER", "qty": 1}]}, "unit_unknown"),
        ({"deadlines": [{"unit": "day", "qty": "ba"}]}, "quantity_unusable"),
        ({"deadlines": [{"unit": "day", "qty": -3}]}, "quantity_unusable"),
        ({"deadlines": "5 ngày"}, "deadlines_not_a_list"),
        ({"fees": [{"kind": "charge", "amount_vnd": "8.000"}]}, "amount_unusable"),
        ({"fees": [{"kind": "tax", "amount_vnd": 1}]}, "fee_kind_unknown"),
        ({"levels": ["village"]}, "level_unknown"),
        ({"components": [{"doc": "A", "name": {"vi": "Đơn"}, "kind": "form", "original": "một"}]}, "copies_unusable"),
        ({"components": [{"doc": "A", "name": {"vi": "Đơn"}, "kind": "form"}] * 2}, "document_repeated"),
    ],
)
def test_a_curated_record_that_cannot_be_used_says_why(changes, reason):
    reading = read_record(1, _core(**changes))
    assert reading.facts is None
    assert reason in reading.reasons


def test_zero_set_by_somebody_else_is_not_free():
    fee = {"kind": "charge", "amount_vnd": 0, "channel": "online", "set_by": "provincial_people_council"}
    reading = read_record(1, _core(fees=[fee, {"kind": "charge", "amount_vnd": 0, "channel": "direct"}]))
    first, second = reading.facts.content.fees
    assert (first.amount_vnd, first.is_free) == (None, False)
    assert second.is_free
    assert "zero_but_set_by_others" in reading.doubts


def test_a_hundred_for_a_hundred_thousand_is_doubted():
    assert "fee_implausibly_small" in read_record(1, _core(fees=[{"kind": "fee", "amount_vnd": 100}])).doubts


def test_a_placeholder_row_of_a_channel_never_becomes_a_limit():
    channels = [{"method": "online", "qty": 1, "unit": "other", "fees": []}]
    reading = read_record(1, _core(channels=channels))
    assert [str(item.limit) for item in reading.facts.content.time_limits] == ["5 working days"]
    assert "channel_unit_other_left_out" in reading.doubts


def test_where_to_file_in_words_becomes_a_channel():
    document = {"doc": "E", "name": {"vi": "Mẫu điện tử"}, "kind": "eform", "condition": {"vi": "nộp trực tuyến"}}
    (found,) = read_record(1, _core(components=[document])).facts.content.components
    assert found.condition is None
    assert found.is_needed_by(FilingChannel.ONLINE)
    assert not found.is_needed_by(FilingChannel.DIRECT)


def test_what_is_packed_is_unpacked_the_same():
    content = read_record(1, _core(notes_en="A note", results=[{"code": "KQ1", "vi": "Giấy"}])).facts.content
    assert unpack(json.loads(json.dumps(pack(content)))) == content
