"""From one target to many: the worked examples, and what must hold of all."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.plans.rules.cascade import STEPS, Receiver, Rounding, Spread, cascade, check
from onestop.plans.rules.successions import carry_over, find_heirs
from onestop.plans.rules.targets import Assigned, Base, is_target, mean, round_nearest, round_up

EXAMPLES = list(csv.DictReader(Path(__file__).with_name("cascades.csv").read_text("utf-8").splitlines()))
UNIT = re.compile(r"(\w+)(?: (\d+)/(\d+))?(?: = ([\d.]+))?")


def receivers(text: str) -> list[Receiver]:
    found = [UNIT.fullmatch(part.strip()) for part in text.split(";")]
    return [
        Receiver(m[1], Base(int(m[2]), int(m[3])) if m[2] else None, Decimal(m[4]) if m[4] else None)
        for m in found
        if m
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda item: item["what"])
def test_worked_examples(example: dict[str, str]) -> None:
    got = cascade(
        Decimal(example["target"]),
        receivers(example["units"]),
        spread=Spread(example["spread"]),
        rounding=Rounding(example["rounding"]),
        step=Decimal(example["step"]),
    )
    wanted = dict(part.split() for part in example["expected"].split(";"))
    assert {item.unit: item.target for item in got} == {unit: Decimal(value) for unit, value in wanted.items()}


BASES = st.integers(0, 5000).flatmap(lambda whole: st.builds(Base, st.integers(0, whole), st.just(whole)))
UNITS = st.lists(st.none() | BASES, min_size=1, max_size=12)
TARGETS = st.decimals(0, 100, places=2)
HOW = st.fixed_dictionaries({"rounding": st.sampled_from(Rounding), "step": st.sampled_from(STEPS)})


@given(TARGETS, UNITS, HOW)
def test_the_weighted_mean_meets_the_target_and_nobody_gets_what_is_no_target(
    target: Decimal, bases: list[Base | None], how: dict[str, Any]
) -> None:
    got = cascade(target, [Receiver(str(n), base) for n, base in enumerate(bases)], spread=Spread.SCALE, **how)
    assert all(is_target(item.target) for item in got)
    assert check(target, got).holds


@given(TARGETS, UNITS, HOW)
def test_nobody_is_asked_to_fall_and_the_order_stays(
    target: Decimal, bases: list[Base | None], how: dict[str, Any]
) -> None:
    known = [base for base in bases if base and base.denominator]
    before = sum(known, Base(0, 0)).percent
    got = cascade(target, [Receiver(str(n), base) for n, base in enumerate(bases)], spread=Spread.SCALE, **how)
    pairs = [(item.base.percent, Fraction(item.target)) for item in got if item.base and item.base.percent is not None]
    if before is not None and Fraction(target) >= before and how["rounding"] is Rounding.UP:
        assert all(after >= earlier for earlier, after in pairs)
    slack = Fraction(how["step"])
    assert all(one[1] <= other[1] + slack for one in pairs for other in pairs if one[0] <= other[0])


@given(TARGETS, UNITS, st.data())
def test_what_a_person_set_stays(target: Decimal, bases: list[Base | None], data: st.DataObject) -> None:
    fixed = data.draw(st.lists(st.none() | TARGETS, min_size=len(bases), max_size=len(bases)))
    asked = [Receiver(str(n), base, by_hand) for n, (base, by_hand) in enumerate(zip(bases, fixed, strict=True))]
    got = cascade(target, asked, spread=Spread.SCALE, rounding=Rounding.UP, step=Decimal("0.1"))
    assert [item.target for item, by_hand in zip(got, fixed, strict=True) if by_hand is not None] == [
        by_hand for by_hand in fixed if by_hand is not None
    ]


@given(st.fractions(0, 100), st.sampled_from(STEPS))
def test_rounding(value: Fraction, step: Decimal) -> None:
    up, near = Fraction(round_up(value, step)), Fraction(round_nearest(value, step))
    assert 0 <= up - value < Fraction(step)
    assert abs(near - value) * 2 <= Fraction(step)
    assert up % Fraction(step) == near % Fraction(step) == 0


@pytest.mark.parametrize("value", ["-0.01", "100.01", "70.123", "NaN", "Infinity"])
def test_what_is_no_target(value: str) -> None:
    assert not is_target(Decimal(value))


def test_a_check_that_fails_says_by_how_much() -> None:
    found = check(Decimal(70), [Assigned("A", Decimal(60), Base(1, 100)), Assigned("B", Decimal(90), Base(1, 100 * 3))])
    assert found.holds
    assert found.gap == Fraction(25, 2)
    short = check(Decimal(70), [Assigned("A", Decimal(60), Base(1, 300)), Assigned("B", Decimal(90), Base(1, 100))])
    assert not short.holds
    assert short.gap == Fraction(-5, 2)


def test_of_nothing_there_is_no_mean() -> None:
    assert mean([]) is None
    assert check(Decimal(70), []).holds


# -- units that merge ------------------------------------------------------------------------------
def test_an_heir_without_a_target_gets_the_weighted_mean_of_what_it_takes_over() -> None:
    old = [
        Assigned("A", Decimal(60), Base(10, 100)),
        Assigned("B", Decimal(90), Base(10, 50)),
        Assigned("C", Decimal(70)),
    ]
    assert carry_over(old, {"A": ("N",), "B": ("N",)}) == (
        Assigned("N", Decimal("70.00"), Base(20, 150)),
        Assigned("C", Decimal(70)),
    )


def test_an_heir_keeps_the_target_it_has_and_takes_the_figures_over() -> None:
    old = [Assigned("A", Decimal(60), Base(10, 100)), Assigned("N", Decimal(90), Base(10, 50))]
    assert carry_over(old, {"A": ("N",)}) == (Assigned("N", Decimal(90), Base(20, 150)),)


def test_what_is_parted_among_several_binds_each_and_its_figure_is_not_divided() -> None:
    old = [Assigned("A", Decimal(60), Base(10, 100)), Assigned("B", Decimal(80), Base(10, 50))]
    assert carry_over(old, {"A": ("M", "N"), "B": ("N",)}) == (
        Assigned("M", Decimal("60.00")),
        Assigned("N", Decimal("80.00"), Base(10, 50)),
    )


LETTERS = st.sampled_from("ABCDEFG")
HEIRS = st.dictionaries(LETTERS, st.lists(LETTERS, min_size=1, max_size=3, unique=True).map(tuple))


@given(st.dictionaries(LETTERS, TARGETS, min_size=1), HEIRS)
def test_no_promise_is_lost_and_every_unit_has_one(
    targets: dict[str, Decimal], heirs: dict[str, tuple[str, ...]]
) -> None:
    carried = carry_over([Assigned(unit, target) for unit, target in targets.items()], heirs)
    units = [item.unit for item in carried]
    assert len(units) == len(set(units))
    assert set(units) == {heir for unit in targets for heir in find_heirs(unit, heirs)}
    low, high = min(targets.values()), max(targets.values())
    assert all(low <= item.target <= high + Decimal("0.01") for item in carried)
