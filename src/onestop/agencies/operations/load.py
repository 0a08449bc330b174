"""Loading units, successions and posts from a folder of tables."""

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post, Succession, Unit
from onestop.agencies.operations.authority import refuse_others
from onestop.agencies.operations.structure import mark_changed
from onestop.agencies.rules.rows import (
    PostRow,
    RowFault,
    SuccessionRow,
    UnitRow,
    read_post,
    read_succession,
    read_unit,
)
from onestop.errors import Fault, NotFound

DATA = Path(__file__).resolve().parents[1] / "data"
"""The units of the province as they come with the product."""

R = TypeVar("R", UnitRow, SuccessionRow, PostRow)
M = TypeVar("M", bound=models.Model)


@dataclass
class LoadReport:
    """What a load did: rows made anew, changed, left as they were, and every row that cannot be used."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)


@transaction.atomic
def load_units(path: Path = DATA, *, by: Principal, at: datetime) -> LoadReport:
    """Load `units.csv`, and where there are `successions.csv` and `posts.csv`, from the folder `path`.

    Loading the same again changes nothing. Units that are no longer in the table stay: units end, they are not
    deleted. A row that cannot be used is left out and named in the report. Raises `NotFound` without `units.csv`.
    """
    refuse_others(by)
    if not (path / "units.csv").is_file():
        raise NotFound("load.no_units", path=str(path))
    report = LoadReport()
    units = _load_units(path / "units.csv", report)
    _load_successions(path / "successions.csv", units, report)
    _load_posts(path / "posts.csv", units, report)
    if report.created or report.updated:
        mark_changed(by=by, at=at)
    return report


def _load_units(file: Path, report: LoadReport) -> dict[str, Unit]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    levels: dict[int, list[tuple[Unit, dict[str, Any]]]] = {}
    seats: list[tuple[int, str, str]] = []
    for line, row in _usable(file, read_unit, report):
        parent = units.get(row.parent)
        if row.parent and parent is None:
            report.faults.append(RowFault(file.name, line, Fault("parent", "row.unknown_unit", {"value": row.parent})))
            continue
        path = f"{parent.path if parent else ''}{row.code}/"
        unit = units.setdefault(row.code, Unit(code=row.code, path=path))
        levels.setdefault(path.count("/"), []).append((unit, _unit_values(row, parent, path)))
        seats.append((line, row.code, row.seat))
    for level in sorted(levels):
        for _, values in levels[level]:
            if values["parent"] is not None:
                values["parent_id"] = values["parent"].pk
            values.pop("parent")
        _keep(Unit, levels[level], report)
    _seat(file, units, seats, report)
    return units


def _unit_values(row: UnitRow, parent: Unit | None, path: str) -> dict[str, Any]:
    plain = ("names", "type", "agency_code", "national_code", "is_vertical", "valid_from", "valid_until")
    values = {name: getattr(row, name) for name in (*plain, "latitude", "longitude", "area_km2", "source")}
    return values | {"kind": row.kind.value, "sectors": list(row.sectors), "path": path, "parent": parent}


def _seat(file: Path, units: dict[str, Unit], seats: list[tuple[int, str, str]], report: LoadReport) -> None:
    changed = []
    for line, code, seat in seats:
        if seat and seat not in units:
            report.faults.append(RowFault(file.name, line, Fault("seat", "row.unknown_unit", {"value": seat})))
            continue
        seat_id = units[seat].pk if seat else None
        if units[code].seat_id != seat_id:
            units[code].seat_id = seat_id
            changed.append(units[code])
    Unit.objects.bulk_update(changed, ["seat"], batch_size=500)


def _load_successions(file: Path, units: dict[str, Unit], report: LoadReport) -> None:
    known = {(row.predecessor_id, row.successor_id, row.on): row for row in Succession.objects.all()}
    wanted: list[tuple[Succession, dict[str, Any]]] = []
    for line, row in _usable(file, read_succession, report):
        unknown = [code for code in (row.predecessor, row.successor) if code not in units]
        if unknown:
            report.faults.append(RowFault(file.name, line, Fault("unit", "row.unknown_unit", {"value": unknown[0]})))
            continue
        key = (units[row.predecessor].pk, units[row.successor].pk, row.on)
        found = known.setdefault(key, Succession(predecessor_id=key[0], successor_id=key[1], on=row.on))
        wanted.append((found, {"share": row.share.value, "is_main": row.is_main, "ground": row.ground}))
    _keep(Succession, wanted, report)


def _load_posts(file: Path, units: dict[str, Unit], report: LoadReport) -> None:
    known = {post.code: post for post in Post.objects.all()}
    wanted: list[tuple[Post, dict[str, Any]]] = []
    for line, row in _usable(file, read_post, report):
        if row.unit not in units:
            report.faults.append(RowFault(file.name, line, Fault("unit", "row.unknown_unit", {"value": row.unit})))
            continue
        post = known.setdefault(row.code, Post(code=row.code))
        wanted.append((post, {"unit_id": units[row.unit].pk, "role": row.role.value, "names": row.names}))
    _keep(Post, wanted, report)


def _usable(file: Path, read: Callable[..., R | tuple[Fault, ...]], report: LoadReport) -> Iterator[tuple[int, R]]:
    """Yield every usable row with its line; put the others, and codes that stand twice, into the report."""
    if not file.is_file():
        return
    seen: set[tuple[str, str]] = set()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for line, cells in enumerate(csv.DictReader(stream), start=2):
            row = read({key: unicodedata.normalize("NFC", value or "") for key, value in cells.items() if key})
            if isinstance(row, tuple):
                report.faults.extend(RowFault(file.name, line, fault) for fault in row)
                continue
            key = (row.predecessor, row.successor) if isinstance(row, SuccessionRow) else (row.code, "")
            if key in seen:
                report.faults.append(RowFault(file.name, line, Fault("code", "row.twice", {"value": key[0]})))
                continue
            seen.add(key)
            yield line, row


def _keep(model: type[M], wanted: list[tuple[M, dict[str, Any]]], report: LoadReport) -> None:
    """Create what is new, update what differs, count the rest."""
    new, changed = [], []
    for row, values in wanted:
        differs = [name for name, value in values.items() if getattr(row, name) != value]
        for name in differs:
            setattr(row, name, values[name])
        if row.pk is None:
            new.append(row)
        elif differs:
            changed.append(row)
    manager = model._default_manager
    manager.bulk_create(new)
    manager.bulk_update(changed, sorted(wanted[0][1]), batch_size=500) if changed else None
    report.created += len(new)
    report.updated += len(changed)
    report.unchanged += len(wanted) - len(new) - len(changed)
