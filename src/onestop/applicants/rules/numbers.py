"""The numbers that identify an applicant: personal identification number, tax code, telephone."""

import re
from dataclasses import dataclass
from datetime import date

import phonenumbers
from stdnum.vn import mst

from onestop.applicants.rules.kinds import Sex
from onestop.errors import Fault

_CODES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042
    044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087
    089 091 092 093 094 095 096
"""
_PROVINCES = frozenset(_CODES.split())
"""Codes of the 63 provinces in which a birth was registered; they stay as they are after mergers."""


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What a personal identification number says of its holder (số định danh cá nhân)."""

    place: str
    sex: Sex
    birth_year: int


def read_personal_id(number: str) -> PersonalNumber | None:
    """Return what 12 digits say: place of registration of birth, sex, year of birth; None if they are not 12 digits.

    Three digits of the province, or the country, of birth registration; one of century and sex (0 male, 1 female in
    the 20th century, 2 and 3 in the 21st, and so on); two of the year; six at random. There is no check digit.
    Source: Decree 137/2015/NĐ-CP, Art 13; Circular 07/2016/TT-BCA, Art 7.
    """
    if not re.fullmatch(r"[0-9]{12}", number):
        return None
    century = int(number[3])
    return PersonalNumber(
        place=number[:3],
        sex=Sex.FEMALE if century % 2 else Sex.MALE,
        birth_year=1900 + 100 * (century // 2) + int(number[4:6]),
    )


def find_personal_id_faults(
    number: str, *, birth_date: date | None = None, sex: Sex = Sex.UNSTATED, field: str = "personal_id"
) -> tuple[Fault, ...]:
    """Return everything wrong with a personal number by itself, and against birth date and sex where these are known.

    Codes: `personal_id.not_12_digits`, `.unknown_place`, `.birth_year` (param `year`), `.sex`. Source: Decree
    137/2015/NĐ-CP, Art 13. Country codes (100 and up) are not checked one by one.
    """
    read = read_personal_id(number)
    if read is None:
        return (Fault(field, "personal_id.not_12_digits"),)
    faults = []
    if read.place not in _PROVINCES and read.place < "100":
        faults.append(Fault(field, "personal_id.unknown_place", {"place": read.place}))
    if birth_date is not None and read.birth_year != birth_date.year:
        faults.append(Fault(field, "personal_id.birth_year", {"year": birth_date.year}))
    if sex is not Sex.UNSTATED and read.sex is not sex:
        faults.append(Fault(field, "personal_id.sex"))
    return tuple(faults)


def find_tax_code_faults(number: str, *, field: str = "tax_code") -> tuple[Fault, ...]:
    """Return what is wrong with a tax code: 10 digits with check digit, 13 for a branch, or 12 of a household business.

    Source: Circular 86/2024/TT-BTC, Art 5 (since 1 July 2025 a household business uses the personal number of its
    representative). Codes: `tax_code.length`, `tax_code.check_digit`, or those of the personal number.
    """
    if re.fullmatch(r"[0-9]{12}", number):
        return find_personal_id_faults(number, field=field)
    if not re.fullmatch(r"[0-9]{10}([0-9]{3})?", number):
        return (Fault(field, "tax_code.length"),)
    return () if mst.is_valid(number) else (Fault(field, "tax_code.check_digit"),)


def normal_number(text: str) -> str:
    """Return a number as typed without spaces, dots and dashes."""
    return re.sub(r"[\s.\-]", "", text)


def normal_phone(text: str) -> str | None:
    """Return a telephone number as `+84...`, or None if it is none; numbers without country are Vietnamese."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
