"""What comes over the border."""

import unicodedata

from onestop.web.base.texts import clean


def test_both_forms_of_vietnamese_become_one() -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Đào")
    assert apart != "Nguyễn Thị Đào"
    assert clean(apart, 100) == "Nguyễn Thị Đào"


def test_what_no_keyboard_makes_is_dropped_and_lines_are_kept() -> None:
    assert clean(" a\x00b\r\nc\x07\t d ", 100) == "ab\nc\t d"
    assert clean("abcdef", 3) == "abc"
