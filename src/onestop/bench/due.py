"""The legal clock over a table: `python -m onestop.bench.due`.

Measures `onestop due --file` from start to end as its user has it, and, in the same run, the limit no answer can beat:
a bare loop that reads the same table, reads its moments and writes as many cells, computing nothing.
"""

import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from onestop.worktime.queries import get_packaged_calendar
from onestop.worktime.rules import LOCAL_ZONE, Case, TimeLimit, answer_case

LIMITS = ("5 working days", "8 working hours", "20 days", "1 month", "0.5 working days", "15 working days", "same day")
FIRST = datetime(2023, 1, 3, 7, tzinfo=LOCAL_ZONE)
MINUTES = 3 * 365 * 24 * 60
ADDED = 10  # cells an answer adds to its row


def run(cases: int = 100_000) -> dict[str, Any]:
    """Measure and return the figures: seconds of the command, of the rules alone, of the bare loop, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "cases.csv"), Path(folder, "answers.csv")
        _write_cases(path, cases)
        command = _seconds_of_command(path, out)
        bare = _seconds_of_bare_loop(path)
        rules = _seconds_of_rules(path)
        answered = sum(1 for _ in out.open(encoding="utf-8")) - 1
    return {
        "workload": "due",
        "cases": cases,
        "answered": answered,
        "command_seconds": round(command, 3),
        "rules_seconds": round(rules, 3),
        "bare_loop_seconds": round(bare, 3),
        "ratio": round(command / bare, 2),
        "cases_per_second": round(cases / command),
    }


def _write_cases(path: Path, cases: int) -> None:
    """Three years of receptions; each tenth case suspended, each twentieth supplemented. The same cases every time."""
    chance = random.Random(2026)  # noqa: S311  nothing secret: the same cases in every run
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["code", "from", "limit", "suspend", "restart_at", "as_of"])
        for number in range(cases):
            at = FIRST + timedelta(minutes=chance.randrange(MINUTES))
            stood, resumed = at + timedelta(days=2, hours=1), at + timedelta(days=4, hours=3)
            suspend = f"{stood.isoformat()}..{resumed.isoformat()}" if number % 10 == 0 else ""
            restart = resumed.isoformat() if number % 20 == 0 else ""
            as_of = (at + timedelta(days=3)).isoformat()
            writer.writerow([f"H49-{number}", at.isoformat(), LIMITS[number % len(LIMITS)], suspend, restart, as_of])


def _seconds_of_command(path: Path, out: Path) -> float:
    program = str(Path(sys.executable).with_name("onestop"))
    began = perf_counter()
    subprocess.run([program, "due", "--file", str(path), "--out", str(out)], check=True)
    return perf_counter() - began


def _seconds_of_rules(path: Path) -> float:
    """The legal clock alone, on cases already read."""
    calendar = get_packaged_calendar()
    with path.open(encoding="utf-8", newline="") as source:
        rows = [(datetime.fromisoformat(row["from"]), row["limit"]) for row in csv.DictReader(source)]
    cases = [Case(received_at, TimeLimit.parse(limit)) for received_at, limit in rows]
    began = perf_counter()
    for case in cases:
        answer_case(calendar, case)
    return perf_counter() - began


def _seconds_of_bare_loop(path: Path) -> float:
    began = perf_counter()
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    heading, writer = next(reader), csv.writer(io.StringIO())
    writer.writerow([*heading, *["answer"] * ADDED])
    for row in reader:
        writer.writerow([*row, *[datetime.fromisoformat(row[1]).isoformat()] * ADDED])
    return perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
