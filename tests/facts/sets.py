"""Sets of columnar facts for tests."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from onestop.facts.operations.facts import write_manifest, write_month
from onestop.facts.rules.columnar import SCHEMA, FactSet
from onestop.facts.rules.facts import STORED, DossierFacts
from onestop.facts.rules.periods import month_of


def write_set(folder: Path, facts: Iterable[DossierFacts], *, as_of: datetime) -> FactSet:
    """Write facts as they are, month by month."""
    months: dict[int, list[DossierFacts]] = defaultdict(list)
    for item in sorted(facts, key=lambda item: (item.submitted_at, item.stream)):
        assert item.submitted_at
        months[month_of(item.submitted_at)].append(item)
    files = tuple(write_month(folder, month, [_batch(rows)]) for month, rows in sorted(months.items()))
    found = FactSet(as_of, files)
    write_manifest(folder, found)
    return found


def _batch(rows: list[DossierFacts]) -> pa.Table:
    columns = [[getattr(row, name) for row in rows] for name in STORED]
    return pa.Table.from_arrays(
        [pa.array(values, type=field.type) for values, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
