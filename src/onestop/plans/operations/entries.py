"""The one shape of every deed to a plan: lock its row, ask the table of rights, and end with one journal entry."""

from datetime import date, datetime, timedelta
from typing import Any

from onestop.accounts.rules import Principal
from onestop.errors import NotFound, Refused, Stale
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.journal.models import JournalEntry
from onestop.journal.operations import record_in_register
from onestop.plans.models import Plan, PlanVersion
from onestop.plans.queries.plans import find_draft, top_unit_id
from onestop.plans.rules.kinds import Deed
from onestop.plans.rules.rights import permits

CLOCK_SKEW = timedelta(minutes=5)


def lock_plan(
    *,
    year: int,
    deed: Deed,
    by: Principal,
    at: datetime,
    unit_id: int | None = None,
    post: str = "",
    seen: int | None = None,
) -> Plan:
    """Lock the plan of a year for `deed`. Must run inside the transaction of the deed.

    `seen` is the number of the last entry that the person's page showed. Raises `NotFound`, `Refused`
    (`plan.not_permitted`; `plan.moment_before_last` if `at` lies before the last deed), `Stale`.
    """
    rows = Plan.objects.select_for_update(of=("self",)).select_related("unit")
    plan = rows.filter(year=year, unit_id=top_unit_id()).first()
    if plan is None:
        raise NotFound("plan.unknown", year=year)
    require(deed, by, plan_unit_id=plan.unit_id, unit_id=unit_id, post=post)
    if seen is not None and seen != plan.last_entry:
        raise Stale("plan.changed_since", year=year)
    if at < plan.changed_at - CLOCK_SKEW:
        raise Refused("plan.moment_before_last", year=year)
    return plan


def require(deed: Deed, by: Principal, *, plan_unit_id: int, unit_id: int | None = None, post: str = "") -> None:
    """Raise `Refused` unless the table of rights lets `by` do it."""
    if not permits(deed, by, plan_unit_id=plan_unit_id, unit_id=unit_id, post=post):
        raise Refused("plan.not_permitted", deed=deed.value)


def draft_of(plan: Plan) -> PlanVersion:
    """Return the version being drafted. Raises `Refused` if there is none: what is signed is amended, not changed."""
    draft = find_draft(plan)
    if draft is None:
        raise Refused("plan.no_draft", year=plan.year)
    return draft


def enter(
    plan: Plan, deed: Deed, by: Principal, at: datetime, payload: dict[str, Any], ground: str = ""
) -> JournalEntry:
    """Write the one entry of a deed into the plan's register. The caller holds the lock."""
    told = {"year": plan.year, **payload}
    entry = record_in_register(plan.register, kind=deed.value, by=by, at=at, ground=ground, payload=told)
    plan.last_entry, plan.changed_at = entry.sequence, at
    plan.save(update_fields=["last_entry", "changed_at"])
    return entry


def posting_of(by: Principal) -> int:
    """Return the posting in which an officer acts. Raises `Refused` if the principal holds none."""
    if by.posting_id is None:
        raise Refused("plan.only_in_a_post")
    return by.posting_id


def local_day(at: datetime) -> date:
    """Return the day of a moment in the province."""
    return at.astimezone(PROVINCE_ZONE).date()
