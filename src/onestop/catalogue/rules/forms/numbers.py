"""Numbers that carry meaning: the personal identification number; and dates in Vietnamese words."""

import re
from dataclasses import dataclass
from datetime import date

SEXES = ("Nam", "Nữ")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What a personal identification number says: place of registration (its code), sex, year of birth."""

    place: str
    sex: str
    birth_year: int


def read_personal_number(number: str) -> PersonalNumber | None:
    """Read a personal identification number (số định danh cá nhân); None if it does not have twelve digits.

    Three digits of the province or country of birth registration, one of century and sex (20th century: 0 male,
    1 female; 21st: 2, 3; up to the 24th: 8, 9), two of the year of birth, six at random.
    Source: Decree 137/2015/NĐ-CP Art 13; Circular 59/2021/TT-BCA Art 4 (Decree 70/2024/NĐ-CP keeps the structure).
    """
    if not re.fullmatch(r"[0-9]{12}", number):
        return None
    century, sex = divmod(int(number[3]), 2)
    return PersonalNumber(number[:3], SEXES[sex], 1900 + 100 * century + int(number[4:6]))


def date_in_words(day: date) -> str:
    """Return a date in Vietnamese words, as civil status papers write it.

    >>> date_in_words(date(2026, 2, 27))
    'Ngày hai mươi bảy tháng hai năm hai nghìn không trăm hai mươi sáu'
    """
    month = "tư" if day.month == 4 else _below_hundred(day.month)
    return f"Ngày {_below_hundred(day.day)} tháng {month} năm {_year(day.year)}"


def _year(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    if not rest:
        return f"{_DIGITS[thousands]} nghìn"
    hundreds, tail = divmod(rest, 100)
    words = f"{_DIGITS[thousands]} nghìn {_DIGITS[hundreds]} trăm"
    if not tail:
        return words
    return f"{words} {'linh ' + _DIGITS[tail] if tail < 10 else _below_hundred(tail)}"


def _below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return _DIGITS[unit]
    start = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not unit:
        return start
    last = {1: "một" if tens == 1 else "mốt", 4: "bốn" if tens == 1 else "tư", 5: "lăm"}.get(unit, _DIGITS[unit])
    return f"{start} {last}"
