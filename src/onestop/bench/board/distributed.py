"""Engines beside one another on the same history: the embedded one within 2 GB and without a bound, and a cluster.

Each question is every test of every definition, for every agency and desk, in one period. Here the cluster is a master
and two workers of one core each beside an object store; `estimate.py` says what that means for a larger one.
The embedded engine runs in a process of its own each time, so that the memory told is that of the question.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from onestop.bench.board.estimate import compare
from onestop.bench.board.scratch import AS_OF, SINCE
from onestop.bench.board.watching import Watch
from onestop.config.cluster import LocalCluster
from onestop.config.object_store import BUCKET, LocalStore
from onestop.indicators.rules.columnar import MANIFEST, FactSet, read_fact_set
from onestop.indicators.rules.periods import month_of, month_start
from onestop.indicators.rules.tally import Tally

Say = Callable[[str], None]
PREFIX, NAME = "onestop-engines-", "history"
ADDRESS = f"s3://{BUCKET}/{NAME}"
EMBEDDED = {"embedded_2gb": ("2GB", ""), "embedded": ("20GB", ""), "embedded_store": ("20GB", ADDRESS)}
"""Within how much memory, and where from if not from the folder."""
CLUSTERS = {"cluster": "", "cluster_store": ADDRESS}
ENGINES = ("packed", *EMBEDDED, *CLUSTERS)
SCANS = 2


def run(
    *, sizes: tuple[int, ...], questions: int, engines: Collection[str], keep: Path | None, say: Say
) -> dict[str, Any]:
    """Measure at each size, and say where the engines would cross. Histories are made below `keep`, or found there."""
    found = []
    for size in sizes:
        with ExitStack() as stack:
            root = keep / str(size) if keep else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX)))
            root.mkdir(parents=True, exist_ok=True)
            store = stack.enter_context(LocalStore(root))
            found.append(measure(size, root / BUCKET / NAME, store, questions, engines, say))
    return {"workload": "engines", "sizes": found, "estimate": compare(found)}


def measure(
    dossiers: int, folder: Path, store: LocalStore, questions: int, engines: Collection[str], say: Say
) -> dict[str, Any]:
    """Ask the engines the same questions about the history in a folder of a store, which is made if it is not there."""
    say(f"{dossiers} dossiers: making them ...")
    found = {"dossiers": dossiers, **_step("make", folder, dossiers)}
    say("a bare scan ...")
    found["bare_scan"] = _step("scan", folder)
    if "packed" in engines:
        say("packed ...")
        found["packed"] = _step("pack", folder)
    asked = _ask_embedded(folder, store, questions, engines, say)
    if CLUSTERS.keys() & set(engines):
        asked |= _ask_cluster(folder, store, questions, engines, say)
    for name, part in asked.items():
        found[name] = {**part, "cpu_to_bare_scan": round(part["cpu_a_question_s"] / found["bare_scan"]["cpu_s"], 1)}
    found["equal"] = len({found[name].pop("answer") for name in asked}) <= 1
    return found


def _ask_embedded(
    folder: Path, store: LocalStore, questions: int, engines: Collection[str], say: Say
) -> dict[str, dict[str, Any]]:
    found = {}
    for name, (memory, facts) in EMBEDDED.items():
        if name in engines:
            say(f"{name} ...")
            with store.keys_in_environment():
                found[name] = _step("ask", facts or folder, questions, memory)
    return found


def _step(what: str, *arguments: object) -> dict[str, Any]:
    """Run a step in a process of its own; tell also how long it took until it asked its first question."""
    command = [sys.executable, "-m", "onestop.bench.board.distributed", what, *map(str, arguments)]
    began = perf_counter()
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    if "question_s" in found:
        found["start_s"] = round(perf_counter() - began - sum(found["question_s"]), 2)
        found["question_s"] = _cuts(found["question_s"])
    return found


def _ask_cluster(
    folder: Path, store: LocalStore, questions: int, engines: Collection[str], say: Say
) -> dict[str, dict[str, Any]]:
    found = {}
    began = perf_counter()
    with LocalCluster(environment=store.environment) as cluster:
        say(f"the cluster is up after {perf_counter() - began:.1f} s")
        for name, facts in CLUSTERS.items():
            if name in engines:
                say(f"{name} ...")
                once = _ask_spark(cluster, facts or str(folder), 1, store)
                again = _ask_spark(cluster, facts or str(folder), questions, store) if questions > 1 else once
                found[name] = {**again, "cpu_a_question_s": _a_question(once["cpu_s"], again["cpu_s"], questions)}
    return found


def _a_question(once: float, again: float, questions: int) -> float:
    """Return the CPU of one question; asked only once, that of the start is in it."""
    return round((again - once) / (questions - 1), 2) if questions > 1 else once


def _ask_spark(cluster: LocalCluster, facts: str, questions: int, store: LocalStore) -> dict[str, Any]:
    from onestop.config.counting import open_cluster
    from onestop.indicators.queries.definitions import kept_layout

    engine = open_cluster(cluster.master, settings=cluster.settings)
    with store.keys_in_environment(), Watch(os.getpid()) as watch:
        began = perf_counter()
        answers = engine.count_each(facts, kept_layout().tests, as_of=AS_OF, periods=_periods(questions))
        wall = perf_counter() - began
    return {
        "answer": _fingerprint(answers[0]),
        "start_s": round(wall - sum(engine.seconds), 2),
        "question_s": _cuts(engine.seconds),
        "cpu_s": round(watch.cpu, 2),
        "memory_mib": watch.memory,
    }


def _periods(questions: int) -> list[datetime]:
    """Return the begin of this year, then of each month of three years: as many as are asked for."""
    months = [month_start(month_of(AS_OF) - back) for back in range(1, 37)]
    return [SINCE, *months][:questions]


def make(folder: Path, dossiers: int) -> dict[str, Any]:
    """Write the history, unless it is there."""
    from onestop.demo.history.write import write_history

    held = read_set(folder) if (folder / MANIFEST).exists() else write_history(folder, dossiers, as_of=AS_OF)
    return {"bytes_a_dossier": round(sum((folder / file.path).stat().st_size for file in held.files) / dossiers, 1)}


def pack(folder: Path) -> dict[str, Any]:
    """Pack the history and count all of it, for every month at once."""
    from onestop.config.embedded import plug_embedded_engine
    from onestop.indicators.operations.packed import pack_facts
    from onestop.indicators.queries.definitions import kept_layout
    from onestop.indicators.queries.packed import PackedFacts

    plug_embedded_engine()
    layout = kept_layout()
    packed = folder.parent.parent / "packed"
    held = read_set(folder)
    began = perf_counter()
    pack_facts(folder, packed, held=held, layout=layout)
    ready = perf_counter()
    PackedFacts(packed, layout).count()
    return {"packing_s": round(ready - began, 2), "all_months_s": round(perf_counter() - ready, 3)}


def read_set(folder: Path) -> FactSet:
    """Return what the manifest of a folder says."""
    return read_fact_set(json.loads((folder / MANIFEST).read_text("utf-8")))


def scan(folder: Path) -> dict[str, Any]:
    """Read the columns that the questions ask about, and do nothing with them."""
    from pyarrow import dataset

    from onestop.indicators.queries.definitions import kept_layout
    from onestop.indicators.rules.relational import find_columns

    columns = [field.name for field in find_columns(kept_layout().tests)]
    files = sorted(map(str, folder.glob("month=*/facts.parquet")))
    seconds, cpu = [], []
    for _ in range(SCANS):
        began, used = perf_counter(), process_time()
        rows = sum(batch.num_rows for batch in dataset.dataset(files).to_batches(columns=columns))
        seconds.append(perf_counter() - began)
        cpu.append(process_time() - used)
    return {
        "rows": rows,
        "columns": len(columns),
        "bytes_a_dossier": round(sum(_column_bytes(file, set(columns)) for file in files) / rows, 1),
        "seconds": round(min(seconds), 3),
        "cpu_s": round(min(cpu), 3),
    }


def _column_bytes(file: str, columns: set[str]) -> int:
    """Return how many bytes of a file are those of the columns."""
    from pyarrow.parquet import read_metadata

    groups = read_metadata(file).to_dict()["row_groups"]
    parts = [part for group in groups for part in group["columns"] if part["path_in_schema"] in columns]
    return sum(part["total_compressed_size"] for part in parts)


def ask(facts: str, questions: int, memory: str) -> dict[str, Any]:
    """Ask the embedded engine; the first question finds nothing read yet by this process."""
    from onestop.config.counting import open_embedded
    from onestop.indicators.queries.definitions import kept_layout

    engine, tests = open_embedded(memory), kept_layout().tests
    seconds, cpu, answers = [], [], []
    for period in _periods(questions):
        began, used = perf_counter(), process_time()
        answers.append(engine.count(facts, tests, as_of=AS_OF, period_from=period))
        seconds.append(perf_counter() - began)
        cpu.append(process_time() - used)
    return {
        "answer": _fingerprint(answers[0]),
        "question_s": seconds,
        "cpu_a_question_s": round(median(cpu), 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _fingerprint(tally: Tally) -> str:
    """Return every number of an answer as one text, to be compared."""
    return json.dumps(sorted((*place, *numbers) for place, numbers in tally.as_rows().items()))


def _cuts(values: list[float]) -> dict[str, Any]:
    """Return the first, when nothing has been read yet, the middle of the others, and all together."""
    found = {"asked": len(values), "first": round(values[0], 2), "all": round(sum(values), 2)}
    return {**found, "p50_after": round(median(values[1:]), 2)} if values[1:] else found


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "make": lambda: make(Path(place), int(rest[0])),
        "pack": lambda: pack(Path(place)),
        "scan": lambda: scan(Path(place)),
        "ask": lambda: ask(place, int(rest[0]), rest[1]),
    }
    json.dump(steps[what](), sys.stdout)
