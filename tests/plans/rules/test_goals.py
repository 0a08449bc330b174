"""Targets that are no shares: what must hold of every division, the worked examples of how a line stands."""

import csv
import statistics
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.indicators.rules.outlook import Standing
from onestop.plans.rules.cascade import Receiver, Spread
from onestop.plans.rules.goals import Part, carry_over, divide, hand_down, judge_goal, sum_up, together
from onestop.plans.rules.measures import Direction, Kind, is_value
from onestop.plans.rules.targets import Assigned, Base
from onestop.plans.rules.written import read_number

GOALS = list(csv.DictReader(Path(__file__).with_name("goals.csv").read_text("utf-8").splitlines()))
WHOLES, WEIGHTS = st.integers(0, 10**9), st.lists(st.integers(0, 5000), min_size=1, max_size=80)


@given(WHOLES, WEIGHTS)
def test_the_parts_sum_to_the_whole_and_each_is_next_to_its_exact_share(whole: int, weights: list[int]) -> None:
    parts = divide(whole, weights)
    assert sum(parts) == whole
    used = weights if any(weights) else [1] * len(weights)
    exact = [Fraction(whole * weight, sum(used)) for weight in used]
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))
    assert all(part == 0 for part, weight in zip(parts, used, strict=True) if not weight)


@given(WHOLES, WEIGHTS)
def test_who_weighs_more_never_gets_less(whole: int, weights: list[int]) -> None:
    pairs = sorted(zip(weights, divide(whole, weights), strict=True))
    heavier = [(one, other) for one, other in pairwise(pairs) if one[0] < other[0]]
    assert all(one[1] <= other[1] for one, other in heavier)


RECEIVERS = st.lists(
    st.tuples(st.none() | st.integers(0, 900), st.none() | st.integers(0, 50)), min_size=1, max_size=30
).map(
    lambda found: [
        Receiver(str(n), Base(0, base) if base is not None else None, Decimal(fixed) if fixed is not None else None)
        for n, (base, fixed) in enumerate(found)
    ]
)


@given(st.integers(0, 10**6), RECEIVERS, st.sampled_from([Spread.EQUAL, Spread.SCALE]))
def test_what_was_set_by_hand_stays_and_the_rest_is_divided_around_it(
    whole: int, receivers: list[Receiver], spread: Spread
) -> None:
    got = hand_down(Kind.COUNT, Decimal(whole), receivers, spread=spread)
    fixed = sum(int(receiver.fixed) for receiver in receivers if receiver.fixed is not None)
    assert all(r.fixed in (None, item.target) for r, item in zip(receivers, got, strict=True))
    assert all(is_value(Kind.COUNT, item.target) for item in got)
    if any(receiver.fixed is None for receiver in receivers):
        assert together(Kind.COUNT, [item.target for item in got]) == max(whole, fixed)


@given(st.lists(st.lists(st.integers(1, 10**5), min_size=1, max_size=9), min_size=1, max_size=9))
def test_if_no_unit_exceeds_a_median_the_whole_does_not_either(units: list[list[int]]) -> None:
    """Why a duration is inherited, and its check is the longest of the parts."""
    longest = max(statistics.median_low(times) for times in units)
    assert statistics.median_low([time for times in units for time in times]) <= longest


HEIRS = {"a": ("x", "y"), "b": ("x",), "c": ("y",)}


@given(st.dictionaries(st.sampled_from("abcxyz"), st.integers(0, 1000), min_size=1))
def test_no_promise_is_lost_or_doubled_when_units_end(targets: dict[str, int]) -> None:
    assigned = [Assigned(unit, Decimal(target)) for unit, target in targets.items()]
    carried = carry_over(Kind.COUNT, assigned, HEIRS)
    assert {item.unit for item in carried} <= {"x", "y", "z"}
    assert sum(item.target for item in carried) == sum(targets.values())


def test_of_times_an_heir_keeps_its_own_and_else_takes_the_shortest() -> None:
    given_ = [Assigned("a", Decimal(5)), Assigned("b", Decimal(3)), Assigned("y", Decimal(4))]
    carried = {item.unit: item.target for item in carry_over(Kind.DURATION, given_, HEIRS)}
    assert carried == {"x": Decimal(3), "y": Decimal(4)}


PARTS = st.lists(st.builds(Part, st.text("ab", max_size=2), st.none() | st.fractions(0, 1)), max_size=12)


@given(PARTS)
def test_what_nobody_told_is_no_zero_but_not_done(parts: list[Part]) -> None:
    known = [part.value for part in parts if part.value is not None]
    counted, done = sum_up(Kind.COUNT, parts), sum_up(Kind.DONE, parts)
    assert (counted.known, counted.units) == (len(known), len(parts))
    assert counted.value == (sum(known) if known else None)
    assert done.value is None or 0 <= done.value <= 1
    assert (done.value == 1) is (bool(parts) and len(known) == len(parts) and all(value == 1 for value in known))
    assert sum_up(Kind.DURATION, parts).value is None


@pytest.mark.parametrize("row", GOALS, ids=lambda row: row["what"])
def test_worked_examples(row: dict[str, str]) -> None:
    found = judge_goal(
        value=Fraction(row["value"]) if row["value"] else None,
        target=Decimal(row["target"]),
        direction=Direction(row["direction"]),
        accrues=row["accrues"] == "yes",
        on=date.fromisoformat(row["on"]),
        begin=date(2026, 1, 1),
        until=date(2027, 1, 1),
    )
    assert found.standing is Standing(row["standing"])
    assert found.attained == (Fraction(row["attained"]) if row["attained"] else None)
    assert found.forecast == (Fraction(row["forecast"]) if row["forecast"] else None)


@given(st.fractions(0, 1000), st.decimals(1, 1000, places=0), st.sampled_from(Direction), st.booleans(), st.dates(
    date(2026, 1, 1), date(2026, 12, 31)))  # fmt: skip
def test_a_better_figure_never_stands_worse(
    value: Fraction, target: Decimal, direction: Direction, accrues: bool, on: date
) -> None:
    order = [Standing.SLOW, Standing.AT_RISK, Standing.REACHED]
    better = value + 1 if direction is Direction.AT_LEAST else max(Fraction(0), value - 1)
    one, other = (
        judge_goal(value=each, target=target, direction=direction, accrues=accrues, on=on,
                   begin=date(2026, 1, 1), until=date(2027, 1, 1))
        for each in (value, better)
    )  # fmt: skip
    assert order.index(one.standing) <= order.index(other.standing)
    assert one.attained is not None
    assert other.attained is not None
    assert 0 <= one.attained <= other.attained <= 1


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        (Kind.COUNT, "1.000", 1000),
        (Kind.COUNT, "1,000,000", 1000000),
        (Kind.COUNT, "1.00", None),
        (Kind.COUNT, "1.000,5", None),
        (Kind.COUNT, "1.000,000", None),
        (Kind.MONEY, "1 500 000 000", 1500000000),
        (Kind.MONEY, "5 tỷ", None),
        (Kind.DURATION, "4,5", Decimal("4.5")),
        (Kind.DURATION, "1.000", None),
        (Kind.DONE, "Có", 1),
        (Kind.DONE, "không", None),
        (Kind.SHARE, "87,5 %", Decimal("87.5")),
    ],
)
def test_numbers_as_people_write_them(kind: Kind, text: str, wanted: int | Decimal | None) -> None:
    assert read_number(text, kind) == wanted


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        (Kind.COUNT, "1000", True), (Kind.COUNT, "0.5", False), (Kind.COUNT, "-1", False), (Kind.MONEY, "1E15", False),
        (Kind.DURATION, "4.5", True), (Kind.DURATION, "0", False), (Kind.DURATION, "1.005", False),
        (Kind.DONE, "1", True), (Kind.DONE, "0", False), (Kind.SHARE, "101", False), (Kind.COUNT, "NaN", False),
    ],
)  # fmt: skip
def test_what_can_be_a_target(kind: Kind, value: str, fits: bool) -> None:
    assert is_value(kind, Decimal(value)) is fits
