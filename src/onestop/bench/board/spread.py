"""What many measured values come to: how they are spread, and how they grow with the size."""

from collections.abc import Mapping
from math import log
from statistics import linear_regression, median, quantiles


def cuts(values: list[float]) -> dict[str, float]:
    """Return the median, what one in twenty exceeds, and the most."""
    most = quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return {"p50": round(median(values), 1), "p95": round(min(most, max(values)), 1), "max": round(max(values), 1)}


def exponent(costs: Mapping[int, float]) -> float | None:
    """Return x where the cost grows like the size to the power of x: 0 not at all, 1 evenly. None for one size alone.

    Fitted to the logarithms by least squares.
    """
    if len(costs) < 2:
        return None
    fitted = linear_regression([log(size) for size in costs], [log(cost) for cost in costs.values()])
    return round(fitted.slope, 2)


def nanoseconds_each(seconds: Mapping[int, float]) -> float | None:
    """Return what one more costs between the smallest and the largest size; None for one size alone."""
    if len(seconds) < 2:
        return None
    small, large = min(seconds), max(seconds)
    return round(1e9 * (seconds[large] - seconds[small]) / (large - small), 2)
