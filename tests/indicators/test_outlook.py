"""Reached, at risk, slow, no data: the worked examples, and the days named found again by counting day by day."""

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.indicators.rules.outlook import Judgement, Pace, Standing, judge

EXAMPLES = list(
    csv.DictReader(Path(__file__).with_name("data").joinpath("outlooks.csv").read_text("utf-8").splitlines())
)
END = date(2027, 1, 1)
COUNTED = st.integers(0, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
PACES = st.integers(10, 90).flatmap(lambda whole: st.builds(Pace, st.integers(0, whole), st.just(whole), st.just(30)))
TARGETS = st.fractions(0, 1, max_denominator=100)


def pace(text: str) -> Pace | None:
    """Read `40/50 in 91`."""
    if not text:
        return None
    counted, days = text.split(" in ")
    numerator, denominator = counted.split("/")
    return Pace(int(numerator), int(denominator), int(days))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda item: item["what"])
def test_worked_examples(example: dict[str, str]) -> None:
    numerator, denominator = map(int, example["now"].split("/"))
    target = Fraction(int(example["target"]), 100)
    on = date.fromisoformat(example["on"])
    got = judge(numerator, denominator, target, pace(example["pace"]), today=on, until=END)
    assert got.standing == example["standing"]
    assert (f"{float(got.forecast):.1f}" if got.forecast is not None else "") == example["forecast"]
    assert (got.missed_on.isoformat() if got.missed_on else "") == example["missed_on"]
    crosses = got.outlook.crosses_on if got.outlook else None
    assert (crosses.isoformat() if crosses else "") == example["crosses_on"]
    assert got.gap == (None if got.percent is None else got.percent - 100 * target)


@given(COUNTED, PACES, TARGETS, st.integers(1, 180))
def test_the_days_named_are_those_one_finds_by_counting(
    now: tuple[int, int], pace: Pace, target: Fraction, left: int
) -> None:
    on = END - timedelta(days=left)
    got = judge(*now, target, pace, today=on, until=END)
    if got.outlook is None:
        assert not now[1]
        return
    crossed, lost = counted_days(now, pace, target, on, left)
    assert (got.outlook.crosses_on if got.outlook.crosses_in_period else None) == crossed
    assert got.missed_on == (crossed if got.outlook.falls else lost)
    assert got.outlook.crosses_in_period == (got.standing is Standing.AT_RISK)
    if got.standing is Standing.SLOW:
        assert got.missed_on is not None
    for day, is_later in ((got.outlook.earliest, False), (got.outlook.latest, True)):
        if day is not None and got.outlook.crosses_on is not None:
            assert day == got.outlook.crosses_on or (day > got.outlook.crosses_on) is is_later


def counted_days(
    now: tuple[int, int], pace: Pace, target: Fraction, on: date, left: int
) -> tuple[date | None, date | None]:
    """The same in plain words: go on day by day, and look. When does it cross, from when on is it lost?"""
    n, d = Fraction(pace.numerator, pace.days), Fraction(pace.denominator, pace.days)
    meets, crossed, lost = now[0] >= target * now[1], None, None
    for day in range(left + 1):
        numerator, denominator = now[0] + n * day, now[1] + d * day
        if crossed is None and (numerator >= target * denominator) is not meets:
            crossed = on + timedelta(days=day)
        best = numerator + d * (left - day)
        if lost is None and not meets and best < target * (now[1] + d * left):
            lost = on + timedelta(days=day)
    return crossed, lost


def test_no_data_is_said_and_judges_nothing() -> None:
    target = Fraction(7, 10)
    assert judge(0, 0, target, None, today=date(2026, 5, 1), until=END) == Judgement(Standing.NO_DATA, target=target)
    without = judge(1, 2, None, Pace(20, 40, 60), today=date(2026, 5, 1), until=END)
    assert (without.standing, without.gap, without.outlook) == (Standing.NO_DATA, None, None)


def test_the_interval_holds_the_forecast_and_narrows_with_more_to_go_by() -> None:
    def width(times: int) -> float:
        got = judge(80, 100, Fraction(1, 2), Pace(8 * times, 10 * times, 60), today=date(2026, 7, 1), until=END).outlook
        assert got is not None
        assert got.interval.low < got.end_share < got.interval.high
        return got.interval.high - got.interval.low

    assert width(100) < width(1)
