"""What a dossier pays for the log: whole lives over HTTP, with entries queued and published, and without."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from onestop.bench.life import meters
from onestop.bench.life.run import log_in_all, play_round
from onestop.bench.life.world import World, open_world
from onestop.config.children import end_child, spawn

CLIENTS = 4
SHOWN = ("lives_per_second", "cpu_ms", "database_cpu_ms", "wal_kb", "sql_statements", "commits", "p95_ms")


def run(
    *, seconds: int, rounds: int, say: Callable[[str], None], after: Callable[[int], dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Play rounds without and with the log, in turn; the worker runs all the time, as in production.

    Without: the database queues no entry, so the worker finds nothing to publish. `after` is run on the same grounds.
    """
    with open_world(with_paper=False) as world:
        worker = _start_worker()
        try:
            measured = _play(world, worker.pid, seconds, rounds, say)
        finally:
            end_child(worker)
        return measured, after(world.database_pid)


def _play(world: World, worker: int, seconds: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    people = log_in_all(world)
    play_round(world, people, 1, 2)
    found: dict[str, list[dict[str, Any]]] = {"without": [], "with": []}
    for number in range(rounds):
        for way, rows in found.items():
            queue_entries(way == "with")
            before = meters.cpu_of_tree(worker)
            row = play_round(world, people, CLIENTS, seconds)
            row["worker_cpu_ms"] = round(1000 * (meters.cpu_of_tree(worker) - before) / max(row["lives"], 1), 2)
            rows.append(row)
            say(f"round {number + 1}, {way} the log: {row['lives_per_second']} lives/s, {row['errors']} errors")
    medians = {way: {name: _median(rows, name) for name in (*SHOWN, "worker_cpu_ms")} for way, rows in found.items()}
    return {
        "clients": CLIENTS,
        "seconds_a_round": seconds,
        "rounds": rounds,
        **medians,
        "errors": sum(row["errors"] for rows in found.values() for row in rows),
        "cpu_ratio": round(_cpu(medians["with"]) / _cpu(medians["without"]), 3),
    }


def _cpu(row: dict[str, float]) -> float:
    return row["cpu_ms"] + row["database_cpu_ms"] + row["worker_cpu_ms"]


def _median(rows: list[dict[str, Any]], name: str) -> float:
    return round(statistics.median(float(row[name]) for row in rows), 2)


def queue_entries(is_on: bool) -> None:
    """Let the database queue every new entry for the log, or none."""
    from django.db import connection

    with connection.cursor() as cursor:
        deed = "ENABLE" if is_on else "DISABLE"
        cursor.execute(f"ALTER TABLE journal_journalentry {deed} TRIGGER queue_for_the_log")


def _start_worker() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--delete-jobs", "successful"]
    return spawn(command, env=dict(os.environ), stdin=subprocess.DEVNULL)
