"""Geometry of the board's charts: trends, slopes. No words: those stand beside the drawing, and in the table behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from onestop.web.base.drawings import spark_dots, spark_end, spark_path

SIDE, HEIGHT = 100.0, 40.0
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
MOST_TICKS, ROUNDING = 5, 1e-9


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a series: its label, the value of 0..1 (None: nothing to divide by), the two numbers.

    `is_waiting` while it is still being counted.
    """

    label: str
    value: float | None
    numerator: int = 0
    denominator: int = 0
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis: the share it stands for, and its height in per cent of the drawing."""

    value: float
    y: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A line over time as drawn in a square of 100, its axis, the height of the goal; and what the table shows.

    `box` is the part of the drawing that is seen: half a month of room at both ends, so that each month stands in the
    middle of its column. `columns` names them: the month, and the year where it begins.
    """

    marks: tuple[Mark, ...]
    path: str
    dots: str
    box: str
    goal_y: str
    ticks: tuple[Tick, ...]
    columns: tuple[tuple[str, str], ...]

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
    scale = _range(known)
    values = [mark.value for mark in (reversed(marks) if mirrored else marks)]
    half = SIDE / max(1, len(marks) - 1) / 2
    return Trend(
        marks=tuple(marks),
        path=spark_path(values, SIDE, SIDE, scale),
        dots=spark_dots(values, SIDE, SIDE, scale),
        box=f"{-half:.2f} 0 {SIDE + 2 * half:.2f} {SIDE:.0f}",
        goal_y="" if goal is None else spark_end([goal], SIDE, SIDE, scale)[1],
        ticks=tuple(Tick(value, spark_end([value], SIDE, SIDE, scale)[1]) for value in find_ticks(*scale)),
        columns=_columns([mark.label for mark in marks]),
    )


def find_ticks(low: float, high: float) -> list[float]:
    """Return round values from `low` to `high`, two to five of them."""
    step = next(step for step in STEPS if (high - low) / step <= MOST_TICKS - 1 or step == STEPS[-1])
    first, last = ceil(low / step - ROUNDING), floor(high / step + ROUNDING)
    return [round(number * step, 2) for number in range(first, last + 1)]


def _columns(labels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what stands under months written as `03/2026`: `3`, and the year under January.

    Under the first month too, where January is far enough away for both to have room.
    """
    parts = [label.partition("/") for label in labels]
    januaries = {number for number, part in enumerate(parts) if part[0] == "01"}
    dated = januaries if januaries & {0, 1, 2} else januaries | {0}
    return tuple((month.lstrip("0"), year if number in dated else "") for number, (month, _, year) in enumerate(parts))


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
