"""Small drawings made on the server as SVG: bars, bullet bars, sparklines, rows of dots. Geometry only, no words."""

from collections.abc import Sequence
from dataclasses import dataclass


def width_of(share: float | None) -> str:
    """Return a share of 0..1 as a width in per cent of the drawing, kept within it."""
    return f"{max(0.0, min(1.0, share or 0.0)) * 100:.1f}"


def spark_path(values: Sequence[float | None], width: float = 100, height: float = 24) -> str:
    """Return the path of a sparkline; None is a gap."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1
    step, path, pen_is_down = width / (len(values) - 1), [], False
    for number, value in enumerate(values):
        if value is None:
            pen_is_down = False
            continue
        y = height - 2 - (value - low) / span * (height - 4)
        path.append(f"{'L' if pen_is_down else 'M'}{number * step:.1f} {y:.1f}")
        pen_is_down = True
    return "".join(path)


def spark_end(values: Sequence[float | None], width: float = 100, height: float = 24) -> tuple[str, str]:
    """Return where the last known value lies, or two empty strings."""
    path = spark_path(values, width, height)
    if not path:
        return "", ""
    x, y = path.replace("M", "L").rsplit("L", 1)[1].split(" ")
    return x, y


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
