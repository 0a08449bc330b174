"""One procedure, its versions and contents; pages of procedures in Vietnamese order."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from onestop.catalogue.models import Procedure, ProcedureVersion, Sector
from onestop.catalogue.rules.content import ProcedureContent
from onestop.catalogue.rules.kinds import Applicability, Level, ProcedureKind
from onestop.catalogue.rules.packing import unpack
from onestop.errors import NotFound

CONTENTS_KEPT = VERSIONS_KEPT = 8192
SECONDS_KEPT = 5.0


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """A page of procedures; `after` is handed in again for the next one, empty at the end."""

    items: tuple[Procedure, ...]
    after: str


def get_procedure(code: str) -> Procedure:
    """Return the procedure with its sector. Raises `NotFound`."""
    found = find_procedure(code)
    if found is None:
        raise NotFound("procedure.unknown", procedure=code)
    return found


def find_procedure(code: str) -> Procedure | None:
    """Return the procedure with its sector, or None."""
    return Procedure.objects.select_related("sector").filter(code=code).first()


def get_version_in_force(code: str, on: date) -> ProcedureVersion:
    """Return the version of a procedure in force on a day, with its procedure. Raises `NotFound`."""
    found = find_version_in_force(code, on)
    if found is None:
        raise NotFound("procedure.not_in_force", procedure=code, on=on.isoformat())
    return found


def find_version_in_force(code: str, on: date) -> ProcedureVersion | None:
    """Return the version of a procedure in force on a day, with its procedure, or None. Its content: `get_content`.

    No statement if asked again within `SECONDS_KEPT`: a version published by another process counts from then on.
    """
    kept = _in_force.get((code, on))
    if kept is not None and time.monotonic() - kept[0] < SECONDS_KEPT:
        return kept[1]
    versions = ProcedureVersion.objects.filter(in_force(on), procedure__code=code)
    found = versions.select_related("procedure__sector").defer("content").first()
    if len(_in_force) >= VERSIONS_KEPT:
        _in_force.clear()
    if found is not None:
        _in_force[code, on] = time.monotonic(), found
    return found


def forget_versions() -> None:
    """Ask afresh which versions are in force: after a publication, and between tests."""
    _in_force.clear()


_in_force: dict[tuple[str, date], tuple[float, ProcedureVersion]] = {}


def in_force(on: date, prefix: str = "") -> Q:
    """Return the condition that a version is in force on a day."""
    until = Q(**{f"{prefix}effective_until__isnull": True}) | Q(**{f"{prefix}effective_until__gt": on})
    return until & Q(**{f"{prefix}effective_from__lte": on})


def list_versions(code: str) -> list[ProcedureVersion]:
    """Return all versions of a procedure, the newest first."""
    return list(ProcedureVersion.objects.filter(procedure__code=code).select_related("procedure").order_by("-number"))


@lru_cache(maxsize=CONTENTS_KEPT)
def get_content(version_id: int) -> ProcedureContent:
    """Return what a version says. Kept in the process, since a version never changes. Raises `NotFound`."""
    packed = ProcedureVersion.objects.filter(pk=version_id).values_list("content", flat=True).first()
    if packed is None:
        raise NotFound("procedure.unknown_version", version=version_id)
    return unpack(packed)


def iterate_contents(*, on: date) -> Iterator[ProcedureContent]:
    """Yield what the versions in force on a day say, of the procedures whose required documents are known, by code."""
    known = ProcedureVersion.objects.filter(in_force(on)).exclude(content__components=[])
    rows = known.order_by("procedure__code").values_list("content", flat=True)
    for packed in rows.iterator(chunk_size=500):
        content = unpack(packed)
        if content.components:
            yield content


def list_sectors() -> list[Sector]:
    """Return all sectors in Vietnamese order."""
    return list(Sector.objects.order_by("sort_key", "id"))


def list_procedures(
    *,
    sector: str = "",
    level: Level | None = None,
    kind: ProcedureKind | None = None,
    applicability: Applicability | None = None,
    after: str = "",
    limit: int = 50,
) -> ProcedurePage:
    """Return a page of procedures in Vietnamese order, filtered by what is given. Never counts; keyset pages."""
    found = Procedure.objects.select_related("sector").order_by("sort_key", "id")
    if sector:
        found = found.filter(sector__code=sector)
    if level:
        found = found.filter(levels__contains=[level.value])
    if kind:
        found = found.filter(kind=kind)
    if applicability:
        found = found.filter(applicability=applicability)
    rows = list(_from(found, after)[: limit + 1])
    more = len(rows) > limit
    return ProcedurePage(tuple(rows[:limit]), rows[limit - 1].code if more else "")


def _from(found: QuerySet[Procedure], after: str) -> QuerySet[Procedure]:
    if not after:
        return found
    last = get_procedure(after)
    return found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, id__gt=last.pk))
