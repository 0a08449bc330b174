"""The workload `board`, whole."""

from collections.abc import Callable
from typing import Any

from onestop.bench.board import live, scratch
from onestop.bench.board.spread import exponent


def run(*, sizes: tuple[int, ...], journals: tuple[int, ...], say: Callable[[str], None]) -> dict[str, Any]:
    """Measure and return the figures."""
    found = [scratch.measure(size, say) for size in sizes]
    first, last = found[0], found[-1]
    growth = (last["recount_s"]["best"] - first["recount_s"]["best"]) / max(1, last["dossiers"] - first["dossiers"])
    return {
        "workload": "board",
        "from_scratch": found,
        "recount_grows_by_ns_a_dossier": round(1e9 * growth, 2),
        "recount_grows_like_size_to_the_power_of": exponent(
            {item["dossiers"]: item["recount_s"]["best"] for item in found}
        ),
        "live": live.run(journals, say) if journals else None,
    }
