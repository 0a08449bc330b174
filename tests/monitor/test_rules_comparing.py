"""Ranks and unevenness, against worked examples and slow definitions."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.monitor.rules.comparing import gini, measure, rank
from onestop.monitor.rules.members import Counts

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)
COUNTS = st.dictionaries(
    st.text("ABCDEFG", min_size=1, max_size=2),
    st.integers(0, 50).flatmap(lambda whole: st.builds(Counts, st.integers(0, whole), st.just(whole))),
)


def test_equal_shares_share_a_rank_and_the_unknown_have_none() -> None:
    counts = {"A": Counts(1, 2), "B": Counts(9, 10), "C": Counts(5, 10), "D": Counts(0, 0), "E": Counts(0, 5)}
    assert [(item.code, item.rank) for item in rank(counts)] == [("B", 1), ("A", 2), ("C", 2), ("E", 4), ("D", None)]


def test_69_percent_here_and_under_5_percent_there() -> None:
    found = measure({"A": Counts(69, 100), "B": Counts(4, 100), "C": Counts(0, 0)}, many=1)
    assert found is not None
    assert (found.top, found.bottom, found.known, found.unknown) == (("A",), ("B",), 2, 1)
    assert found.spread == pytest.approx(0.65)
    assert found.nation == pytest.approx(0.365)
    assert found.gini == pytest.approx(65 / 146)


@pytest.mark.parametrize(("values", "expected"), [([1.0, 1.0], 0), ([0.0, 1.0], 0.5), ([0.0, 0.0, 0.0, 1.0], 0.75)])
def test_gini_by_hand(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)


@given(SHARES)
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float]) -> None:
    found = gini(values)
    if found is None:
        assert not any(values)
        return
    pairs = sum(abs(a - b) for a, b in product(values, values))
    assert found == pytest.approx(pairs / (2 * len(values) * sum(values)), abs=1e-6)
    assert -1e-9 <= found < 1


@given(COUNTS)
def test_ranks_follow_shares(counts: dict[str, Counts]) -> None:
    found = rank(counts)
    assert {item.code for item in found} == set(counts)
    known = [item for item in found if item.rank is not None]
    for item in known:
        better = sum(1 for other in known if other.share > item.share)  # type: ignore[operator]  # all are known
        assert item.rank == better + 1
    assert (measure(counts) is None) == (not known)
