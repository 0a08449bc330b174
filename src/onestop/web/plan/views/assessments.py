"""Points by Decree 335/2025: of the officials of a unit for its head, of an official for themselves."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.errors import Invalid, NotFound
from onestop.plans.operations.assessing import enter_general_score
from onestop.plans.queries.work import Assessment, assess_posting, assess_unit
from onestop.plans.rules.decree_335 import IN_FORCE, SCHEME
from onestop.plans.rules.measures import Kind
from onestop.plans.rules.written import read_number
from onestop.web.base.acting import words_of
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import own_agency, period_of
from onestop.web.plan.readers import OFFICERS


@requires(Role.LEADER)
def assessments(request: ActingRequest) -> HttpResponse:
    """The officials of the unit I lead: results from the journal, general criteria as I entered them."""
    by = request.principal
    year, begin, end = _period(request)
    rows = assess_unit(unit=own_agency(by), year=year, begin=begin, end=end, by=by)
    return render(request, "plan/assessments.html", {"rows": rows, "year": year, "scheme": SCHEME})


@requires(*OFFICERS)
def my_assessment(request: ActingRequest) -> HttpResponse:
    """My own: each piece of work that lost anything, so that it can be contested."""
    by = request.principal
    if by.posting_id is None or by.on_behalf_of:
        raise NotFound("score.unknown")
    return render(request, "plan/assessment.html", _shown(request, by.posting_id))


@requires(Role.LEADER)
def assessment(request: ActingRequest, posting_id: int) -> HttpResponse:
    """One official, for the head of the unit, with the form for the general criteria."""
    return render(request, "plan/assessment.html", _shown(request, posting_id))


@requires(Role.LEADER)
@require_POST
def general(request: ActingRequest, posting_id: int) -> HttpResponse:
    """Enter the points of the general criteria, with the reason."""
    year, _begin, _end = _period(request)
    points, reason = read_number(request.POST.get("points", ""), Kind.SHARE), words_of(request.POST, "reason")
    given = Decimal(-1) if points is None else points
    try:
        enter_general_score(
            posting_id=posting_id, year=year, points=given, reason=reason, by=request.principal, at=timezone.now()
        )
    except Invalid as error:
        shown = {**_shown(request, posting_id), "faults": error.faults, "given": request.POST}
        return render(request, "plan/assessment.html", shown, status=422)
    messages.success(request, _("The points are entered, and stand in the journal with your reason."))
    return redirect(f"{reverse('plan:assessment', args=[posting_id])}?nam={year}")


def _shown(request: ActingRequest, posting_id: int) -> dict[str, Any]:
    year, begin, end = _period(request)
    by = request.principal
    found = assess_posting(posting_id=posting_id, year=year, begin=begin, end=end, by=by)
    is_mine = found.account_id == by.account_id
    return {
        "found": found,
        "parts": _parts(found),
        "lost": [product for product in found.products if product.failures or product.late or product.unjudged],
        "is_mine": is_mine,
        "may_enter": not is_mine and by.has(Role.LEADER),
        "year": year,
        "scheme": SCHEME,
    }


def _parts(found: Assessment) -> list[tuple[str, Any]]:
    """The three parts of the results, and what they come to."""
    results = found.results
    return [
        ("quantity", results.quantity),
        ("quality", results.quality),
        ("progress", results.progress),
        ("results", results.together),
    ]


def _period(request: ActingRequest) -> Any:
    """Return the year asked for with its bounds. Raises `NotFound` before the decree was in force."""
    found = period_of(request)
    if found[0] < IN_FORCE.year:
        raise NotFound("score.unknown")
    return found
