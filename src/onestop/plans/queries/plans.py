"""The plan of a year, its versions and lines; which version holds; whether its signature still fits."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from onestop.agencies.queries import get_tree
from onestop.agencies.rules import UnitKind
from onestop.errors import NotFound
from onestop.journal.queries import find_fault, list_register
from onestop.plans.models import Plan, PlanLine, PlanVersion
from onestop.plans.rules.kinds import PlanState
from onestop.plans.rules.measures import Kind
from onestop.plans.rules.versions import VersionFacts, content_hash, find_in_force, state_of


def find_plan(year: int) -> Plan | None:
    """Return the province's plan of a year, or None."""
    return Plan.objects.select_related("unit").filter(year=year, unit__kind=UnitKind.PROVINCE).first()


def get_plan(year: int) -> Plan:
    """Return the province's plan of a year. Raises `NotFound`."""
    plan = find_plan(year)
    if plan is None:
        raise NotFound("plan.unknown", year=year)
    return plan


def list_years() -> list[int]:
    """Return the years that have a plan, the newest first."""
    return list(Plan.objects.order_by("-year").values_list("year", flat=True))


def top_unit_id() -> int:
    """Return the id of the province. Raises `NotFound` if no units are loaded."""
    for branch in get_tree().by_id.values():
        if branch.kind is UnitKind.PROVINCE:
            return branch.id
    raise NotFound("unit.not_found", unit="")


def list_versions(plan: Plan, at: datetime) -> list[tuple[PlanVersion, PlanState]]:
    """Return every version with its state at a moment, the newest first."""
    versions = list(plan.versions.select_related("signed_by__account", "signed_by__post").order_by("-number"))
    facts = [_facts(version) for version in versions]
    return [(version, state_of(_facts(version), facts, at)) for version in versions]


def find_version_in_force(plan: Plan, at: datetime) -> PlanVersion | None:
    """Return the version that judges the moment `at`, or None if none was signed by then."""
    versions = {version.number: version for version in plan.versions.all()}
    found = find_in_force([_facts(version) for version in versions.values()], at)
    return versions[found.number] if found else None


def find_draft(plan: Plan) -> PlanVersion | None:
    """Return the version being drafted, or None."""
    return plan.versions.filter(signed_at=None).first()


def get_version(plan: Plan, number: int) -> PlanVersion:
    """Return one version of a plan. Raises `NotFound`."""
    version = plan.versions.filter(number=number).first()
    if version is None:
        raise NotFound("plan.no_version", year=plan.year, number=number)
    return version


def list_lines(version: PlanVersion, *, unit: str = "", indicator: str = "") -> "QuerySet[PlanLine]":
    """Return the lines of a version, of one unit or one indicator if named, in the order of units and indicators."""
    lines = version.lines.select_related("unit", "post")
    narrowed = {name: value for name, value in (("unit__code", unit), ("indicator", indicator)) if value}
    return lines.filter(**narrowed).order_by("unit__path", "indicator")


def list_shares_in_force(year: int, *, unit: str, at: datetime) -> tuple[PlanLine, ...]:
    """Return the shares that a unit is held to at `at` by the province's plan of a year; none without a signed plan.

    One small statement tells which version holds; its lines are kept in the process, since they never change.
    """
    signed = PlanVersion.objects.filter(plan__year=year, plan__unit__kind=UnitKind.PROVINCE, signed_at__lte=at)
    found = signed.order_by("-number").values_list("pk", "content_sha256").first()
    return _shares(*found, unit) if found else ()


@lru_cache(maxsize=256)
def _shares(version_id: int, _content: str, unit: str) -> tuple[PlanLine, ...]:
    return tuple(PlanLine.objects.filter(version=version_id, unit__code=unit, kind=Kind.SHARE).order_by("indicator"))


def line_payload(line: PlanLine) -> dict[str, Any]:
    """Return a line as plain data: what the journal records, and what the hash of a signed version covers.

    That a target is a share, and at least, goes without saying, so hashes signed before other kinds came still hold.
    """
    kind = {} if line.is_share else {"kind": str(line.kind), "direction": str(line.direction)}
    return {
        **kind,
        "unit": line.unit.code,
        "indicator": line.indicator,
        "target": f"{line.target:.2f}",
        "weight": line.weight,
        "origin": str(line.origin),
        "document": line.document,
        "page": line.page,
        "post": line.post.code if line.post else "",
    }


def hash_of(lines: Sequence[PlanLine]) -> str:
    """Return the hash of these lines."""
    return content_hash([line_payload(line) for line in lines])


def find_signature_fault(version: PlanVersion) -> str | None:
    """Return why the signature of a signed version does not hold, or None: its lines or its entry were changed."""
    if hash_of(list(list_lines(version))) != version.content_sha256:
        return "altered"
    entries = {entry.sequence: entry for entry in list_register(version.plan.register)}
    entry = entries.get(version.entry or 0)
    if entry is None:
        return "deleted"
    if entry.payload.get("sha256") != version.content_sha256:
        return "altered"
    return find_fault(entry)


def _facts(version: PlanVersion) -> VersionFacts:
    return VersionFacts(version.number, version.signed_at)
