"""Snapshots: what would be written into one, which there are, and whether they still hold."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.accounts.rules import Principal
from onestop.catalogue.models import ProcedureVersion
from onestop.errors import NotFound
from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import FACTS_SQL, moments, run
from onestop.facts.rules.columns import part_condition
from onestop.facts.rules.definitions import Part, Subject
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.models import Snapshot
from onestop.indicators.queries.definitions import definitions_hash
from onestop.indicators.queries.figures import Survey, list_figures, list_rows, take_survey
from onestop.indicators.queries.quality import SCHEME as QUALITY
from onestop.indicators.queries.quality import find_quality
from onestop.indicators.queries.units import check_may_see, own_agency, unit_filter
from onestop.indicators.rules.duties import Duty, may
from onestop.indicators.rules.snapshots import FORMAT, Moved, content_hash, figure_content, find_moved, list_hash
from onestop.journal.queries import find_fault, list_register
from onestop.journal.rules import moment_text
from onestop.worktime.queries import list_calendar_versions

REGISTER = "snapshots"


@dataclass(frozen=True, slots=True)
class Made:
    """What a snapshot of these moments holds: its content, and the list of dossiers behind it."""

    content: dict[str, Any]
    dossiers_count: int
    dossiers_hash: str


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a snapshot holds: every reason against it, and what is known now that was not known then."""

    faults: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def holds(self) -> bool:
        """True if the snapshot is what was signed. Figures may have moved since: that is no fault of it."""
        return not self.faults


def make_content(*, unit: str, period_from: datetime, as_of: datetime, known_at: datetime | None) -> Made:
    """Count the figures of a unit and of those below it, as known at `known_at` (now, if none is given)."""
    survey = take_survey(as_of=as_of, period_from=period_from, known_at=known_at)
    count, digest = _list_dossiers(survey, unit, known_at)
    content = {
        "format": FORMAT,
        "unit": unit,
        "period_from": moment_text(period_from),
        "as_of": moment_text(as_of),
        "definitions": definitions_hash(),
        "calendar": _calendar(as_of),
        "catalogue": _catalogue(survey),
        "figures": [figure_content(figure) for figure in list_figures(survey, unit=unit)],
        "units": [
            {"unit": row.unit, "figures": [figure_content(figure) for figure in row.figures]}
            for row in list_rows(survey, unit=unit)
            if row.unit != unit and any(figure.denominator for figure in row.figures)
        ],
        "dossiers": {"count": count, "sha256": digest},
    }
    return Made(content, count, digest)


def list_snapshots(*, unit: str = "", by: Principal | None = None) -> list[Snapshot]:
    """Return the snapshots of a unit (of all, without one), the newest first. With `by`, only of units it may see."""
    rows = Snapshot.objects.all()
    if unit:
        if by is not None:
            check_may_see(unit, by)
        rows = rows.filter(unit=unit)
    return list(rows)


def list_waiting(*, by: Principal) -> list[Snapshot]:
    """Return the prepared snapshots that `by` may sign as the head of their unit, the oldest first."""
    if not may(Duty.SIGN_SNAPSHOT, by):
        return []
    rows = Snapshot.objects.filter(unit=own_agency(by), entry=None).exclude(prepared_by=f"officer:{by.account_id}")
    return list(rows.order_by("as_of"))


def quality_before(*, unit: str, period_from: datetime, as_of: datetime) -> list[dict[str, Any]]:
    """Return what the report on the data of a unit finds: code, how many, of how many; nothing found is left out."""
    survey = take_survey(as_of=as_of, period_from=period_from, scheme=QUALITY)
    found = find_quality(survey, unit=unit)
    doubts = [(item.definition.code, item.numerator, item.denominator) for item in found.doubts]
    checks = [(check.code, check.found, check.of) for check in found.checks]
    return [{"code": code, "found": count, "of": of} for code, count, of in [*doubts, *checks] if count]


def get_snapshot(snapshot_id: int, *, by: Principal | None = None) -> Snapshot:
    """Return one snapshot. Raises `NotFound`, also for a unit that `by` may not see."""
    row = Snapshot.objects.filter(pk=snapshot_id).first()
    if row is None:
        raise NotFound("snapshot.not_found", snapshot=snapshot_id)
    if by is not None:
        check_may_see(row.unit, by)
    return row


def check_snapshot(row: Snapshot) -> Held:
    """Check a snapshot against its hash, the journal and a new count as known then; say what has moved since."""
    faults = []
    if content_hash(row.content) != row.content_hash:
        faults.append("snapshot.content_altered")
    again = _make_again(row, row.known_at)
    if again != row.content:
        faults.append("snapshot.not_reproduced")
    if row.entry is None:
        faults.append("snapshot.not_signed")
    else:
        faults += _entry_faults(row)
    return Held(tuple(faults), find_moved(row.content, _make_again(row, None)))


def entry_payload(row: Snapshot) -> dict[str, Any]:
    """Return what the journal says of a signed snapshot."""
    return {
        "unit": row.unit,
        "number": row.number,
        "period_from": moment_text(row.period_from),
        "as_of": moment_text(row.as_of),
        "known_at": moment_text(row.known_at),
        "content": row.content_hash,
        "dossiers": row.dossiers_hash,
        "count": row.dossiers_count,
        "reason": row.reason,
        "prepared_by": row.prepared_by,
    }


def _make_again(row: Snapshot, known_at: datetime | None) -> dict[str, Any]:
    """Count once more. The files of definitions may have grown since: what held then still has to give the same."""
    made = make_content(unit=row.unit, period_from=row.period_from, as_of=row.as_of, known_at=known_at)
    return {**made.content, "definitions": row.content.get("definitions")}


def _entry_faults(row: Snapshot) -> list[str]:
    entry = next((entry for entry in list_register(REGISTER) if entry.pk == row.entry), None)
    if entry is None:
        return ["snapshot.entry_missing"]
    faults = [] if entry.payload == entry_payload(row) else ["snapshot.entry_differs"]
    fault = find_fault(entry)
    return faults + ([f"snapshot.entry_{fault}"] if fault else [])


def _list_dossiers(survey: Survey, unit: str, known_at: datetime | None) -> tuple[int, str]:
    """Return count and hash of the list of all dossiers that any figure of the unit counts."""
    units = unit_filter(unit, on=survey.on)
    parameters: dict[str, Any] = dict(moments(survey.as_of, survey.period_from, known_at))
    marks = []
    for definition in survey.definitions:
        if definition.subject is Subject.DOSSIER:
            inside, passed = (
                compile_condition(part_condition(definition, part), parameters)
                for part in (Part.DENOMINATOR, Part.NUMERATOR)
            )
            marks.append(f"CASE WHEN {passed} THEN '2' WHEN {inside} THEN '1' ELSE '0' END")
    within = "TRUE"
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f"{units.column} = ANY(%(unit_codes)s)"
    sql = (
        f"WITH facts AS MATERIALIZED (\n{FACTS_SQL}) SELECT coalesce(code, ''), {' || '.join(marks)}"  # noqa: S608
        f" FROM facts WHERE {within}"
    )
    return list_hash(run(sql, parameters))


def _calendar(as_of: datetime) -> list[dict[str, Any]]:
    """Return every calendar version published by then, by number and basis; none means the packaged one."""
    rows = [row for row in list_calendar_versions() if row.published_at <= as_of]
    return [
        {
            "unit": row.unit_code,
            "version": row.version,
            "valid_from": row.valid_from.isoformat(),
            "basis": row.legal_basis,
        }
        for row in sorted(rows, key=lambda row: (row.unit_code, row.version))
    ]


def _catalogue(survey: Survey) -> dict[str, Any]:
    """Return how many procedure versions were published by then, and the hash of which."""
    day = survey.as_of.astimezone(PROVINCE_ZONE).date()
    rows = (
        ProcedureVersion.objects.filter(published_at__lte=survey.as_of, effective_from__lte=day)
        .order_by("procedure__code", "number")
        .values_list("procedure__code", "number", "content_hash")
    )
    lines = [f"{code}\t{number}\t{digest}\n" for code, number, digest in rows]
    return {"versions": len(lines), "sha256": hashlib.sha256("".join(lines).encode()).hexdigest()}
