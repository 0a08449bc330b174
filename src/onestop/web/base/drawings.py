"""Small drawings made on the server as SVG: bars, bullet bars, sparklines, rows of dots. Geometry only, no words."""

from collections.abc import Sequence
from dataclasses import dataclass


def width_of(share: float | None) -> str:
    """Return a share of 0..1 as a width in per cent of the drawing, kept within it."""
    return f"{max(0.0, min(1.0, share or 0.0)) * 100:.1f}"


def spark_points(
    values: Sequence[float | None],
    width: float = 100,
    height: float = 24,
    scale: tuple[float, float] | None = None,
) -> list[tuple[float, float] | None]:
    """Return where each value lies, None for a gap. `scale`: lowest and highest of the axis, else of the values."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = scale or (min(known), max(known))
    step, span = width / max(1, len(values) - 1), (high - low) or 1
    return [
        None if value is None else (number * step, height - 2 - (value - low) / span * (height - 4))
        for number, value in enumerate(values)
    ]


def spark_path(
    values: Sequence[float | None],
    width: float = 100,
    height: float = 24,
    scale: tuple[float, float] | None = None,
) -> str:
    """Return the path of a sparkline; None is a gap, and a value between two gaps a point (its line has no length)."""
    points = spark_points(values, width, height, scale)
    path = []
    for number, point in enumerate(points):
        if point is None:
            continue
        before = points[number - 1] if number else None
        after = points[number + 1] if number + 1 < len(points) else None
        alone = "h0" if before is None and after is None else ""
        path.append(f"{'M' if before is None else 'L'}{point[0]:.1f} {point[1]:.1f}{alone}")
    return "".join(path)


def spark_dots(
    values: Sequence[float | None],
    width: float = 100,
    height: float = 24,
    scale: tuple[float, float] | None = None,
) -> str:
    """Return a path of one point a value: drawn with a round pen, each is a dot."""
    points = spark_points(values, width, height, scale)
    return "".join(f"M{point[0]:.1f} {point[1]:.1f}h0" for point in points if point is not None)


def spark_end(
    values: Sequence[float | None],
    width: float = 100,
    height: float = 24,
    scale: tuple[float, float] | None = None,
) -> tuple[str, str]:
    """Return where the last known value lies, or two empty strings."""
    known = [point for point in spark_points(values, width, height, scale) if point is not None]
    return (f"{known[-1][0]:.1f}", f"{known[-1][1]:.1f}") if known else ("", "")


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit in a row of dots: its name, its value, and whether it is ours."""

    name: str
    value: float
    is_ours: bool = False
    x: str = ""


def place_dots(dots: Sequence[Dot], low: float = 0.0, high: float = 1.0) -> list[Dot]:
    """Return the dots with their place along the row (0..100); ours last, so that it lies on top."""
    span = (high - low) or 1
    placed = [
        Dot(dot.name, dot.value, dot.is_ours, f"{2 + max(0.0, min(1.0, (dot.value - low) / span)) * 96:.1f}")
        for dot in dots
    ]
    return sorted(placed, key=lambda dot: dot.is_ours)
