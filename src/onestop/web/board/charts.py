"""Geometry of the board's charts: trends, slopes. No words: those stand beside the drawing, and in the table behind."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100.0, 40.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a series: its label, the value of 0..1 (None: nothing to divide by), the two numbers."""

    label: str
    value: float | None
    numerator: int = 0
    denominator: int = 0


@dataclass(frozen=True, slots=True)
class Trend:
    """A line over time as drawn: its path, the height of the goal, the last point; and what the table shows."""

    marks: tuple[Mark, ...]
    path: str
    goal_y: str
    end_x: str
    end_y: str
    low: float
    high: float

    @property
    def first(self) -> Mark | None:
        """The first month that has a value."""
        return next((mark for mark in self.marks if mark.value is not None), None)

    @property
    def last(self) -> Mark | None:
        """The last month that has a value."""
        return next((mark for mark in reversed(self.marks) if mark.value is not None), None)


@dataclass(frozen=True, slots=True)
class Slope:
    """One unit's line from then to now: where it begins and ends, of 0..1 upwards; ours is drawn above all others."""

    name: str
    then: float
    now: float
    is_ours: bool
    y1: str = ""
    y2: str = ""

    @property
    def change(self) -> float:
        """By how many points of a share it moved."""
        return self.now - self.then


def draw_trend(marks: Sequence[Mark], goal: float | None, *, mirrored: bool = False) -> Trend:
    """Return a line through the values; a month without one is a gap. `mirrored`: time runs from right to left."""
    known = [mark.value for mark in marks if mark.value is not None] + ([goal] if goal is not None else [])
    low, high = _range(known)
    step = WIDTH / max(1, len(marks) - 1)
    path, pen_is_down, end = [], False, ("", "")
    for number, mark in enumerate(marks):
        if mark.value is None:
            pen_is_down = False
            continue
        x = WIDTH - number * step if mirrored else number * step
        end = (f"{x:.1f}", f"{_height(mark.value, low, high):.1f}")
        path.append(f"{'L' if pen_is_down else 'M'}{end[0]} {end[1]}")
        pen_is_down = True
    goal_y = "" if goal is None else f"{_height(goal, low, high):.1f}"
    return Trend(tuple(marks), "".join(path), goal_y, *end, low, high)


def draw_slopes(slopes: Sequence[Slope]) -> list[Slope]:
    """Return the slopes with their heights, ours last, so that it lies on top."""
    low, high = _range([value for slope in slopes for value in (slope.then, slope.now)])
    drawn = [
        Slope(
            slope.name, slope.then, slope.now, slope.is_ours,
            f"{_height(slope.then, low, high):.1f}", f"{_height(slope.now, low, high):.1f}",
        )
        for slope in slopes
    ]  # fmt: skip
    return sorted(drawn, key=lambda slope: slope.is_ours)


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return the axis: the values with a tenth of room, never less than a tenth of the whole, within 0..1."""
    if not values:
        return 0.0, 1.0
    room = max(0.05, (max(values) - min(values)) / 10)
    return max(0.0, min(values) - room), min(1.0, max(values) + room)


def _height(value: float, low: float, high: float) -> float:
    return 2 + (1 - (value - low) / ((high - low) or 1.0)) * (HEIGHT - 4)
