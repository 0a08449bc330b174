"""Whose signature it is, and which of several to show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.dossiers.rules.own_signatures import (
    Match,
    Outcome,
    OwnSignature,
    Person,
    is_in_future,
    looks_signed,
    match_signer,
    nearest,
)

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
LAN = Person("Nguyễn Thị Lan", ("022195004321",))
FILER = Person("Trần Văn Bình")
FOUND = OwnSignature(Outcome.HOLDS, Match.NUMBER, "Nguyễn Thị Lan", AT, True, ())


@pytest.mark.parametrize(
    ("signer", "match"),
    [
        (Person("Nguyễn Thị Lan", ("CCCD:022195004321",)), Match.NUMBER),
        (Person("NGUYEN THI LAN", ("IDCVN-022195004321",)), Match.NUMBER),
        (Person("Nguyễn Thị Lan"), Match.NAME),
        (Person("NGUYỄN  THỊ LAN"), Match.NAME),
        (Person("Nguyễn Thị Lan", ("CMND:012345678",)), Match.NAME),  # an old number of nine digits says nothing
        (Person("Nguyễn Thị Lan", ("CCCD:022195009999",)), Match.OTHER),  # a namesake
        (Person("Trần Văn Bình", ("CCCD:022088001234",)), Match.FILER),
        (Person("Nguyen Thi Lan"), Match.OTHER),
        (Person(""), Match.OTHER),
        (Person("", ("CCCD:0221950043210",)), Match.OTHER),
    ],
)
def test_whose_it_is(signer: Person, match: Match) -> None:
    assert match_signer(signer, applicant=LAN, filer=FILER) is match


def test_without_anything_known_nobody_matches() -> None:
    assert match_signer(Person(""), applicant=Person(""), filer=Person("")) is Match.OTHER


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_a_number_decides_over_the_name(theirs: int, ours: int) -> None:
    applicant = Person("Nguyễn Thị Lan", (f"{ours:012}",))
    found = match_signer(Person("Nguyễn Thị Lan", (f"CCCD:{theirs:012}",)), applicant=applicant, filer=FILER)
    assert (found is Match.NUMBER) == (theirs == ours)
    assert found in {Match.NUMBER, Match.OTHER}


def test_of_several_the_applicants_is_shown_and_the_good_before_the_bad() -> None:
    other, bad = replace(FOUND, match=Match.OTHER), replace(FOUND, outcome=Outcome.FAILS)
    assert nearest([other, bad, FOUND]) is FOUND
    assert nearest([other, bad]) is bad


def test_clocks_may_differ_a_little() -> None:
    assert not is_in_future(AT + timedelta(minutes=5), AT)
    assert is_in_future(AT + timedelta(minutes=6), AT)
    assert not is_in_future(None, AT)


def test_the_journal_keeps_nobodys_name() -> None:
    assert "Lan" not in str(FOUND.facts())
    assert FOUND.kept()["signer"] == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("data", "media_type", "signed"),
    [
        (b"%PDF-1.7 .. /ByteRange [0 1 2 3]", "application/pdf", True),
        (b"%PDF-1.7 plain", "application/pdf", False),
        (b'<a xmlns:d="http://www.w3.org/2000/09/xmldsig#"/>', "application/xml", True),
        (b"<a/>", "application/xml", False),
        (b"0...", "application/pkcs7-signature", True),
        (b"/ByteRange", "image/png", False),
    ],
)
def test_a_quick_look(data: bytes, media_type: str, signed: bool) -> None:
    assert looks_signed(data, media_type) is signed
