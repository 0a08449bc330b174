"""Answers to forms: what is wrong is named, all of it, and what is right is left alone."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.catalogue.queries import option_lists, read_data
from onestop.catalogue.rules.forms import (
    FieldType,
    complete_answers,
    date_in_words,
    find_faults,
    prefill,
    read_form,
    read_personal_number,
    validate_answers,
    visible_fields,
)
from onestop.errors import Invalid

RECORDS = {record["id"]: record for record in json.loads(read_data("forms.json"))["forms"]}
FORMS = {code: read_form(record, lists=option_lists()) for code, record in RECORDS.items()}
TODAY = date(2026, 3, 10)
LAN = "022195004321"
BIRTH = {
    "applicant_name": "Nguyễn Thị Lan",
    "applicant_birth_date": "1995-04-12",
    "applicant_id_kind": "Thẻ căn cước",
    "applicant_id_no": LAN,
    "relationship": "Mẹ",
    "child_name": "Nguyễn Gia Bảo An",
    "child_birth_date": "2026-02-27",
    "child_sex": "Nữ",
    "child_ethnic": "Kinh",
    "child_nationality": "VN",
    "child_birth_place": "Bệnh viện Sản Nhi Quảng Ninh",
    "child_origin": "Quảng Ninh",
    "mother_name": "Nguyễn Thị Lan",
    "mother_birth_year": "1995",
    "mother_pin": LAN,
    "copies_wanted": "Không",
}


def faults(code, answers, on=TODAY):
    return {(fault.field, fault.code) for fault in validate_answers(FORMS[code], answers, on=on)}


def test_right_answers_have_no_faults():
    assert faults("F-BIRTH-2024", BIRTH) == set()


def test_every_missing_field_is_named_at_once():
    missing = faults("F-BIRTH-2024", {})
    required = {item.key for item in FORMS["F-BIRTH-2024"].fields if item.required and item.is_asked}
    assert missing == {(key, "field.required") for key in required - {"child_nationality"}} | {
        ("mother_name", "section.at_least_one")
    }


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("child_birth_date", "2026-02-30", "field.not_a_date"),
        ("child_birth_date", "hôm qua", "field.not_a_date"),
        ("child_birth_date", "2026-03-11", "field.in_the_future"),
        ("child_sex", "Khác", "field.not_a_choice"),
        ("child_nationality", "ZZ", "field.not_a_choice"),
        ("applicant_id_no", "12345", "field.personal_number"),
        ("applicant_id_no", "022199004321", "field.personal_number_other_year"),
        ("mother_pin", "022095004321", "field.personal_number_other_sex"),
        ("mother_pin", "022295004321", "field.personal_number_other_year"),
        ("child_name", 5, "field.not_text"),
        ("child_name", "x" * 501, "field.too_long"),
        ("surprise", "x", "field.unknown"),
    ],
)
def test_a_wrong_answer_is_named(field, value, code):
    assert faults("F-BIRTH-2024", BIRTH | {field: value}) == {(field, code)}


def test_a_passport_number_is_no_personal_number():
    assert faults("F-BIRTH-2024", BIRTH | {"applicant_id_kind": "Hộ chiếu", "applicant_id_no": "C1234567"}) == set()


def test_a_parent_is_enough_but_one_is_needed():
    alone = {key: value for key, value in BIRTH.items() if not key.startswith("mother_")}
    assert faults("F-BIRTH-2024", alone) == {("mother_name", "section.at_least_one")}
    assert faults("F-BIRTH-2024", alone | {"father_name": "Trần Văn Bình"}) == set()


def test_hidden_fields_are_neither_asked_nor_kept():
    form = FORMS["F-BIRTH-2024"]
    assert "copies_count" not in {item.key for item in visible_fields(form, BIRTH)}
    assert "copies_count" in {item.key for item in visible_fields(form, BIRTH | {"copies_wanted": "Có"})}
    assert "copies_count" not in complete_answers(form, BIRTH | {"copies_count": "3"})


def test_a_hidden_section_is_hidden_whole():
    hidden = {item.key for item in visible_fields(FORMS["F-HKD"], {"founder": "Cá nhân"})}
    shown = {item.key for item in visible_fields(FORMS["F-HKD"], {"founder": "Các thành viên hộ gia đình"})}
    assert shown - hidden == {"members"}


def test_the_date_in_words_is_derived_whatever_was_typed():
    kept = complete_answers(FORMS["F-BIRTH-2024"], BIRTH | {"child_birth_date_words": "Ngày mai"})
    assert kept["child_birth_date_words"] == "Ngày hai mươi bảy tháng hai năm hai nghìn không trăm hai mươi sáu"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1995-04-12", "Ngày mười hai tháng tư năm một nghìn chín trăm chín mươi lăm"),
        ("2000-10-21", "Ngày hai mươi mốt tháng mười năm hai nghìn"),
        ("2005-01-05", "Ngày năm tháng một năm hai nghìn không trăm linh năm"),
        ("2015-11-15", "Ngày mười lăm tháng mười một năm hai nghìn không trăm mười lăm"),
        ("1984-12-24", "Ngày hai mươi tư tháng mười hai năm một nghìn chín trăm tám mươi tư"),
        ("1900-03-30", "Ngày ba mươi tháng ba năm một nghìn chín trăm"),
    ],
)
def test_dates_in_words(day, words):
    assert date_in_words(date.fromisoformat(day)) == words


def test_answers_as_typed_are_brought_into_shape():
    typed = {
        "child_birth_date": "27/2/2026",
        "child_name": "  Nguyễn   Gia Bảo An ",
        "child_nationality": "Việt Nam",
        "applicant_birth_date": "12/04/1995",
    }
    assert faults("F-BIRTH-2024", BIRTH | typed) == set()
    kept = complete_answers(FORMS["F-BIRTH-2024"], BIRTH | typed)
    assert kept["child_birth_date"] == "2026-02-27"
    assert kept["child_name"] == "Nguyễn Gia Bảo An"
    assert kept["child_nationality"] == "VN"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("150.000.000", 150_000_000), ("120,5", 120.5), ("1.500", 1500), ("7", 7), ("-3", -3), ("ba", "ba"), ("1.5", 1.5)],
)
def test_numbers_are_read_as_vietnamese_writes_them(typed, number):
    assert complete_answers(FORMS["F-GPXD-2024"], {"area": typed})["area"] == number


def test_numbers_that_are_none_or_negative_are_named():
    found = faults("F-GPXD-2024", {"area": "rộng", "height": -1})
    assert {("area", "field.not_a_number"), ("height", "field.negative")} <= found


def test_phone_mail_site_and_tax_code_are_checked():
    company = {"phone": "12", "email": "a@b", "website": "không có"}
    assert {("phone", "field.phone"), ("email", "field.email"), ("website", "field.url")} <= faults("F-HKD", company)
    assert ("employer_tax_code", "field.tax_code") in faults("F-WORKPERMIT", {"employer_tax_code": "5700123456"})
    right = faults("F-WORKPERMIT", {"employer_tax_code": "5700123454", "employer_phone": "0203 3666 777"})
    assert not {field for field, _ in right} & {"employer_tax_code", "employer_phone"}


def test_a_list_that_hangs_on_another_waits_for_it():
    assert ("owner_commune", "field.choose_first") in faults("F-HKD", {"owner_commune": "Phường Hồng Gai"})


def test_cells_of_a_table_are_named_by_row():
    rows = [
        {"name": "Trần An", "pin": "022095004321", "sex": "Nữ", "birth_date": "1995-01-01"},
        {"name": "Trần Bình", "birth_date": "ngày mai", "shoe": 42},
    ]
    assert {
        ("members.1.pin", "field.personal_number_other_sex"),
        ("members.2.birth_date", "field.not_a_date"),
        ("members.2.shoe", "field.unknown"),
    } <= faults("F-CT01-2025", {"members": rows})
    assert ("members", "field.not_a_table") in faults("F-CT01-2025", {"members": "không"})


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("2002-09", "2026-06")], set()),
        ([("2002-09", "2010-05"), ("2010-06", "2026-06")], set()),
        ([("2002-09", "2010-05"), ("2010-08", "2026-06")], {"table.gap"}),
        ([("2005-01", "2026-06")], {"table.starts_late"}),
        ([("2026-06", "2002-09")], {"table.backwards", "table.starts_late"}),
        ([("2002-09", "2020-01"), ("2005-01", "2006-01"), ("2020-02", "2026-01")], set()),
    ],
)
def test_a_history_of_residence_has_no_gap_from_the_age_of_fourteen(rows, codes):
    answers = {
        "birth_date": "1988-09-03",
        "history": [{"from": start, "to": until, "place": "Cẩm Phả"} for start, until in rows],
    }
    assert {code for field, code in faults("F-LLTP-2013", answers) if field == "history"} == codes


def test_what_is_known_is_filled_in_beforehand():
    facts = {"account.full_name": "Nguyễn Thị Lan", "account.pin": LAN, "account.birth_date": "12/04/1995"}
    known = prefill(FORMS["F-BIRTH-2024"], facts)
    assert known["applicant_name"] == "Nguyễn Thị Lan"
    assert known["applicant_birth_date"] == "1995-04-12"
    assert known["child_nationality"] == "VN"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("022195004321", ("022", "Nữ", 1995)),
        ("022088001234", ("022", "Nam", 1988)),
        ("022301002468", ("022", "Nữ", 2001)),
        ("001226000001", ("001", "Nam", 2026)),
        ("001999000001", ("001", "Nữ", 2399)),
    ],
)
def test_what_a_personal_number_says(number, said):
    found = read_personal_number(number)
    assert (found.place, found.sex, found.birth_year) == said


@given(st.text(max_size=14))
def test_only_twelve_digits_are_a_personal_number(text):
    assert (read_personal_number(text) is not None) == (len(text) == 12 and text.isascii() and text.isdigit())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "birth"}, "form_code_malformed"),
        ({"title": {"en": "x"}}, "title_missing"),
        ({"procedures": ["1.1"]}, "procedure_code_malformed"),
        ({"sections": []}, "form_without_fields"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(change, reason):
    record = RECORDS["F-BIRTH-2024"] | change
    assert reason in find_faults(record)
    with pytest.raises(Invalid):
        read_form(record)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "hologram"}, "field_type_unknown"),
        ({"pattern": "[0-9"}, "pattern_broken"),
        ({"show_if": "nobody=x"}, "condition_on_unknown_field"),
        ({"key": ""}, "field_key_missing"),
        ({"label": {"en": "x"}}, "label_missing"),
    ],
)
def test_a_field_that_cannot_be_used_makes_the_form_unusable(change, reason):
    field = {"key": "a", "label": {"vi": "A"}, "type": "text"} | change
    assert reason in find_faults(RECORDS["F-BIRTH-2024"] | {"sections": [{"legend": {"vi": "A"}, "fields": [field]}]})


def test_every_field_is_named_in_three_languages_and_every_list_is_filled():
    for form in FORMS.values():
        for item in form.fields:
            assert set(item.label) == {"vi", "en", "ur"}, (form.code, item.key)
            if item.type in {FieldType.SELECT, FieldType.RADIO} and item.list_name != "communes":
                assert item.options, (form.code, item.key)
            if item.default and item.options:
                assert item.default in {option.value for option in item.options}, (form.code, item.key)


def test_option_lists_have_the_numbers_the_law_says():
    lists = option_lists()
    assert len(lists["ethnic_groups"]) == 55  # 54 and foreigners
    assert len(lists["provinces"]) == 34
    assert lists["countries"][0]["value"] == "VN"
    assert len(lists["countries"]) > 240


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_whatever_is_typed_the_check_answers_and_only_names_what_it_knows(code, data):
    form = FORMS[code]
    keys = data.draw(st.lists(st.sampled_from([item.key for item in form.fields]), max_size=8))
    answers = {key: data.draw(ANYTHING) for key in keys}
    known = {item.key for item in form.fields}
    for fault in validate_answers(form, answers, on=TODAY):
        assert fault.field.split(".")[0] in known
        assert fault.code.split(".")[0] in {"field", "table", "section"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_wrong_answer_never_hides_another(data):
    gone = data.draw(st.sets(st.sampled_from(["child_name", "child_origin", "relationship", "applicant_name"])))
    answers = {key: value for key, value in BIRTH.items() if key not in gone} | {"child_sex": "x"}
    assert faults("F-BIRTH-2024", answers) == {(key, "field.required") for key in gone} | {
        ("child_sex", "field.not_a_choice")
    }
