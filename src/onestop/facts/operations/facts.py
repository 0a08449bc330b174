"""Writing columnar facts: one Parquet file a month of filing, and a manifest that names each with its hash.

The same facts give the same bytes: rows in the order of filing, fixed encodings, nothing of the writer's moment.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onestop.facts.queries.facts import iterate_stored
from onestop.facts.rules.columnar import FORMAT, MANIFEST, SCHEMA, TEXTS, FactFile, FactSet, month_path
from onestop.facts.rules.periods import month_of

PORTION = 65_536
_ORDERED = ("stream", "submitted_at")
_DUE = ["legal_due_at", "indicator_due_at", "appointed_at", "legal_due_on", "finished_on"]
_COUNTED = [field.name for field in SCHEMA if field.type == pa.int32() and field.name != "handling_minutes"]
ENCODING: dict[str, Any] = {
    "compression": "zstd", "compression_level": 1, "use_dictionary": [*TEXTS, *_COUNTED, *_DUE],
    "write_statistics": ["submitted_at"], "column_encoding": dict.fromkeys(_ORDERED, "DELTA_BINARY_PACKED"),
    "store_schema": False, "version": "2.6",
}  # fmt: skip


def export_facts(folder: Path, *, as_of: datetime) -> FactSet:
    """Write the facts of every dossier filed by `as_of` below `folder`, from the journal alone, and the manifest."""
    files = []
    filed = SCHEMA.get_field_index("submitted_at")
    for month, rows in groupby(iterate_stored(as_of=as_of), key=lambda row: month_of(row[filed])):
        files.append(write_month(folder, month, _batches(rows)))
    found = FactSet(as_of, tuple(files))
    write_manifest(folder, found)
    return found


def write_month(folder: Path, month: int, portions: Iterable[pa.Table], schema: pa.Schema = SCHEMA) -> FactFile:
    """Write the facts of the dossiers filed in one month, already in order; return what the manifest says of it."""
    path = folder / month_path(month)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(path, schema.with_metadata({"format": FORMAT}), **ENCODING) as writer:
        for portion in portions:
            writer.write_table(portion)
            rows += portion.num_rows
    return FactFile(month_path(month), rows, _sha256(path))


def write_manifest(folder: Path, found: FactSet) -> None:
    """Write what the set holds, last: a folder without a manifest is unfinished."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps(found.as_document(), indent=1, ensure_ascii=False) + "\n")


def _batches(rows: Iterable[tuple[object, ...]]) -> Iterator[pa.Table]:
    portion: list[tuple[object, ...]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == PORTION:
            yield _batch(portion)
            portion = []
    if portion:
        yield _batch(portion)


def _batch(rows: list[tuple[object, ...]]) -> pa.Table:
    columns = [pa.array(values, type=field.type) for values, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
