"""Figures told by hand: what my unit has to tell, what waits for me to accept it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.agencies.queries import get_unit
from onestop.documents.operations import keep_upload
from onestop.errors import Fault, Invalid, NotFound
from onestop.plans.operations.reports import accept_report, report_goal, send_report_back
from onestop.plans.queries.measures import get_measure
from onestop.plans.queries.plans import find_plan, get_plan
from onestop.plans.queries.reports import GoalToReport, get_report, list_reports, list_to_report, list_waiting
from onestop.plans.rules.reports import Told
from onestop.plans.rules.written import read_number
from onestop.web.base.acting import words_of
from onestop.web.base.downloads import download
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import own_agency, read_asked, typed_day
from onestop.web.plan.naming import measure_word, target_of
from onestop.web.plan.naming import words_of as named_words
from onestop.web.plan.readers import OFFICERS


@requires(*OFFICERS)
def reports(request: ActingRequest) -> HttpResponse:
    """The targets of my unit that nothing on record measures; what waits for me; what was told."""
    by, asked = request.principal, read_asked(request)
    plan, unit = find_plan(asked.year), get_unit(own_agency(by))
    goals = list_to_report(plan, unit_id=unit.pk, by=by, at=timezone.now()) if plan else []
    shown = {
        "asked": asked,
        "goals": [_goal(goal) for goal in goals],
        "waiting": [_shown(row) for row in list_waiting(by=by)],
        "reports": [_shown(row) for row in list_reports(by=by)],
    }
    return render(request, "plan/reports.html", shown)


@requires(*OFFICERS)
def report(request: ActingRequest, year: int, measure: str) -> HttpResponse:
    """Tell the figure of one target, with its evidence: the form, and what it sends."""
    by = request.principal
    unit = get_unit(own_agency(by))
    goal = next((g for g in list_to_report(get_plan(year), unit_id=unit.pk, by=by, at=timezone.now())
                 if g.measure.code == measure), None)  # fmt: skip
    if goal is None or not goal.may_report:
        raise NotFound("plan.no_line", unit=unit.code, indicator=measure)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            file, told = _file(request), _told(request, measure)
            report_goal(year=year, unit=unit.code, measure=measure, told=told, file=file, by=by, at=timezone.now())
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(request, _("Reported. It counts once somebody else has accepted it."))
            return redirect("plan:reports")
    day = request.POST.get("reached_on") or timezone.localdate().strftime("%d/%m/%Y")
    given = {"value": request.POST.get("value", ""), "reached_on": day}
    shown = {"year": year, "goal": _goal(goal), "faults": faults, "given": given}
    return render(request, "plan/report.html", shown, status=422 if faults else 200)


@requires(Role.LEADER, Role.AUDITOR)
@require_POST
def accept(request: ActingRequest, report_id: int) -> HttpResponse:
    """Accept a report: its figure counts from now on."""
    get_report(report_id, by=request.principal)
    accept_report(report_id=report_id, by=request.principal, at=timezone.now())
    messages.success(request, _("The report is accepted."))
    return redirect("plan:reports")


@requires(Role.LEADER, Role.AUDITOR)
@require_POST
def send_back(request: ActingRequest, report_id: int) -> HttpResponse:
    """Send a report back, with the reason."""
    get_report(report_id, by=request.principal)
    reason = words_of(request.POST, "reason")
    send_report_back(report_id=report_id, reason=reason, by=request.principal, at=timezone.now())
    messages.success(request, _("The report is sent back."))
    return redirect("plan:reports")


@requires(*OFFICERS)
def evidence(request: ActingRequest, report_id: int) -> HttpResponse:
    """The file behind a report, to who may see the report."""
    row = get_report(report_id, by=request.principal)
    return download(row.sha256, row.file_name, row.media_type)


def _file(request: ActingRequest) -> Any:
    sent = request.FILES.get("evidence")
    return None if sent is None else keep_upload(name=sent.name or "", data=sent.read())


def _told(request: ActingRequest, measure: str) -> Told:
    value = read_number(request.POST.get("value", ""), get_measure(measure).kind)
    return Told(
        value=Decimal(-1) if value is None else value,
        reached_on=typed_day(request.POST.get("reached_on", "")) or date.min,
        has_evidence="evidence" in request.FILES,
        note=words_of(request.POST, "note"),
    )


def _goal(goal: GoalToReport) -> dict[str, Any]:
    last = goal.last
    return {
        "code": goal.measure.code,
        "kind": goal.measure.kind.value,
        "name": named_words(goal.measure.code).name,
        "target": target_of(goal.line),
        "last": _shown(last) if last else None,
        "may_report": goal.may_report,
    }


def _shown(row: Any) -> dict[str, Any]:
    measure = get_measure(row.measure)
    return {"row": row, "name": named_words(row.measure).name, "value": measure_word(measure, row.value)}
