"""Steps of the workload `engines` that run in a process of their own, so that what they use is told apart.

python -m onestop.bench.board.embedded ask FACTS QUESTIONS MEMORY        answers as JSON
"""

import json
import resource
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from onestop.bench.board.scratch import AS_OF, SINCE
from onestop.facts.rules.columnar import MANIFEST, FactSet, read_fact_set
from onestop.facts.rules.periods import month_of, month_start
from onestop.facts.rules.tally import Tally

SCANS = 2


def list_periods(questions: int) -> list[datetime]:
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
    from onestop.facts.operations.packed import pack_facts
    from onestop.facts.queries.packed import PackedFacts
    from onestop.indicators.queries.definitions import kept_layout

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

    from onestop.facts.rules.relational import find_columns
    from onestop.indicators.queries.definitions import kept_layout

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
    """Ask the embedded engine. The first question finds nothing read yet; of its CPU only the others tell, if any."""
    from onestop.config.counting import open_embedded
    from onestop.indicators.queries.definitions import kept_layout

    engine, tests = open_embedded(memory), kept_layout().tests
    seconds, cpu, answers = [], [], []
    for period in list_periods(questions):
        began, used = perf_counter(), process_time()
        answers.append(engine.count(facts, tests, as_of=AS_OF, period_from=period))
        seconds.append(perf_counter() - began)
        cpu.append(process_time() - used)
    return {
        "answer": fingerprint(answers[0]),
        "question_s": seconds,
        "cpu_a_question_s": round(median(cpu[1:] or cpu), 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def fingerprint(tally: Tally) -> str:
    """Return every number of an answer as one text, to be compared."""
    return json.dumps(sorted((*place, *numbers) for place, numbers in tally.as_rows().items()))


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "make": lambda: make(Path(place), int(rest[0])),
        "pack": lambda: pack(Path(place)),
        "scan": lambda: scan(Path(place)),
        "ask": lambda: ask(place, int(rest[0]), rest[1]),
    }
    json.dump(steps[what](), sys.stdout)
