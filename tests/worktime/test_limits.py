"""Time limits as people and catalogues write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import Invalid
from onestop.worktime.rules import TimeLimit, TimeUnit

COUNTED = [TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.MONTH]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 working days", TimeLimit(5, TimeUnit.WORKING_DAY)),
        ("0.5 working days", TimeLimit(0.5, TimeUnit.WORKING_DAY)),
        ("8 working hours", TimeLimit(8, TimeUnit.WORKING_HOUR)),
        ("1 hour", TimeLimit(1, TimeUnit.WORKING_HOUR)),
        ("۲۰ days", TimeLimit(20, TimeUnit.DAY)),
        ("20 days", TimeLimit(20, TimeUnit.DAY)),
        ("1 months", TimeLimit(1, TimeUnit.MONTH)),
        ("  1   MONTH ", TimeLimit(1, TimeUnit.MONTH)),
        ("same day", TimeLimit(0, TimeUnit.SAME_DAY)),
        ("other", TimeLimit(0, TimeUnit.OTHER)),
    ],
)
def test_reads(text: str, limit: TimeLimit) -> None:
    assert TimeLimit.parse(text) == limit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "days",
        "five days",
        "5 weeks",
        "-1 days",
        "5working days",
        "5 same day",
        "1e3 days",
        "5 days 3 hours",
    ],
)
def test_does_not_guess(text: str) -> None:
    with pytest.raises(Invalid, match=r"limit\.unreadable"):
        TimeLimit.parse(text)


@pytest.mark.parametrize(
    ("quantity", "unit", "code"),
    [
        (0, TimeUnit.DAY, "limit.not_positive"),
        (-1, TimeUnit.DAY, "limit.not_positive"),
        (math.nan, TimeUnit.DAY, "limit.not_positive"),
        (math.inf, TimeUnit.WORKING_DAY, "limit.not_positive"),
        (1_000_000, TimeUnit.WORKING_DAY, "limit.not_positive"),
        (1.5, TimeUnit.MONTH, "limit.part_of_a_month"),
        (3, TimeUnit.SAME_DAY, "limit.not_counted"),
    ],
)
def test_quantities_that_cannot_be_counted(quantity: float, unit: TimeUnit, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        TimeLimit(quantity, unit)
    assert caught.value.faults[0].code == code


def test_the_words_of_a_catalogue() -> None:
    assert TimeLimit.of(5, "working_day") == TimeLimit(5, TimeUnit.WORKING_DAY)
    assert TimeLimit.of(1, "hour") == TimeLimit(1, TimeUnit.WORKING_HOUR)
    assert TimeLimit.of(2.5, "day") == TimeLimit(2.5, TimeUnit.DAY)
    assert TimeLimit.of(None, "same_day") == TimeLimit.same_day()
    assert TimeLimit.of(1, "other") == TimeLimit(0, TimeUnit.OTHER)
    with pytest.raises(Invalid, match="not_positive"):
        TimeLimit.of(None, "day")
    with pytest.raises(Invalid, match="unreadable"):
        TimeLimit.of(1, "fortnight")


@given(st.sampled_from(COUNTED), st.integers(1, 9999))
def test_what_is_written_can_be_read(unit: TimeUnit, quantity: int) -> None:
    assert TimeLimit.parse(str(TimeLimit(quantity, unit))) == TimeLimit(quantity, unit)
    assert str(TimeLimit(1, TimeUnit.WORKING_DAY)) == "1 working day"
