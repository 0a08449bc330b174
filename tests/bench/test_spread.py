"""What measured values come to, and how long a deed took to be seen."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.bench.board.flow import _waits
from onestop.bench.board.spread import cuts, exponent, nanoseconds_each

SIZES = st.lists(st.integers(1, 10**8), min_size=2, max_size=6, unique=True)


@given(SIZES, st.floats(0.01, 100), st.floats(-1, 2))
def test_a_power_law_is_found_again(sizes: list[int], one: float, power: float) -> None:
    found = exponent({size: one * size**power for size in sizes})
    assert found is not None
    assert abs(found - power) < 0.006


def test_one_size_tells_nothing_of_growth() -> None:
    assert exponent({1000: 3.0}) is None
    assert nanoseconds_each({1000: 3.0}) is None
    assert nanoseconds_each({1_000_000: 0.1, 101_000_000: 0.6}) == 5.0


@given(st.lists(st.floats(0, 10**6), min_size=1, max_size=50))
def test_half_lies_below_the_median_and_nothing_above_the_most(values: list[float]) -> None:
    found = cuts(values)
    assert found["p50"] <= found["p95"] <= found["max"] == round(max(values), 1)
    assert cuts([7.0]) == {"p50": 7.0, "p95": 7.0, "max": 7.0}


def test_a_deed_waits_for_the_first_answer_that_counts_it() -> None:
    """Answers may step back, as the cube is at most a second old: what was seen was seen."""
    seen = [(1.0, 10), (2.0, 12), (2.5, 11), (3.0, 13)]
    assert [round(wait) for wait in _waits(10, [1.1, 1.5, 2.6], seen)] == [900, 500, 400]
