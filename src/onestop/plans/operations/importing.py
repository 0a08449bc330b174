"""A table of targets into the draft: all of it, or nothing and a report of every bad cell (nhập chỉ tiêu)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post
from onestop.errors import Invalid
from onestop.plans.models import Plan, PlanLine
from onestop.plans.operations.drafting import open_plan
from onestop.plans.operations.entries import draft_of, enter, local_day, lock_plan
from onestop.plans.queries.measures import find_kind
from onestop.plans.queries.names import known_names
from onestop.plans.queries.plans import find_plan
from onestop.plans.queries.reference import leader_posts, list_planned_units
from onestop.plans.rules.importing import Reading, TargetRow, read_targets
from onestop.plans.rules.kinds import Deed, Origin
from onestop.plans.rules.measures import Direction, Kind
from onestop.plans.rules.sheets import read_rows


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: rows new, changed, the same as before; rows left out and why."""

    year: int
    created: int
    updated: int
    unchanged: int
    of_other_years: int
    not_obtained: int


@transaction.atomic
def import_targets(*, data: bytes, year: int, by: Principal, at: datetime, seen: int | None = None) -> ImportReport:
    """Load a table (XLSX or CSV) into the draft of a year, which is opened if there is none yet.

    Raises `Invalid` (`targets.bad_cells`, `sheet.refused`) with every fault and its cell: then nothing was loaded.
    """
    if find_plan(year) is None:
        open_plan(year=year, by=by, at=at)
    plan = lock_plan(year=year, deed=Deed.IMPORT, by=by, at=at, seen=seen)
    draft = draft_of(plan)
    reading = read_targets(read_rows(data), year=year, known=known_names(local_day(at)))
    if reading.faults:
        raise Invalid("targets.bad_cells", faults=tuple(reading.faults), year=year, count=len(reading.faults))
    report = _load(plan, draft.pk, reading, at)
    enter(
        plan,
        Deed.IMPORT,
        by,
        at,
        {
            "version": draft.number,
            "file_sha256": hashlib.sha256(data).hexdigest(),
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
        },
    )
    return report


def _load(plan: Plan, draft_id: int, reading: Reading, at: datetime) -> ImportReport:
    units = {unit.code: unit.pk for unit in list_planned_units(local_day(at))}
    leaders = {unit_id: post.pk for unit_id, post in leader_posts(units.values()).items()}
    posts, day = _posts(reading), local_day(at)
    found = {(line.unit_id, line.indicator): line for line in PlanLine.objects.filter(version_id=draft_id)}
    new, changed = [], []
    for row in reading.rows:
        unit_id = units[row.unit]
        values = _values(row, posts.get(row.post) or leaders.get(unit_id))
        line = found.get((unit_id, row.indicator))
        if line is None:
            kind, direction = find_kind(row.indicator, day) or (Kind.SHARE, Direction.AT_LEAST)
            named = {"indicator": row.indicator, "kind": kind, "direction": direction}
            new.append(PlanLine(version_id=draft_id, unit_id=unit_id, **named, **values))
        elif any(getattr(line, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(line, name, value)
            changed.append(line)
    PlanLine.objects.bulk_create(new)
    PlanLine.objects.bulk_update(changed, ["target", "weight", "origin", "document", "page", "post_id"])
    same = len(reading.rows) - len(new) - len(changed)
    return ImportReport(plan.year, len(new), len(changed), same, reading.of_other_years, reading.not_obtained)


def _posts(reading: Reading) -> dict[str, int]:
    codes = {row.post for row in reading.rows if row.post}
    return dict(Post.objects.filter(code__in=codes).values_list("code", "pk"))


def _values(row: TargetRow, post_id: int | None) -> dict[str, object]:
    return {
        "target": row.target,
        "weight": row.weight,
        "origin": Origin.IMPORTED.value,
        "document": row.document,
        "page": row.page,
        "post_id": post_id,
    }
