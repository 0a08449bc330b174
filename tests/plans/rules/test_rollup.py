"""Many lines into one word a unit: weights count, what has no data is no zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.indicators.rules.outlook import Standing
from onestop.plans.rules.rollup import Part, attained, roll_up

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
