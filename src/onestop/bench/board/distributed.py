"""Engines beside one another on the same history: the embedded one within 2 GB and without a bound, and a cluster.

Each question is every test of every definition, for every agency and desk, in one period. Here the cluster is a master
and two workers of one core each beside an object store; `estimate.py` says what that means for a larger one.
The embedded engine runs in a process of its own each time (`embedded.py`), so that the memory told is its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from onestop.bench.board.embedded import fingerprint, list_periods
from onestop.bench.board.estimate import compare
from onestop.bench.board.scratch import AS_OF
from onestop.bench.board.watching import Watch
from onestop.config.cluster import LocalCluster
from onestop.config.object_store import BUCKET, LocalStore

Say = Callable[[str], None]
PREFIX, NAME = "onestop-engines-", "history"
ADDRESS = f"s3://{BUCKET}/{NAME}"
EMBEDDED = {"embedded_2gb": ("2GB", ""), "embedded": ("20GB", ""), "embedded_store": ("20GB", ADDRESS)}
"""Within how much memory, and where from if not from the folder."""
CLUSTERS = {"cluster": "", "cluster_store": ADDRESS}
ENGINES = ("packed", *EMBEDDED, *CLUSTERS)


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
            say(f"{name}: {_told(found[name])}")
    return found


def _step(what: str, *arguments: object) -> dict[str, Any]:
    """Run a step in a process of its own; tell also how long it took until it asked its first question."""
    command = [sys.executable, "-m", "onestop.bench.board.embedded", what, *map(str, arguments)]
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
                say(f"{name}: {_told(found[name])}")
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
        answers = engine.count_each(facts, kept_layout().tests, as_of=AS_OF, periods=list_periods(questions))
        wall = perf_counter() - began
    return {
        "answer": fingerprint(answers[0]),
        "start_s": round(wall - sum(engine.seconds), 2),
        "question_s": _cuts(engine.seconds),
        "cpu_s": round(watch.cpu, 2),
        "memory_mib": watch.memory,
    }


def _told(part: dict[str, Any]) -> str:
    """Return the figures of one engine on a line: a run may be cut off before the end."""
    return ", ".join(f"{name} {value}" for name, value in part.items() if name != "answer")


def _cuts(values: list[float]) -> dict[str, Any]:
    """Return the first, when nothing has been read yet, the middle of the others, and all together."""
    found = {"asked": len(values), "first": round(values[0], 2), "all": round(sum(values), 2)}
    return {**found, "p50_after": round(median(values[1:]), 2)} if values[1:] else found
