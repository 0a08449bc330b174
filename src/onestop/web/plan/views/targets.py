"""The targets themselves: of the version in force, of the draft, of every version that ever was."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.agencies.queries import name_posts
from onestop.errors import NotFound
from onestop.journal.queries import list_register
from onestop.plans.queries.plans import (
    find_draft,
    find_plan,
    find_signature_fault,
    find_version_in_force,
    get_plan,
    get_version,
    list_lines,
    list_versions,
    list_years,
)
from onestop.plans.rules.kinds import Deed, PlanState
from onestop.plans.rules.rights import permits
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import read_asked
from onestop.web.plan.naming import target_of, words_of
from onestop.web.plan.readers import OFFICERS
from onestop.web.plan.showing import show_checks

LAST_DEEDS = 20


@requires(*OFFICERS)
def targets(request: ActingRequest) -> HttpResponse:
    """Go to the version to look at: the draft for who works on it, else the one in force."""
    asked = read_asked(request)
    plan = find_plan(asked.year)
    if plan is None:
        may_open = permits(Deed.OPEN, request.principal, plan_unit_id=request.principal.unit_id or 0)
        shown = {"asked": asked, "years": list_years(), "may_open": may_open}
        return render(request, "plan/none_yet.html", shown)
    version = (find_draft(plan) if sees_drafts(plan, request.principal) else None) or find_version_in_force(
        plan, timezone.now()
    )
    if version is None:
        return render(request, "plan/none_yet.html", {"asked": asked, "years": list_years()})
    return redirect("plan:version", year=plan.year, number=version.number)


@requires(*OFFICERS)
def version(request: ActingRequest, year: int, number: int) -> HttpResponse:
    """One version whole: its lines, the checks, what may be done to it, what happened to the plan."""
    plan, by, now = get_plan(year), request.principal, timezone.now()
    states = list_versions(plan, now)
    found = get_version(plan, number)
    state = next(state for item, state in states if item.number == number)
    if state is PlanState.DRAFT and not sees_drafts(plan, by):
        raise NotFound("plan.no_version", year=year, number=number)
    unit = request.GET.get("don-vi", plan.unit.code)
    shown = {
        "plan": plan,
        "version": found,
        "state": state,
        "versions": [item for item in states if item[1] is not PlanState.DRAFT or sees_drafts(plan, by)],
        "unit": unit,
        "units": _units(found),
        "lines": [(line, words_of(line.indicator).name, target_of(line)) for line in list_lines(found, unit=unit)],
        "checks": show_checks(found),
        "fault": find_signature_fault(found) if found.signed_at else None,
        "may": {deed.name.lower(): permits(deed, by, plan_unit_id=plan.unit_id) for deed in (Deed.SET_LINE, Deed.SIGN)},
        "may_amend": permits(Deed.AMEND, by, plan_unit_id=plan.unit_id) and find_draft(plan) is None,
        "deeds": _last_deeds(plan),
        "years": list_years(),
    }
    return render(request, "plan/version.html", shown)


def sees_drafts(plan: Any, by: Principal) -> bool:
    """True if `by` works on drafts of this plan, or signs them."""
    return any(permits(deed, by, plan_unit_id=plan.unit_id) for deed in (Deed.SET_LINE, Deed.SIGN))


def _last_deeds(plan: Any) -> list[tuple[Any, str]]:
    """What happened last, the newest first, each with the post that did it."""
    entries = list_register(plan.register)[-LAST_DEEDS:][::-1]
    names = name_posts({entry.post for entry in entries if entry.post})
    return [(entry, names.get(entry.post, "")) for entry in entries]


def _units(version: Any) -> list[Any]:
    """The units of a version, each once."""
    return list({line.unit.code: line.unit for line in list_lines(version)}.values())
