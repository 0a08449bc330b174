"""Reached, at risk, slow, no data: the worked examples, and the day named found again by counting day by day."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.plans.rules.kinds import Standing
from onestop.plans.rules.pace import Judgement, Month, judge
from onestop.plans.rules.rollup import Part, attained, roll_up
from onestop.plans.rules.targets import Base

EXAMPLES = list(csv.DictReader(Path(__file__).with_name("paces.csv").read_text("utf-8").splitlines()))
END = date(2027, 1, 1)


def base(text: str) -> Base:
    numerator, denominator = text.split("/")
    return Base(int(numerator), int(denominator))


def months(text: str) -> list[Month]:
    found = [part.strip().split(":") for part in text.split(";") if part.strip()]
    return [
        Month(date(2026, int(n), 1), date(2026 + int(n) // 12, int(n) % 12 + 1, 1), base(counted))
        for n, counted in found
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda item: item["what"])
def test_worked_examples(example: dict[str, str]) -> None:
    got = judge(
        now=base(example["now"]),
        target=Decimal(example["target"]),
        months=months(example["months"]),
        on=date.fromisoformat(example["on"]),
        until=END,
    )
    assert got.standing == example["standing"]
    assert (f"{float(got.forecast):.1f}" if got.forecast is not None else "") == example["forecast"]
    assert (got.missed_on.isoformat() if got.missed_on else "") == example["missed_on"]
    assert got.gap == (None if got.percent is None else got.percent - Fraction(Decimal(example["target"])))


COUNTED = st.integers(0, 60).flatmap(lambda whole: st.builds(Base, st.integers(0, whole), st.just(whole)))


@given(COUNTED, COUNTED, st.integers(0, 100), st.integers(1, 180))
def test_the_day_named_is_the_day_one_finds_by_counting(now: Base, month: Base, target: int, left: int) -> None:
    on = END - timedelta(days=left)
    got = judge(
        now=now, target=Decimal(target), months=[Month(date(2026, 1, 1), date(2026, 1, 31), month)], on=on, until=END
    )
    assert got.missed_on == counted_day(now, month, Fraction(target, 100), on, left)
    if got.standing is Standing.REACHED:
        assert got.missed_on is None
    if got.standing is Standing.SLOW and month.denominator:
        assert got.missed_on is not None


def counted_day(now: Base, month: Base, share: Fraction, on: date, left: int) -> date | None:
    """The same in plain words: go on day by day, and look."""
    if not now.denominator or not month.denominator:
        return None
    n, d = Fraction(month.numerator, 30), Fraction(month.denominator, 30)
    meets = now.numerator >= share * now.denominator
    for day in range(left + 1):
        numerator, denominator = now.numerator + n * day, now.denominator + d * day
        if meets and numerator < share * denominator:
            return on + timedelta(days=day)
        best = numerator + d * (left - day)
        if not meets and best < share * (now.denominator + d * left):
            return on + timedelta(days=day)
    return None


def test_no_data_is_said_and_judges_nothing() -> None:
    assert judge(now=Base(0, 0), target=Decimal(70), months=[], on=date(2026, 5, 1), until=END) == Judgement(
        Standing.NO_DATA
    )


# -- many lines into one word ----------------------------------------------------------------------
PARTS = st.builds(
    Part,
    st.integers(1, 9),
    st.none() | st.fractions(0, 1),
    st.sampled_from([Standing.REACHED, Standing.AT_RISK, Standing.SLOW]),
).map(lambda part: Part(part.weight, None, Standing.NO_DATA) if part.attained is None else part)


@given(st.lists(PARTS))
def test_what_has_no_data_changes_nothing_but_how_much_is_known(parts: list[Part]) -> None:
    whole, without = roll_up(parts), roll_up([part for part in parts if part.attained is not None])
    assert whole.attained == without.attained
    assert whole.standing == without.standing
    assert whole.known == without.known == without.weight
    assert whole.attained is None or 0 <= whole.attained <= 1
    assert sum(whole.counts.values()) == len(parts)


def test_weights_count_and_missing_data_is_no_zero() -> None:
    parts = [
        Part(3, Fraction(1), Standing.REACHED),
        Part(1, Fraction(1, 2), Standing.SLOW),
        Part(6, None, Standing.NO_DATA),
    ]
    whole = roll_up(parts)
    assert whole.attained == Fraction(7, 8)
    assert (whole.known, whole.weight) == (4, 10)
    assert whole.standing is Standing.AT_RISK


@pytest.mark.parametrize(
    ("percent", "target", "wanted"),
    [(None, 70, None), (Fraction(35), 70, Fraction(1, 2)), (Fraction(90), 70, 1), (Fraction(0), 0, 1)],
)
def test_attained(percent: Fraction | None, target: int, wanted: Fraction | None) -> None:
    assert attained(percent, Fraction(target)) == wanted
