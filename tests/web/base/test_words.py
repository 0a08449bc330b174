"""Moments, spans, money and shares in three languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from onestop.web.base.moments import LRI, PDI, day_word, moment_word, working_time_word
from onestop.web.base.numbers import money_word, number_word, share_word, size_word
from onestop.web.base.templatetags.words import name_language, named

AT = datetime(2026, 2, 27, 9, 30, tzinfo=UTC)


@dataclass
class Left:
    late: bool
    days: int = 0
    hours: int = 0
    minutes: int = 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "16:30, Thứ Sáu 27/02/2026"),
        ("en", "16:30, Friday 27/02/2026"),
        ("ur", f"جمعہ {LRI}27/02/2026{PDI}، {LRI}16:30{PDI}"),
    ],
)
def test_moments_name_the_weekday_in_local_time(language: str, words: str) -> None:
    with override(language):
        assert moment_word(AT) == words


def test_a_moment_late_in_the_evening_belongs_to_the_next_local_day() -> None:
    with override("vi"):
        assert moment_word(datetime(2026, 2, 27, 17, 30, tzinfo=UTC)).startswith("00:30, Thứ Bảy 28/02")
        assert day_word(date(2026, 3, 1)) == "Chủ Nhật 01/03/2026"


@pytest.mark.parametrize(
    ("left", "vi", "en"),
    [
        (Left(False, 2, 3), "Còn 2 ngày 3 giờ", "2 days 3 hours left"),
        (Left(False, 1), "Còn 1 ngày", "1 day left"),
        (Left(False, 0, 0, 20), "Còn 20 phút", "20 minutes left"),
        (Left(True, 1), "Quá hạn 1 ngày", "Overdue by 1 day"),
        (Left(True), "Quá hạn", "Overdue"),
        (Left(False), "Đến hạn", "Due now"),
        (None, "Chưa có hạn", "No due date"),
    ],
)
def test_time_left_in_words(left: Left | None, vi: str, en: str) -> None:
    with override("vi"):
        assert working_time_word(left) == vi
    with override("en"):
        assert working_time_word(left) == en


def test_numbers_follow_the_language() -> None:
    with override("vi"):
        assert number_word(314781) == "314.781"
        assert money_word(150_000) == "150.000 đ"
        assert money_word(0) == "Miễn phí"
        assert share_word(0.991) == "99,1\u00a0%"
        assert size_word(1_468_006) == "1,4 MB"
    with override("en"):
        assert number_word(1234.5, 1) == "1,234.5"
    with override("ur"):
        assert "ڈونگ" in money_word(150_000)
        assert share_word(None) == "–"


def test_names_fall_back_to_vietnamese_and_say_so() -> None:
    both, one = {"vi": "Sở Tư pháp", "en": "Department of Justice"}, {"vi": "Phường Hồng Gai"}
    with override("en"):
        assert (named(both), name_language(both)) == ("Department of Justice", "en")
        assert (named(one), name_language(one)) == ("Phường Hồng Gai", "vi")
