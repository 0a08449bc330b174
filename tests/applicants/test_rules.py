"""Numbers, names, registration and representation, by rule."""

import csv
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.applicants.rules import (
    ApplicantKind,
    Particulars,
    RepresentationGround,
    Sex,
    find_applicant_faults,
    find_identity_conflicts,
    find_personal_id_faults,
    find_representation_faults,
    find_tax_code_faults,
    fold,
    normal_phone,
    normalise,
    read_personal_id,
    sort_key,
)

ON = date(2026, 3, 2)
T0 = datetime(2026, 3, 2, tzinfo=UTC)
with (Path(__file__).parent / "personal_ids.csv").open(encoding="utf-8") as table:
    EXAMPLES = list(csv.DictReader(table))


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['number']}-{row['faults'] or 'good'}")
def test_personal_numbers_of_the_table(row: dict[str, str]) -> None:
    faults = find_personal_id_faults(
        row["number"],
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        sex=Sex(row["sex"] or "unstated"),
    )
    assert ";".join(fault.code for fault in faults) == row["faults"]


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.sampled_from([Sex.MALE, Sex.FEMALE]), st.integers(0, 999999))
def test_a_number_made_by_the_decree_is_good_and_tells_year_and_sex(birth: date, sex: Sex, tail: int) -> None:
    century = 2 * (birth.year // 100 - 19) + (sex is Sex.FEMALE)
    number = f"022{century}{birth.year % 100:02}{tail:06}"
    assert find_personal_id_faults(number, birth_date=birth, sex=sex) == ()
    read = read_personal_id(number)
    assert read is not None
    assert (read.place, read.sex, read.birth_year) == ("022", sex, birth.year)
    other = Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE
    assert [fault.code for fault in find_personal_id_faults(number, sex=other)] == ["personal_id.sex"]


@given(st.text(max_size=20))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert (read_personal_id(text) is None) == (
        [fault.code for fault in find_personal_id_faults(text)] == ["personal_id.not_12_digits"]
    )
    find_tax_code_faults(text)
    normal_phone(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("0100233488", []),
        ("0314409058002", []),
        ("022195004321", []),  # a household business: the personal number of its representative
        ("0100233480", ["tax_code.check_digit"]),
        ("12345", ["tax_code.length"]),
        ("003195004321", ["personal_id.unknown_place"]),
    ],
)
def test_tax_codes(number: str, codes: list[str]) -> None:
    assert [fault.code for fault in find_tax_code_faults(number)] == codes


def test_people_are_sorted_by_given_name_letters_before_tones() -> None:
    names = ["Trần Văn An", "Lê Thị Ân", "Nguyễn Ánh", "Đỗ Bình", "Phạm Dũng", "Vũ Đạt", "Ngô Thị Ba", "Ngô Thị Bà"]
    assert sorted(names, key=lambda name: sort_key(name, is_person=True)) == [
        "Trần Văn An",
        "Nguyễn Ánh",
        "Lê Thị Ân",
        "Ngô Thị Ba",
        "Ngô Thị Bà",
        "Đỗ Bình",
        "Phạm Dũng",
        "Vũ Đạt",
    ]
    assert sort_key("Công ty An Phát", is_person=False) < sort_key("Công ty Bình Minh", is_person=False)


@given(st.text(max_size=300))
def test_sort_keys_are_plain_in_any_normal_form(name: str) -> None:
    composed = sort_key(unicodedata.normalize("NFC", name), is_person=True)
    assert composed == sort_key(unicodedata.normalize("NFD", name), is_person=True)
    assert len(composed) <= 250


def test_names_are_found_without_accents() -> None:
    assert fold("  Đỗ  Thị-LAN ") == "do thi lan"
    assert fold(unicodedata.normalize("NFD", "Nguyễn Thị Hồng Ánh")) == "nguyen thi hong anh"


def test_everything_wrong_with_a_registration_is_named_at_once() -> None:
    given_ = normalise(
        Particulars(
            kind=ApplicantKind.CITIZEN,
            name=" 123 ",
            birth_date=date(2027, 1, 1),
            phone="abc",
            email="nobody",
            nationality="Việt Nam",
            tax_code="1",
        )
    )
    assert {fault.code for fault in find_applicant_faults(given_, on=ON)} == {
        "applicant.no_name",
        "tax_code.length",
        "phone.malformed",
        "email.malformed",
        "nationality.malformed",
        "birth_date.in_the_future",
    }
    business = Particulars(kind=ApplicantKind.BUSINESS, name="Công ty A", personal_id="022195004321")
    assert [fault.code for fault in find_applicant_faults(business, on=ON)] == [
        "personal_id.not_a_citizen",
        "tax_code.missing",
    ]
    nobody = Particulars(kind=ApplicantKind.CITIZEN, name="Lan")
    assert [fault.code for fault in find_applicant_faults(nobody, on=ON)] == ["personal_id.missing"]
    foreigner = Particulars(kind=ApplicantKind.CITIZEN, name="Jean", nationality="FR", birth_date=date(1990, 1, 1))
    assert find_applicant_faults(foreigner, on=ON) == ()


def test_particulars_are_brought_into_one_form() -> None:
    given_ = normalise(
        Particulars(
            kind=ApplicantKind.CITIZEN,
            name=unicodedata.normalize("NFD", " Nguyễn  Thị Lan "),
            personal_id="022 195 004 321",
            phone="0912 345 678",
            email=" LAN@example.VN ",
        )
    )
    assert (given_.name, given_.personal_id) == ("Nguyễn Thị Lan", "022195004321")
    assert (given_.phone, given_.email) == ("+84912345678", "lan@example.vn")
    assert normalise(given_) == given_


def test_another_name_under_the_same_number_is_a_conflict() -> None:
    lan = Particulars(kind=ApplicantKind.CITIZEN, name="Nguyễn Thị Lan", birth_date=date(1995, 4, 12), sex=Sex.FEMALE)
    assert find_identity_conflicts(lan, Particulars(kind=ApplicantKind.CITIZEN, name="NGUYEN THI LAN")) == ()
    other = Particulars(kind=ApplicantKind.BUSINESS, name="Lan", birth_date=date(1995, 4, 13), sex=Sex.MALE)
    assert [fault.code for fault in find_identity_conflicts(lan, other)] == [
        "applicant.other_kind",
        "applicant.other_name",
        "applicant.other_birth_date",
        "applicant.other_sex",
    ]


CITIZEN, BUSINESS = ApplicantKind.CITIZEN, ApplicantKind.BUSINESS
AUTHORISATION, LEGAL, PARENT = (
    RepresentationGround.AUTHORISATION,
    RepresentationGround.LEGAL_REPRESENTATIVE,
    RepresentationGround.PARENT,
)


@pytest.mark.parametrize(
    ("ground", "principal", "representative", "document", "codes"),
    [
        (LEGAL, BUSINESS, CITIZEN, "", []),
        (PARENT, CITIZEN, CITIZEN, "", []),
        (AUTHORISATION, CITIZEN, CITIZEN, "GUQ-1", []),
        (AUTHORISATION, CITIZEN, CITIZEN, " ", ["representation.no_document"]),
        (LEGAL, CITIZEN, CITIZEN, "", ["representation.not_a_legal_person"]),
        (PARENT, BUSINESS, BUSINESS, "", ["representation.by_a_person_only", "representation.not_a_citizen"]),
    ],
)
def test_who_may_act_for_whom(
    ground: RepresentationGround,
    principal: ApplicantKind,
    representative: ApplicantKind,
    document: str,
    codes: list[str],
) -> None:
    faults = find_representation_faults(
        ground=ground,
        principal=principal,
        representative=representative,
        is_same=False,
        valid_from=T0,
        valid_until=None,
        document_number=document,
    )
    assert [fault.code for fault in faults] == codes


def test_nobody_represents_oneself_nor_backwards_in_time() -> None:
    faults = find_representation_faults(
        ground=PARENT,
        principal=CITIZEN,
        representative=CITIZEN,
        is_same=True,
        valid_from=T0,
        valid_until=T0 - timedelta(days=1),
        document_number="",
    )
    assert [fault.code for fault in faults] == ["representation.of_oneself", "representation.ends_before_it_begins"]
