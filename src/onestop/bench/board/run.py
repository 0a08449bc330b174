"""The workload `board`, whole."""

from collections.abc import Callable
from typing import Any

from onestop.bench.board import live, page, scratch
from onestop.bench.board.spread import exponent, nanoseconds_each


def run(*, sizes: tuple[int, ...], journals: tuple[int, ...], say: Callable[[str], None]) -> dict[str, Any]:
    """Measure and return the figures."""
    found = [scratch.measure(size, say) for size in sizes]
    seconds = {item["dossiers"]: item["recount_s"]["best"] for item in found}
    return {
        "workload": "board",
        "from_scratch": found,
        "recount_grows_by_ns_a_dossier": nanoseconds_each(seconds),
        "recount_grows_like_size_to_the_power_of": exponent(seconds),
        "live": live.run(journals, say) if journals else None,
        "past": page.run(journals) if journals else None,
    }
