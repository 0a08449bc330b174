"""How the plan goes: one page for everybody, one for officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.agencies.rules import UnitKind
from onestop.errors import NotFound
from onestop.plans.queries.plans import find_signature_fault, list_years
from onestop.plans.queries.progress import Progress, UnitProgress
from onestop.web.base.moments import language
from onestop.web.base.permissions import public, requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import Asked, check_may_see, own_agency, progress_for, read_asked
from onestop.web.plan.naming import words_of
from onestop.web.plan.readers import OFFICERS
from onestop.web.plan.showing import (
    ShownWhole,
    heads_of,
    show_branches,
    show_goals,
    show_rows,
    show_unit,
    show_whole,
)


@public
def public_plan(request: HttpRequest) -> HttpResponse:
    """The signed plan with its progress, for everybody: aggregates only, small counts kept back, nobody named."""
    asked = read_asked(request)
    found = progress_for(asked)
    if found is None or found.version is None:
        return render(request, "plan/none.html", {"asked": asked, "years": list_years()})
    shown = _shown(found, asked, asked.unit or found.plan.unit.code, opens=False)
    return render(request, "plan/public.html", {**shown, "fault": find_signature_fault(found.version)})


@requires(*OFFICERS)
def progress(request: ActingRequest) -> HttpResponse:
    """The own agency, or one below it: every target with forecast, trend, who answers, and the dossiers behind."""
    asked = read_asked(request, unit=own_agency(request.principal))
    check_may_see(asked.unit, request.principal)
    found = progress_for(asked)
    if found is None or found.version is None:
        return render(request, "plan/none_yet.html", {"asked": asked})
    shown = _shown(found, asked, asked.unit, opens=True)
    is_own = asked.unit == own_agency(request.principal)
    return render(request, "plan/progress.html", {**shown, "today": timezone.localdate(), "is_own": is_own})


def _shown(found: Progress, asked: Asked, unit: str, *, opens: bool) -> dict[str, object]:
    mine = found.find(unit)
    if mine is None:
        raise NotFound("unit.not_found", unit=unit)
    is_top = unit == found.plan.unit.code
    below = _below(found, mine) if is_top else []
    heads = heads_of(below)
    goals = show_goals(mine, opens=opens)
    lines, rows = show_unit(mine, asked, opens=opens), show_rows(below, heads, asked, opens=opens)
    branches = {UnitKind.DEPARTMENT: _("Departments"), UnitKind.COMMUNE: _("Communes, wards, special zones")}
    return {
        "progress": found,
        "asked": asked,
        "years": list_years(),
        "unit_name": mine.names.get(language()) or mine.names["vi"],
        "is_top": is_top,
        "lines": lines,
        "goals": goals,
        "whole": ShownWhole(show_whole([*lines, *goals])),
        "branches": show_branches(rows, branches),
        "heads": [words_of(code).name for code in heads],
        "rows": rows,
    }


def _below(found: Progress, top: UnitProgress) -> list[UnitProgress]:
    return [unit for unit in found.units if unit is not top]
