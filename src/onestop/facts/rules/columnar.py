"""The open format of columnar facts: which column a fact has, of which type; one Parquet file a month of filing.

Stored is every fact of `DossierFacts` that does not depend on the moment of asking. Described in `docs/facts.md`.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pyarrow as pa

from onestop.facts.rules.facts import DOSSIER_FACTS, STORED, DossierFacts, FactKind

FORMAT = "onestop-facts-1"
MANIFEST = "facts.json"

_TYPES = {
    FactKind.MOMENT: pa.timestamp("us", tz="UTC"),
    FactKind.DAY: pa.date32(),
    FactKind.TEXT: pa.string(),
    FactKind.NUMBER: pa.int32(),
    FactKind.TRUTH: pa.bool_(),
}
_WIDE = {"stream": pa.int64()}
_OPTIONAL = {item.name for item in fields(DossierFacts) if "None" in str(item.type)}

SCHEMA = pa.schema(
    [pa.field(name, _WIDE.get(name, _TYPES[DOSSIER_FACTS[name]]), nullable=name in _OPTIONAL) for name in STORED]
)

TEXTS = [field.name for field in SCHEMA if field.type == pa.string() and field.name != "code"]
"""Columns with few values, each kept once a file."""
CODED = pa.schema(
    [field.with_type(pa.dictionary(pa.int32(), pa.string())) if field.name in TEXTS else field for field in SCHEMA]
)
"""The same columns for a writer who has the few values as a list and numbers into it; the file is the same."""
COLUMNS = {field.name: str(field.type) for field in SCHEMA}


@dataclass(frozen=True, slots=True)
class FactFile:
    """One file of a set: its path below the folder, the dossiers in it, its hash."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FactSet:
    """A folder of facts as of one moment (bộ dữ kiện): what its manifest says."""

    as_of: datetime
    files: tuple[FactFile, ...]

    @property
    def rows(self) -> int:
        """How many dossiers are in it."""
        return sum(file.rows for file in self.files)

    def as_document(self) -> dict[str, Any]:
        """Return the manifest as plain data."""
        return {
            "format": FORMAT,
            "as_of": self.as_of.isoformat(),
            "rows": self.rows,
            "columns": dict(COLUMNS),
            "files": [{"path": file.path, "rows": file.rows, "sha256": file.sha256} for file in self.files],
        }


def read_fact_set(raw: dict[str, Any]) -> FactSet:
    """Return a manifest from its JSON form. Raises `ValueError` for another format, `KeyError` for a missing part.

    A set written before a column was added is refused: what it does not say would be counted as unknown.
    """
    if raw["format"] != FORMAT:
        raise ValueError(f"not {FORMAT}: {raw['format']!r}")
    lacking = sorted(COLUMNS.items() - raw["columns"].items())
    if lacking:
        raise ValueError(f"lacks the columns {', '.join(name for name, _ in lacking)}: written by another version")
    files = tuple(FactFile(file["path"], file["rows"], file["sha256"]) for file in raw["files"])
    return FactSet(datetime.fromisoformat(raw["as_of"]), files)


def month_path(month: int) -> str:
    """Return where the facts of the dossiers filed in that month are kept, below the folder of the set."""
    return f"month={month // 12:04d}-{month % 12 + 1:02d}/facts.parquet"
