"""Days, moments, money and numbers in the words of paper."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.documents.rules import wording


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1_005, "một nghìn không trăm linh năm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"),
        (50_000_000, "năm mươi triệu"),
        (1_000_000_001, "một tỷ không trăm linh một"),
    ],
)
def test_numbers(number: int, words: str) -> None:
    assert wording.spelled_number(number) == words


@given(st.integers(0, 10**15))
def test_every_number_has_words(number: int) -> None:
    words = wording.spelled_number(number)
    assert words == words.strip()
    assert "  " not in words


def test_negative_numbers_have_none() -> None:
    with pytest.raises(ValueError, match="-1"):
        wording.spelled_number(-1)


@pytest.mark.parametrize(
    ("on", "long"),
    [
        (date(2026, 2, 27), "ngày 27 tháng 02 năm 2026"),
        (date(2026, 3, 6), "ngày 06 tháng 3 năm 2026"),
        (date(2026, 11, 1), "ngày 01 tháng 11 năm 2026"),
    ],
)
def test_long_days_have_a_zero_where_the_decree_says(on: date, long: str) -> None:
    assert wording.long_day(on) == long


def test_spelled_days() -> None:
    assert wording.spelled_day(date(1998, 4, 15)) == ("Ngày mười lăm tháng tư năm một nghìn chín trăm chín mươi tám")


def test_moments_are_local() -> None:
    at = wording.moment(datetime(2026, 2, 27, 18, 30, tzinfo=UTC))

    assert at == "2026-02-28T01:30"
    assert wording.long_moment(datetime.fromisoformat(at)) == "01 giờ 30 phút, thứ Bảy, ngày 28 tháng 02 năm 2026"
    assert wording.short_moment(datetime.fromisoformat(at)) == "01:30, 28/02/2026"


def test_money() -> None:
    assert wording.in_dong(1_250_000) == "1.250.000 đ"
    assert wording.spelled_money(50_000) == "Năm mươi nghìn đồng"
