"""From what was measured at several sizes: what a question costs each engine, and from which size a cluster pays.

A question costs an engine a start and so much CPU a dossier. The embedded engine has the cores of one machine; a
cluster of k cores has k. Everything here is an estimate: it takes for granted that more cores are as good as these,
that the store keeps up with them, and that nobody else is at work.
"""

from typing import Any

CORES = (4, 16, 64)
HERE = 2


def compare(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the cost of each engine and where they cross; nothing can be told from a single size."""
    if len(found) < 2 or "embedded" not in found[0]:
        return None
    embedded = _line(found, "embedded")
    said: dict[str, Any] = {"embedded": embedded}
    for name in {"cluster", "cluster_store"} & found[0].keys():
        line = _line(found, name)
        crossings = {str(cores): pays_from(embedded, line, cores) for cores in CORES}
        said[name] = {**line, "pays_from_dossiers_with_cores": crossings}
    return said


def _line(found: list[dict[str, Any]], name: str) -> dict[str, float]:
    """Return the start, the mean of what was seen, and the CPU a dossier between the smallest and the largest size."""
    first, last = found[0], found[-1]
    grown = last[name]["cpu_a_question_s"] - first[name]["cpu_a_question_s"]
    return {
        "start_s": round(sum(size[name]["start_s"] for size in found) / len(found), 2),
        "cpu_us_a_dossier": round(1e6 * grown / (last["dossiers"] - first["dossiers"]), 3),
    }


def pays_from(embedded: dict[str, float], cluster: dict[str, float], cores: int) -> int | None:
    """Return the size from which a cluster of so many cores answers sooner than the engine here; None if never."""
    gained = embedded["cpu_us_a_dossier"] / HERE - cluster["cpu_us_a_dossier"] / cores
    if gained <= 0:
        return None
    return round(1e6 * (cluster["start_s"] - embedded["start_s"]) / gained)
