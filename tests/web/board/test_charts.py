"""The geometry of the board's charts: axes with round numbers, months in their columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.web.board.charts import MOST_TICKS, Mark, draw_trend, find_ticks

SHARES = st.integers(0, 1000).map(lambda number: number / 1000)
MONTHS = [f"{month:02d}/{year}" for year in (2025, 2026) for month in range(1, 13)]


def marks_of(values: list[float | None], first: int = 11) -> list[Mark]:
    return [Mark(MONTHS[first + number], value) for number, value in enumerate(values)]


@given(st.lists(st.none() | SHARES, min_size=1, max_size=12), st.none() | SHARES)
def test_everything_drawn_lies_within_the_drawing_and_mirrors_exactly(
    values: list[float | None], goal: float | None
) -> None:
    drawn = draw_trend(marks_of(values), goal)
    mirrored = draw_trend(marks_of(values), goal, mirrored=True)
    dots = [tuple(map(float, point.removesuffix("h0").split())) for point in drawn.dots.split("M")[1:]]
    again = [tuple(map(float, point.removesuffix("h0").split())) for point in mirrored.dots.split("M")[1:]]
    assert len(dots) == sum(value is not None for value in values)
    assert all(0 <= x <= 100 and 2 <= y <= 98 for x, y in dots)
    if len(values) > 1:
        assert [100 - x for x, _ in reversed(dots)] == pytest.approx([x for x, _ in again], abs=0.11)
        assert [y for _, y in reversed(dots)] == [y for _, y in again]
    assert (drawn.goal_y == "") is (goal is None)
    assert len(drawn.columns) == len(values)


@given(SHARES, SHARES)
def test_the_axis_has_few_round_numbers_within_its_ends(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    if high - low < 0.1:
        high = low + 0.1
    ticks = find_ticks(low, high)
    assert 2 <= len(ticks) <= MOST_TICKS
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    assert ticks == sorted(set(ticks))


def test_the_year_stands_under_january_and_under_the_first_month_where_there_is_room() -> None:
    assert draw_trend(marks_of([0.5] * 12), None).columns[:3] == (("12", ""), ("1", "2026"), ("2", ""))
    assert draw_trend(marks_of([0.5] * 12, 3), None).columns[0] == ("4", "2025")
    assert draw_trend(marks_of([0.5], 0), None).columns == (("1", "2025"),)
