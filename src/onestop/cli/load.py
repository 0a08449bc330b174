"""`onestop load`: reference data in, whichever kind it is."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.catalogue import is_catalogue, told
from onestop.cli.tables import read_bytes
from onestop.config.running import Household, migrate
from onestop.errors import Invalid, OneStopError


class Load(NamedTuple):
    """One thing to load: its file or folder, and what loads it into an answer."""

    path: Path
    load: Callable[[Path], dict[str, Any]]


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@json_option
def load(path: Path, as_json: bool) -> None:
    """Bring reference data in from PATH, a file or a folder of files.

    \b
    Known by their names, in the order in which they are loaded:
      units.csv             with successions.csv and posts.csv beside it: units and posts
      procedures*.json      curated procedures        procedures*.csv   one procedure a line
      forms*.json           electronic forms          processes*.json   electronic processes
    Files may be gzipped (.gz), but for those of units and processes.

    Every row that cannot be used is named with its reason; a file that is broken as a whole loads nothing,
    and the other files are still loaded. The same again changes nothing.

    Exit code 0; 1 if rows could not be used; 2 if a file could not be used at all.
    """
    found = find_loads(path)
    if not found:
        raise Invalid("load.nothing_known", path=str(path))
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        answers = [{"file": str(item.path), **_attempt(item)} for item in found]
    answer({"files": answers}, "\n".join(_line(item) for item in answers), as_json=as_json)
    if any("error" in item for item in answers):
        sys.exit(2)
    if any(item["unusable"] for item in answers):
        sys.exit(1)


def find_loads(path: Path) -> list[Load]:
    """What is known under `path`, in the order of loading: units, procedures (curated first), forms, processes."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    known = [file for file in files if is_catalogue(file)]
    known.sort(key=lambda file: (file.name.startswith("forms"), ".csv" in file.name, file.name))
    return [
        *(Load(file.parent, _units) for file in files if file.name == "units.csv"),
        *(Load(file, _catalogue) for file in known),
        *(Load(file, _processes) for file in files if _is_processes(file.name)),
    ]


def _is_processes(name: str) -> bool:
    return name.startswith("processes") and name.endswith(".json")


def _attempt(item: Load) -> dict[str, Any]:
    progress(f"{item.path} ...")
    try:
        return item.load(item.path)
    except OneStopError as error:
        return {"error": error.code, "params": error.params, "unusable": []}


def _units(path: Path) -> dict[str, Any]:
    from onestop.accounts.rules import SYSTEM
    from onestop.agencies.operations.load import load_units

    report = load_units(path, by=SYSTEM, at=datetime.now(UTC))
    rows = report.created + report.updated + report.unchanged + len(report.faults)
    return {
        "kind": "units",
        "rows": rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "unusable": [asdict(fault) for fault in report.faults],
        "doubtful": [],
    }


def _catalogue(path: Path) -> dict[str, Any]:
    from onestop.accounts.rules import SYSTEM
    from onestop.catalogue.operations import import_file

    return import_file(data=read_bytes(str(path)), by=SYSTEM, at=datetime.now(UTC)).as_payload()


def _processes(path: Path) -> dict[str, Any]:
    from onestop.process.operations.templates import import_processes

    try:
        found = json.loads(read_bytes(str(path)))
    except ValueError as error:
        raise Invalid("file.broken_json", line=getattr(error, "lineno", 0)) from error
    listed = found.get("processes") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise Invalid("file.unknown_shape")
    places = {str(item.get("id")): place for place, item in enumerate(listed, 1) if isinstance(item, dict)}
    report = import_processes(processes=listed, procedures_of={}, in_force_from=date(2023, 1, 1))
    return {
        "kind": "processes",
        "rows": len(listed),
        "created": report.created,
        "updated": 0,
        "unchanged": report.unchanged,
        "unusable": [
            {"row": places.get(code, 0), "code": code, "reason": reason}
            for code, reasons in report.unusable
            for reason in reasons
        ],
        "doubtful": [],
    }


def _line(item: dict[str, Any]) -> str:
    if "error" in item:
        return f"{item['file']}: not loaded, {item['error']}"
    if item["unusable"] and "reason" not in item["unusable"][0]:
        named = "\n".join(f"  {fault}" for fault in item["unusable"])
        return f"{item['file']}: {told({**item, 'unusable': []})}\n{named}"
    return f"{item['file']}: {told(item)}"
