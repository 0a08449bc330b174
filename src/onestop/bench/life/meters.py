"""What is counted: statements, durable commits, WAL, and CPU of the server and its database."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
CHECKS = "SELECT $2 FROM ONLY%"  # what the database asks itself for every foreign key
UTILITY = ("BEGIN%", "COMMIT%", "ROLLBACK%", "SET %", "SHOW %", "RESET %", "DISCARD %", "SAVEPOINT%", "RELEASE%")


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of every meter."""

    statements: int
    checks: int
    commits: int
    wal_bytes: int
    web_cpu: float
    database_cpu: float

    def since(self, before: "Reading", lives: int) -> dict[str, float]:
        """Return what one life cost between two readings."""
        lives = max(lives, 1)
        return {
            "sql_statements": round((self.statements - before.statements) / lives, 1),
            "foreign_key_checks": round((self.checks - before.checks) / lives, 1),
            "commits": round((self.commits - before.commits) / lives, 2),
            "wal_kb": round((self.wal_bytes - before.wal_bytes) / lives / 1024, 1),
            "cpu_ms": round(1000 * (self.web_cpu - before.web_cpu) / lives, 1),
            "database_cpu_ms": round(1000 * (self.database_cpu - before.database_cpu) / lives, 1),
        }


def read(web_pid: int, database_pid: int) -> Reading:
    """Read all meters. `commits` are the COMMITs of the application's own transactions: one a step is expected."""
    with connection.cursor() as cursor:
        skipped = " AND ".join(f"query NOT ILIKE '{pattern}'" for pattern in (*UTILITY, CHECKS))
        cursor.execute(
            f"SELECT coalesce(sum(calls) FILTER (WHERE {skipped}), 0),"
            f" coalesce(sum(calls) FILTER (WHERE query LIKE '{CHECKS}'), 0),"
            " coalesce(sum(calls) FILTER (WHERE query ILIKE 'COMMIT%'), 0),"
            " pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"
            " FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND query NOT ILIKE '%pg_stat_statements%'"
        )
        statements, checks, commits, wal = cursor.fetchone()
    return Reading(
        int(statements), int(checks), int(commits), int(wal), cpu_of_tree(web_pid), cpu_of_tree(database_pid)
    )


def cpu_of_tree(pid: int) -> float:
    """Return the CPU seconds of a process and all its descendants, ended ones that were waited for included."""
    children: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            _add(entry, children, used)
    waiting, total = [pid], 0
    while waiting:
        this = waiting.pop()
        total += used.get(this, 0)
        waiting += children.get(this, [])
    return total / TICKS


def _add(entry: Path, children: dict[int, list[int]], used: dict[int, int]) -> None:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return
    children.setdefault(int(fields[1]), []).append(int(entry.name))
    used[int(entry.name)] = sum(map(int, fields[11:15]))
