"""Rating a dossier that has ended: my own, or any with its code and the holder's number."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Principal, Role
from onestop.dossiers.operations.reading import open_dossier
from onestop.errors import Fault, Invalid, Refused
from onestop.feedback.operations.rating import rate
from onestop.feedback.queries.ratings import as_holder, list_ratings, may_rate
from onestop.web.base.acting import seen_of
from onestop.web.base.permissions import public, requires
from onestop.web.base.ratings import answers_of, ask_questions, read_answers
from onestop.web.base.requests import ActingRequest, Request
from onestop.web.portal.tracking import find_tracked, read_tracked


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def rate_own(request: ActingRequest, code: str) -> HttpResponse:
    """Rate my own dossier, or say it anew."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        faults = _rate(request, row, request.principal)
        if not faults:
            messages.success(request, _("Thank you. What you said is kept."))
            return redirect("portal:dossier", code=row.code)
    return _form(request, row, request.principal, faults)


@public
@require_http_methods(["GET", "POST"])
def rate_by_code(request: Request) -> HttpResponse:
    """Rate without log-in: first code and the holder's number, as for following; then the questions."""
    code, holder = read_tracked(request)
    found = find_tracked(request, code, holder) if code and holder else None
    if found is None:
        asked = request.method == "POST"
        shown = {"code": code or request.GET.get("ma", "")[:40], "asked": asked}
        return render(request, "portal/rate_which.html", shown, status=404 if asked else 200)
    by = as_holder(found)
    faults: tuple[Fault, ...] = ()
    if "questions" in request.POST:
        faults = _rate(request, found, by)
        if not faults:
            return render(request, "portal/rated.html", {"dossier": found})
    return _form(request, found, by, faults, holder=holder)


def _rate(request: Any, row: Any, by: Principal) -> tuple[Fault, ...]:
    """Rate, or return what is wrong with the answers."""
    try:
        rate(code=row.code, answers=read_answers(request.POST), by=by, at=timezone.now(), seen=seen_of(request.POST))
    except Invalid as error:
        return error.faults
    return ()


def _form(request: Any, row: Any, by: Principal, faults: tuple[Fault, ...], **shown: Any) -> HttpResponse:
    earlier = list_ratings(row)
    if not may_rate(row, by=by, at=timezone.now()):
        raise Refused("rating.stands" if earlier else "rating.not_yet", code=row.code)
    answers = read_answers(request.POST) if faults else answers_of(earlier[-1]) if earlier else None
    asked = {"dossier": row, "questions": ask_questions(answers, faults), "faults": faults, "is_anew": bool(earlier)}
    return render(request, "portal/rate.html", {**asked, **shown}, status=422 if faults else 200)
