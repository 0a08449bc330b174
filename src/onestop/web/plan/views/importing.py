"""A table of targets: the form, its report of every bad cell, and the table to be filled in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onestop.accounts.rules import Role
from onestop.errors import Fault, Invalid
from onestop.plans.operations.importing import import_targets
from onestop.plans.queries.plans import find_plan
from onestop.plans.queries.template import make_template
from onestop.plans.rules.sheets import LARGEST
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import word_fault
from onestop.web.plan.views.drafting import to_draft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Role.AUDITOR)
def import_table(request: ActingRequest, year: int) -> HttpResponse:
    """A table of targets: loaded whole, or every bad cell named and nothing loaded."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("table")
        data = sent.read(LARGEST + 1) if sent is not None else b""
        try:
            report = import_targets(data=data, year=year, by=request.principal, at=timezone.now())
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(request, _told(report))
            return to_draft(year)
    shown = {"year": year, "faults": [(fault.field, word_fault(fault)) for fault in faults]}
    return render(request, "plan/import.html", shown, status=422 if faults else 200)


@requires(Role.AUDITOR)
def template(request: ActingRequest, year: int) -> HttpResponse:  # noqa: ARG001  every view takes it
    """The table to be filled in, with units and indicators already there."""
    data = make_template(year=year, plan=find_plan(year), on=timezone.localdate())
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="chi-tieu-{year}.xlsx"'
    return response


def _told(report: Any) -> str:
    loaded = report.created + report.updated + report.unchanged
    said = ngettext("%(n)d target is in the draft.", "%(n)d targets are in the draft.", loaded) % {"n": loaded}
    left = report.of_other_years + report.not_obtained
    if not left:
        return said
    rest = _("Left out: %(years)s rows of other years, %(missing)s marked as not obtained.")
    return said + " " + rest % {"years": report.of_other_years, "missing": report.not_obtained}
