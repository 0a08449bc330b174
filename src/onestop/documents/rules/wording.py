"""How days, moments, money and numbers are worded on a Vietnamese paper.

This is the text of legal forms, not interface language: a receipt for an English reader says the same words.
Source: Decree 30/2020/NĐ-CP, Annex I, II.4: days below 10 and the months 1 and 2 are written with a leading 0.
"""

from datetime import date, datetime
from typing import NewType
from zoneinfo import ZoneInfo

from onestop.worktime.rules import TimeLimit, TimeUnit

Day = NewType("Day", str)
"""A day as ISO 8601, `2026-02-27`; made by `day`."""
Moment = NewType("Moment", str)
"""A local moment as ISO 8601 without zone, `2026-02-27T16:30`; made by `moment`."""
Money = NewType("Money", int)
"""An amount in đồng."""

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ")


def day(on: date) -> Day:
    """Return a day as it is handed to a paper."""
    return Day(on.isoformat())


def moment(at: datetime) -> Moment:
    """Return an aware moment as it is handed to a paper: local, to the minute."""
    return Moment(at.astimezone(PROVINCE_ZONE).strftime("%Y-%m-%dT%H:%M"))


def long_day(on: date) -> str:
    """`ngày 27 tháng 02 năm 2026`."""
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def short_day(on: date) -> str:
    """`27/02/2026`."""
    return f"{on:%d/%m/%Y}"


def spelled_day(on: date) -> str:
    """`Ngày hai mươi bảy tháng hai năm hai nghìn không trăm hai mươi sáu`, as on a birth certificate."""
    month = "tư" if on.month == 4 else spelled_number(on.month)
    return f"Ngày {spelled_number(on.day)} tháng {month} năm {spelled_number(on.year)}"


def long_moment(at: datetime) -> str:
    """`16 giờ 30 phút, thứ Sáu, ngày 27 tháng 02 năm 2026`."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút, {_WEEKDAYS[at.weekday()]}, {long_day(at.date())}"


def short_moment(at: datetime) -> str:
    """`16:30, 27/02/2026`."""
    return f"{at:%H:%M}, {short_day(at.date())}"


def in_dong(amount: int) -> str:
    """`1.250.000 đ`."""
    return f"{amount:,} đ".replace(",", ".")


def spelled_money(amount: int) -> str:
    """`Một triệu hai trăm năm mươi nghìn đồng`."""
    words = spelled_number(amount)
    return f"{words[:1].upper()}{words[1:]} đồng"


def spelled_number(number: int) -> str:
    """Return a whole number from 0 in words, with the sound changes of speech (mốt, lăm, mươi, linh)."""
    if number < 0:
        raise ValueError(number)
    if number == 0:
        return _DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    top = len(groups) - 1
    spoken = [
        _spelled_group(group, full=scale != top) + _SCALES[scale]
        for scale, group in reversed(tuple(enumerate(groups)))
        if group
    ]
    return " ".join(spoken)


def _spelled_group(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and ones:
        words.append(f"linh {_DIGITS[ones]}" if words else _DIGITS[ones])
    elif tens:
        words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
        words.append(_ones_after_tens(ones, tens))
    return " ".join(word for word in words if word)


def _ones_after_tens(ones: int, tens: int) -> str:
    if ones == 0:
        return ""
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 else _DIGITS[ones]


_UNITS = {
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.MONTH: "tháng",
}


def time_limit(limit: TimeLimit) -> str:
    """`03 ngày làm việc`, `trong ngày`: a time limit as a slip says it."""
    if limit.unit not in _UNITS:
        return "trong ngày" if limit.unit is TimeUnit.SAME_DAY else "theo quy định"
    whole = int(limit.quantity)
    number = f"{whole:02d}" if whole == limit.quantity else f"{limit.quantity:g}".replace(".", ",")
    return f"{number} {_UNITS[limit.unit]}"
