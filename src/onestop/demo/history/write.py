"""Writing a history: month by month, several at a time, the same bytes for the same wishes."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from onestop.demo.history.columns import as_batch
from onestop.demo.history.days import date_of, share_out
from onestop.demo.history.lives import Days, live
from onestop.demo.history.stage import Stage, set_stage
from onestop.demo.history.voices import speak
from onestop.facts.operations.facts import PORTION, write_manifest, write_month
from onestop.facts.rules.columnar import CODED, FactFile, FactSet
from onestop.worktime.rules.calendar import LOCAL_ZONE

PLANTED = "planted.json"
AT_ONCE = 16_000
"""Dossiers whose lives are drawn at once: their columns stay in the cache."""
Task = tuple[Path, Stage, int, Days, int]


def write_history(
    folder: Path, count: int, *, as_of: datetime, years: float = 3, seed: int = 1, workers: int = 2,
    say: Callable[[str], None] = lambda line: None,
) -> FactSet:  # fmt: skip
    """Write the facts of `count` dossiers filed in the years before `as_of` below `folder`, and who cheats how.

    Threads suffice: nearly all the time is spent within numpy and Arrow, which let other threads run, and a process
    more would take as long to start as half a million dossiers.
    """
    stage = set_stage(first=as_of - timedelta(days=365 * years), as_of=as_of, seed=seed)
    files = []
    with ThreadPoolExecutor(workers) as pool:
        for file in pool.map(_write, _tasks(folder, stage, count)):
            say(f"{file.path}: {file.rows}")
            files.append(file)
    found = FactSet(as_of, tuple(files))
    (folder / PLANTED).write_text(json.dumps(planted(stage), indent=1) + "\n")
    write_manifest(folder, found)
    return found


def planted(stage: Stage) -> dict[str, Any]:
    """Return which units cheat, how and since when, and which report late: what alarms have to find."""
    cheats = [
        {"unit": item.code, "habit": item.habit, "from": date_of(item.cheats_from).isoformat()}
        for item in stage.offices
        if item.habit
    ]
    return {"seed": stage.seed, "cheats": cheats, "late": [item.code for item in stage.offices if item.reports_late]}


def _tasks(folder: Path, stage: Stage, count: int) -> Iterator[Task]:
    days = share_out(count, range(stage.first, stage.until), stage.clock)
    stream = 1
    for month, group in groupby(days.items(), key=lambda item: _month(item[0])):
        of_month = list(group)
        yield folder, stage, month, of_month, stream
        stream += sum(filed for _, filed in of_month)


def _month(day: int) -> int:
    on = date_of(day)
    return on.year * 12 + on.month - 1


def _write(task: Task) -> FactFile:
    folder, stage, month, days, stream = task
    return write_month(folder, month, _tables(stage, days, stream), CODED)


def _tables(stage: Stage, days: Days, stream: int) -> Iterator[pa.Table]:
    """Yield the dossiers of a month, so many at a time as are written together."""
    kept: list[pa.RecordBatch] = []
    for part in _parts(days):
        kept.append(as_batch(stage, speak(stage, part[0][0], live(stage, part)), stream))
        stream += kept[-1].num_rows
        if sum(batch.num_rows for batch in kept) >= PORTION:
            yield pa.Table.from_batches(kept)
            kept = []
    if kept:
        yield pa.Table.from_batches(kept)


def _parts(days: Days) -> Iterator[Days]:
    """Yield days that are lived through at once, few enough for the cache."""
    part: Days = []
    for day, filed in days:
        part += [(day, filed)] * (filed > 0)
        if sum(filed for _, filed in part) >= AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def local_moment(text: str) -> datetime:
    """Return a moment; without an offset it is local."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)
