"""The shelf on which an import lays what it read, beside what is there, and from which it writes all at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from onestop.accounts.rules import Principal
from onestop.catalogue import queries
from onestop.catalogue.models import Procedure, ProcedureVersion, Sector
from onestop.catalogue.operations.copying import copy_rows
from onestop.catalogue.operations.reports import Remark
from onestop.catalogue.operations.sectors import SectorShelf
from onestop.catalogue.rules.facts import Detail, ProcedureFacts
from onestop.catalogue.rules.findability import search_columns
from onestop.catalogue.rules.kinds import Applicability, ProcedureKind, ProcedureState
from onestop.catalogue.rules.packing import digest, pack
from onestop.catalogue.rules.prominence import prominence
from onestop.catalogue.rules.words import sort_key
from onestop.journal.operations import actor_name

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BATCH = 1000


class Shelf:
    """Compares each record with what is there and writes what differs, a few statements for thousands of rows."""

    def __init__(self, *, by: Principal, at: datetime, first_day: date, effective_from: date | None) -> None:
        self._by, self._at, self._first_day = actor_name(by), at, first_day
        self._changes_from = effective_from or at.astimezone(PROVINCE_ZONE).date()
        self._known = {row.code: row for row in Procedure.objects.select_for_update(of=("self",)).order_by("id")}
        self._versions = _last_versions()
        self._sectors = SectorShelf()
        self._everyday = queries.everyday_phrases()
        self._new: list[Procedure] = []
        self._changed: list[Procedure] = []
        self._new_versions: list[ProcedureVersion] = []
        self._ended: list[int] = []
        self.created = self.updated = self.unchanged = 0
        self.unusable: list[Remark] = []
        self.doubtful: list[Remark] = []

    def put(self, row: int, facts: ProcedureFacts) -> None:
        """Lay one usable record on the shelf."""
        there = self._known.get(facts.code)
        values = self._columns(there, facts)
        if there is None:
            procedure = Procedure(code=facts.code, **values)
            self._new.append(procedure)
            self._known[facts.code] = procedure
            self._add_version(procedure, facts, number=1, day=self._first_day, assumed=True)
            self.created += 1
            return
        version_changed = self._put_version(row, there, facts)
        if version_changed is None:
            return
        row_changed = any(getattr(there, column) != value for column, value in values.items())
        if row_changed:
            for column, value in values.items():
                setattr(there, column, value)
            self._changed.append(there)
        if row_changed or version_changed:
            self.updated += 1
        else:
            self.unchanged += 1

    def write(self) -> None:
        """Write everything laid on the shelf."""
        copy_rows(self._new)
        if self._changed:
            columns = [field.name for field in Procedure._meta.concrete_fields if not field.primary_key]
            columns = [name for name in columns if name not in {"code", "search_vector"}]
            Procedure.objects.bulk_update(self._changed, columns, batch_size=BATCH)
        ProcedureVersion.objects.filter(pk__in=self._ended).update(effective_until=self._changes_from)
        for version in self._new_versions:
            version.procedure_id = version.procedure.pk
        copy_rows(self._new_versions)

    def _put_version(self, row: int, there: Procedure, facts: ProcedureFacts) -> bool | None:
        """Lay a new version beside the old one if it says something else; None if that cannot be."""
        if facts.detail is Detail.LIST and there.is_curated:
            return False
        last, imported_hash = self._versions[there.code]
        if digest(_version_values(facts)) == imported_hash:
            return False
        if not last.is_imported:
            self.doubtful.append((row, there.code, "published_version_kept"))
            return False
        if last.effective_from > self._changes_from or last.effective_until is not None:
            self.unusable.append((row, there.code, "version_before_the_last"))
            return None
        self._ended.append(last.pk)
        self._add_version(there, facts, number=last.number + 1, day=self._changes_from, assumed=False)
        return True

    def _add_version(
        self, procedure: Procedure, facts: ProcedureFacts, *, number: int, day: date, assumed: bool
    ) -> None:
        values = _version_values(facts)
        self._new_versions.append(
            ProcedureVersion(
                procedure=procedure,
                number=number,
                effective_from=day,
                effective_assumed=assumed,
                published_at=self._at,
                published_by=self._by,
                content_hash=digest(values),
                **values,
            )
        )

    def _columns(self, there: Procedure | None, facts: ProcedureFacts) -> dict[str, Any]:
        values = _standing(there, facts)
        if there is None or facts.detail is Detail.CORE or not there.is_curated:
            values |= self._description(there, facts)
        values["facts_source"] = {**(there.facts_source if there else {}), **_sources(there, facts)}
        values["prominence"] = prominence(
            is_curated=values.get("is_curated", bool(there and there.is_curated)),
            state=ProcedureState(values["state"]),
            kind=ProcedureKind(values["kind"]),
            applicability=Applicability(values["applicability"]),
            levels=frozenset(values.get("levels", there.levels if there else ())),
            applicant_kinds=frozenset(values.get("applicant_kinds", there.applicant_kinds if there else ())),
        )
        return values

    def _description(self, there: Procedure | None, facts: ProcedureFacts) -> dict[str, Any]:
        sector: Sector = self._sectors.find(facts.sector)
        names = facts.content.names
        found = search_columns(facts.code, names, sector.names, self._everyday.get(facts.code, ()))
        return {
            "names": dict(names),
            "sort_key": sort_key(names["vi"])[:2400],
            "sector_id": sector.pk,
            "levels": [level.value for level in facts.levels],
            "applicant_kinds": [str(kind) for kind in facts.applicant_kinds],
            "agency": facts.agency,
            "promulgated_by": facts.promulgated_by or (there.promulgated_by if there else ""),
            "is_curated": facts.detail is Detail.CORE,
            "successor": facts.successor,
            "as_of": facts.as_of,
            "search_name": found.search_name,
            "search_accented": found.search_accented,
            "search_other": found.search_other,
            "search_words": found.search_words,
        }


def _standing(there: Procedure | None, facts: ProcedureFacts) -> dict[str, Any]:
    """Where the procedure stands: what this file does not say stays as it was."""
    examples = list(facts.provincial_online_examples)
    if there is not None and (not examples or (facts.detail is Detail.LIST and there.is_curated)):
        examples = there.provincial_online_examples or examples
    return {
        "kind": facts.kind or (there.kind if there else ProcedureKind.STANDARD),
        "state": facts.state or (there.state if there else ProcedureState.PUBLIC),
        "applicability": facts.applicability or (there.applicability if there else Applicability.UNKNOWN),
        "provincial_online_examples": examples,
    }


def _sources(there: Procedure | None, facts: ProcedureFacts) -> Mapping[str, object]:
    if facts.detail is Detail.LIST and there is not None and there.is_curated:
        return {key: value for key, value in facts.facts_source.items() if key == "applicability"}
    return facts.facts_source


def _version_values(facts: ProcedureFacts) -> dict[str, Any]:
    return {
        "decision": facts.decision,
        "online_level": facts.online_level.value,
        "online_submission": facts.online_submission,
        "online_basis": facts.online_basis,
        "content": pack(facts.content),
    }


def _last_versions() -> dict[str, tuple[ProcedureVersion, str]]:
    """Return the last version of each procedure, and the hash of the last one that came by import."""
    rows = (
        ProcedureVersion.objects.defer("content")
        .select_related("procedure")
        .only("number", "effective_from", "effective_until", "is_imported", "content_hash", "procedure__code")
    )
    found: dict[str, tuple[ProcedureVersion, str]] = {}
    for row in rows.order_by("procedure_id", "number"):
        before = found.get(row.procedure.code)
        found[row.procedure.code] = (row, row.content_hash if row.is_imported or before is None else before[1])
    return found
