"""Receiving at the counter, by post, or helping somebody to file online."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onestop.catalogue.queries import get_content, get_version_in_force, search_procedures
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid
from onestop.intake.operations.filing import submit
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.sendings import new_sending, sending_of
from onestop.web.desk.receiving import Received, page_of, read

FOUND_AT_MOST = 15


@requires(Verb.ACCEPT)
def find_procedure(request: ActingRequest) -> HttpResponse:
    """Find the procedure first."""
    words = request.GET.get("q", "").strip()[:200]
    hits = search_procedures(words, limit=FOUND_AT_MOST, language=get_language() or "vi") if words else []
    return render(request, "desk/receive.html", {"words": words, "hits": hits})


@requires(Verb.ACCEPT)
@require_http_methods(["GET", "POST"])
def receive(request: ActingRequest, code: str) -> HttpResponse:
    """Applicant, way of filing, documents and the form on one page; what was typed is kept if something is wrong."""
    at, by = timezone.now(), request.principal
    content = get_content(get_version_in_force(code, timezone.localdate(at)).pk)
    received = Received()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        received = read(request.POST, request.FILES, content)
        try:
            filing, key = received.filing(code, by=by, at=at), sending_of(request.POST)
            dossier = submit(filing=filing, by=by, at=at, key=key)
            if dossier.submitted_at != at:
                messages.info(request, _("You did this already: %(code)s") % {"code": dossier.code})
            return redirect("desk:dossier", code=dossier.code)
        except Invalid as error:
            faults = (*received.faults, *error.faults) or (Fault("", error.code),)
    shown = page_of(code, content, received, faults) | {"sending": sending_of(request.POST) or new_sending()}
    return render(request, "desk/receive_procedure.html", shown, status=422 if faults else 200)
