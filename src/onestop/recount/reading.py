"""Reads an export and checks that its files are the ones its manifest names."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FORMAT = "onestop-figures-1"
FILES = ("entries.jsonl", "procedures.jsonl", "definitions.json", "units.json", "figures.json")


class BadExport(ValueError):
    """The folder is no export of this format, or not whole."""


@dataclass(frozen=True, slots=True)
class Export:
    """All that an export holds."""

    as_of: datetime
    period_from: datetime
    zone: ZoneInfo
    entries: list[dict[str, Any]]
    procedures: list[dict[str, Any]]
    definitions: list[dict[str, Any]]
    units: list[dict[str, Any]]
    figures: list[dict[str, Any]]


def read_export(folder: Path) -> Export:
    """Return the export in a folder. Raises `BadExport` with what is wrong."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise BadExport(f"the format is {manifest['format']!r}, not {FORMAT}")
        found = {name: _read(folder / name, manifest["files"][name]["sha256"]) for name in FILES}
        return Export(
            datetime.fromisoformat(manifest["as_of"]),
            datetime.fromisoformat(manifest["period_from"]),
            ZoneInfo(manifest["zone"]),
            *(found[name] for name in FILES),
        )
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise BadExport(f"{type(error).__name__}: {error}") from error


def _read(path: Path, sha256: str) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise BadExport(f"{path.name} is not the file that the manifest names")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in raw.decode().splitlines()]
    found: list[dict[str, Any]] = json.loads(raw)
    return found
