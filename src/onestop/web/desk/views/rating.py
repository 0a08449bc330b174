"""The device at the desk: handed to the applicant, it asks about this dossier and shows nothing else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Role
from onestop.dossiers.operations.reading import open_dossier
from onestop.errors import Fault, Invalid, Refused
from onestop.feedback.operations.rating import rate
from onestop.feedback.queries.ratings import list_ratings, may_rate
from onestop.web.base.acting import seen_of
from onestop.web.base.permissions import requires
from onestop.web.base.ratings import ask_questions, read_answers
from onestop.web.base.requests import ActingRequest


@requires(Role.ONE_STOP_OFFICER)
@require_http_methods(["GET", "POST"])
def rate_on_device(request: ActingRequest, code: str) -> HttpResponse:
    """Ask, keep, thank. That it was this device is on record with the rating."""
    at, by = timezone.now(), request.principal
    row = open_dossier(code=code, by=by, at=at)
    faults: tuple[Fault, ...] = ()
    answers = None
    if request.method == "POST":
        answers = read_answers(request.POST)
        try:
            rate(code=row.code, answers=answers, by=by, at=at, seen=seen_of(request.POST))
        except Invalid as error:
            faults = error.faults
        else:
            return render(request, "desk/rated.html", {"dossier": row})
    elif not may_rate(row, by=by, at=at):
        raise Refused("rating.not_corrected_here" if list_ratings(row) else "rating.not_yet", code=row.code)
    shown = {"dossier": row, "questions": ask_questions(answers, faults), "faults": faults}
    return render(request, "desk/rate.html", shown, status=422 if faults else 200)
