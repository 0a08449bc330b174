"""Intervals, chances, outlooks and comparisons, against worked examples and plain counting."""

from datetime import date
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.facts.rules.chance import chance_of_at_least, wilson
from onestop.indicators.rules.alarms import judge_alarms
from onestop.indicators.rules.comparison import Peer, SizeClass, find_standing, quartiles, size_classes

TODAY = date(2026, 7, 1)
END = date(2026, 12, 31)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=60)


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_that_of_wilson(numerator: int, denominator: int, low: float, high: float) -> None:
    """The first line is the example of Newcombe, Statistics in Medicine 17 (1998), table I."""
    found = wilson(numerator, denominator)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(tries=st.integers(0, 60), count=st.integers(0, 61), share=SHARES)
def test_the_chance_is_the_sum_of_the_binomial_terms(tries: int, count: int, share: Fraction) -> None:
    exact = sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(count, tries + 1))
    assert abs(chance_of_at_least(count, tries, share) - float(exact)) < 1e-9


def test_the_chance_of_large_counts_neither_overflows_nor_takes_long() -> None:
    assert chance_of_at_least(60_000, 100_000, Fraction(1, 2)) < 1e-300
    assert abs(chance_of_at_least(50_000, 100_000, Fraction(1, 2)) - 0.5) < 0.01


def test_a_unit_is_held_against_its_kind_and_size_only() -> None:
    communes = [Peer(f"c{n}", "commune", n, 10 * n) for n in range(1, 10)]
    others = [Peer("d1", "department", 1, 5), Peer("d2", "department", 900, 1000)]
    sizes = size_classes(communes)
    assert [sizes[peer.unit] for peer in communes] == [SizeClass.SMALL] * 3 + [SizeClass.MIDDLE] * 3 + [
        SizeClass.LARGE
    ] * 3
    found = find_standing("c2", [*communes, *others])
    assert found is not None
    assert {peer.unit for peer in found.peers} == {"c1", "c2", "c3"}
    assert (found.rank, found.of) == (1, 3)
    assert find_standing("zz", communes) is None


@given(st.lists(SHARES, min_size=3, max_size=40))
def test_quartiles_are_shares_that_somebody_has_in_order(shares: list[Fraction]) -> None:
    found = quartiles(shares)
    assert found is not None
    assert set(found) <= set(shares)
    assert found[0] <= found[1] <= found[2]
    assert sum(share <= found[1] for share in shares) * 2 >= len(shares)


def test_an_alarm_needs_more_than_like_units_show_and_more_than_chance() -> None:
    usual = [Peer(f"c{n}", "commune", 10, 100) for n in range(9)]
    found = {alarm.unit: alarm for alarm in judge_alarms([*usual, Peer("odd", "commune", 40, 100)])}
    assert found["odd"].level == "alarm"
    assert found["odd"].base == Fraction(90, 900)
    assert {found[peer.unit].level for peer in usual} == {""}
    assert abs(found["odd"].expected - 10 * 0.001) < 1e-12


def test_two_dossiers_are_never_an_alarm_and_alone_there_is_nothing_to_compare() -> None:
    usual = [Peer(f"c{n}", "commune", 0, 100) for n in range(9)]
    few = {alarm.unit: alarm for alarm in judge_alarms([*usual, Peer("few", "commune", 2, 2)])}
    assert few["few"].level == ""
    (alone,) = judge_alarms([Peer("only", "department", 50, 50)])
    assert (alone.base, alone.chance, alone.level) == (None, None, "")


def test_by_chance_few_units_are_raised() -> None:
    """Units that differ only by chance: fewer than one in a hundred is an alarm."""
    import random

    dice = random.Random(7)
    peers = [Peer(f"c{n}", "commune", sum(dice.random() < 0.1 for _ in range(200)), 200) for n in range(300)]
    alarms = judge_alarms(peers)
    assert sum(alarm.level == "alarm" for alarm in alarms) <= 3
