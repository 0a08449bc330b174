"""From scratch: a history of so many dossiers, packed, and counted whole; beside a bare scan and beside DuckDB.

Each size runs in a process of its own, so that the memory told is that of the size.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from onestop.facts.rules.periods import PROVINCE_ZONE, month_of

AS_OF = datetime(2026, 11, 1, tzinfo=PROVINCE_ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=PROVINCE_ZONE)
ROUNDS = 5


def measure(dossiers: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Make a history of so many dossiers in a temporary folder, count it in every way, and return the figures."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-history-"))
    found: dict[str, Any] = {"dossiers": dossiers}
    try:
        for step, told in (("make", "are being made"), ("pack", "are being packed"), ("count", "are being counted")):
            say(f"{dossiers} dossiers {told} ...")
            found |= _step(step, folder, dossiers)
        return found | {"load": round(os.getloadavg()[0], 1)}
    finally:
        shutil.rmtree(folder)


def _step(what: str, folder: Path, dossiers: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "onestop.bench.board.scratch", what, str(folder), str(dossiers)]
    # our own two threads count; those of the algebra library would only spin beside them
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def make(folder: Path, dossiers: int) -> dict[str, Any]:
    """Write the history."""
    from onestop.demo.history.write import write_history

    began, worked = perf_counter(), process_time()
    held = write_history(folder, dossiers, as_of=AS_OF)
    return {
        "generated_a_second": round(dossiers / (perf_counter() - began)),
        "generated_a_cpu_second": round(dossiers / (process_time() - worked)),
        "facts_bytes_a_dossier": round(sum((folder / file.path).stat().st_size for file in held.files) / dossiers, 1),
    }


def pack(folder: Path, dossiers: int) -> dict[str, Any]:
    """Write the packed form of the history."""
    from onestop.config.embedded import plug_embedded_engine
    from onestop.facts.operations.packed import pack_facts
    from onestop.facts.rules.columnar import MANIFEST, read_fact_set
    from onestop.indicators.queries.definitions import kept_layout

    plug_embedded_engine()
    held = read_fact_set(json.loads((folder / MANIFEST).read_text()))
    began = perf_counter()
    pack_facts(folder, folder / "packed", held=held, layout=kept_layout())
    return {
        "packed_in_s": round(perf_counter() - began, 1),
        "packed_bytes_a_dossier": round(sum(p.stat().st_size for p in (folder / "packed").iterdir()) / dossiers, 1),
    }


def count(folder: Path, _dossiers: int) -> dict[str, Any]:
    """Count the history from its packed form, scan the same keys bare, and let DuckDB count one period."""
    from onestop.config.embedded import plug_embedded_engine
    from onestop.facts import ports
    from onestop.facts.queries.packed import PackedFacts
    from onestop.indicators.queries.definitions import kept_layout

    plug_embedded_engine()
    layout = kept_layout()
    packed = PackedFacts(folder / "packed", layout)
    scans = [_seconds(lambda: [int(month.keys.sum()) for month in packed.months]) for _ in range(ROUNDS)]
    worked = process_time()
    recounts = [_seconds(packed.count) for _ in range(ROUNDS)]
    worked = process_time() - worked
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counted = packed.count()
    began = perf_counter()
    by_engine = ports.engine().count(str(folder), layout.tests, as_of=AS_OF, period_from=SINCE)
    engine = perf_counter() - began
    tally = counted.tally(month_of(SINCE))
    return {
        "tests": len(layout.tests),
        "places": len(counted.places),
        "months": len({month.month for month in packed.months}),
        "recount_s": {"best": round(min(recounts), 3), "worst": round(max(recounts), 3)},
        "recount_cpu_s": round(worked / ROUNDS, 3),
        "bare_scan_s": {"best": round(min(scans), 4), "worst": round(max(scans), 4)},
        "ratio_to_bare_scan": round(min(recounts) / min(scans), 1),
        "memory_mib": own // 1024,
        "duckdb_one_period_s": round(engine, 2),
        "ratio_to_duckdb": round(min(recounts) / engine, 3),
        "equal_to_duckdb": tally.as_rows() == by_engine.as_rows(),
    }


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


STEPS = {"make": make, "pack": pack, "count": count}

if __name__ == "__main__":
    json.dump(STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])), sys.stdout)
