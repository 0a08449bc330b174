"""Filing, one thing a page: for whom, where, the form, the papers, check your answers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onestop.accounts.rules import Role
from onestop.applicants.queries import list_represented
from onestop.catalogue.queries import get_version_in_force
from onestop.errors import Fault, Invalid, NotFound
from onestop.intake.operations.drafts import discard_draft, save_draft, start_draft
from onestop.intake.operations.filing import submit
from onestop.intake.queries import get_draft
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.sendings import sending_of
from onestop.web.base.wording.errors import faults_by_field
from onestop.web.portal import steps
from onestop.web.portal.views.filed import filer_of, find_just_filed


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Ask for whom; then open the draft, or find the one begun before."""
    version = get_version_in_force(code, timezone.localdate())
    own = list_represented(request.principal.account_id or 0, timezone.now())
    chosen = request.POST.get("applicant", "")
    if request.method == "POST" and chosen.isdigit():
        draft = start_draft(procedure_code=code, applicant_id=int(chosen), by=request.principal, at=timezone.now())
        return redirect("portal:draft", token=draft.token)
    shown = {"procedure": version.procedure, "applicants": own, "unchosen": request.method == "POST"}
    return render(request, "portal/start.html", shown, status=422 if shown["unchosen"] else 200)


@requires(Role.APPLICANT)
def tasks(request: ActingRequest, token: str) -> HttpResponse:
    """Show what is done and what is left."""
    draft = get_draft(token=token, by=request.principal)
    return render(request, "portal/tasks.html", {"draft": draft, "tasks": steps.tasks_of(draft)})


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def place(request: ActingRequest, token: str) -> HttpResponse:
    """Choose the agency that decides, the case if the time limit has several, and the way of return."""
    draft = get_draft(token=token, by=request.principal)
    form = steps.PlaceForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_bound and form.is_valid():
        draft = save_draft(token=token, by=request.principal, at=timezone.now(), **form.chosen())
        return redirect(steps.address_after(draft, steps.PLACE))
    return render(request, "portal/place.html", {"draft": draft, "form": form}, status=422 if form.is_bound else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def section(request: ActingRequest, token: str, number: int) -> HttpResponse:
    """Fill one section of the real e-form. What was typed is kept, right or wrong."""
    draft = get_draft(token=token, by=request.principal)
    page = steps.section_page(draft, number, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        draft = save_draft(token=token, by=request.principal, at=timezone.now(), answers=page.typed)
        if "later" in request.POST:
            return redirect("portal:draft", token=token)
        if not page.faults and "more" not in request.POST:
            return redirect(steps.address_after(draft, steps.section_key(number)))
    shown = {"draft": draft, "page_of": page}
    return render(request, "portal/section.html", shown, status=422 if page.faults else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def documents(request: ActingRequest, token: str) -> HttpResponse:
    """Upload papers, one field each; a bad file is named, the good ones are kept."""
    draft = get_draft(token=token, by=request.principal)
    faults: Sequence[Fault] = ()
    if request.method == "POST":
        parts, faults = steps.keep_uploads(request.FILES)
        parts, more_faults = steps.keep_signatures(request.FILES, parts, draft)
        faults = [*faults, *more_faults]
        parts, removed = steps.known_only(parts, draft.version_id), tuple(request.POST.getlist("remove"))
        draft = save_draft(token=token, by=request.principal, at=timezone.now(), parts=parts, removed=removed)
        if not faults and not removed:
            return redirect(steps.address_after(draft, steps.DOCUMENTS))
    return documents_page(request, draft, faults)


def documents_page(request: ActingRequest, draft: Any, faults: Sequence[Fault]) -> HttpResponse:
    """Return the page of uploads, with what is wrong with the files just sent."""
    rows = steps.document_rows(draft, faults_by_field(faults))
    faulty = steps.faulty_files({row.code: row.name for row in rows}, faults)
    shown = {"draft": draft, "rows": rows, "faulty": faulty}
    return render(request, "portal/documents.html", shown, status=422 if faults else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def check(request: ActingRequest, token: str) -> HttpResponse:
    """Show every answer once more; then file. Filed twice, it is one dossier, and that one is shown."""
    try:
        draft = get_draft(token=token, by=request.principal)
        page = steps.check_page(draft)
        if request.method == "POST" and not page.lacking:
            filing = steps.filing_of(draft, filer_of(request.principal, draft.applicant_id))
            dossier = submit(filing=filing, by=request.principal, at=timezone.now(), draft=draft)
            return redirect("portal:dossier", code=dossier.code)
    except NotFound:
        return _already_filed(request)
    shown = {"draft": draft, "page_of": page, "rows": steps.document_rows(draft)}
    return render(request, "portal/check.html", shown, status=422 if request.method == "POST" else 200)


@requires(Role.APPLICANT)
@require_POST
def file_at_once(request: ActingRequest, code: str) -> HttpResponse:
    """Take a whole dossier in one request; what is lacking makes it a draft, so nothing typed is lost.

    With a field `sending`, any text of the sender's own, the same request sent again finds the first dossier.
    """
    principal, at = request.principal, timezone.now()
    sent = steps.read_whole(request.POST, request.FILES, code, principal)
    if not sent.lacks_already:
        try:
            filing = sent.filing(filer_of(principal, sent.applicant_id))
            dossier = submit(filing=filing, by=principal, at=at, key=sending_of(request.POST))
            return redirect("portal:dossier", code=dossier.code)
        except (Invalid, NotFound) as error:
            if not steps.is_worth_keeping(error):
                raise
    draft = start_draft(procedure_code=code, applicant_id=sent.applicant_id, by=principal, at=at)
    parts = steps.known_only(sent.parts, draft.version_id)
    draft = save_draft(token=draft.token, by=principal, at=at, answers=sent.answers, parts=parts, **sent.choices())
    return documents_page(request, draft, sent.faults) if sent.faults else redirect("portal:draft_check", draft.token)


@requires(Role.APPLICANT)
@require_POST
def discard(request: ActingRequest, token: str) -> HttpResponse:
    """Throw the draft away."""
    discard_draft(token=token, by=request.principal)
    return redirect("portal:mine")


def _already_filed(request: ActingRequest) -> HttpResponse:
    """The draft is gone. If it has become a dossier a moment ago, show that one. Raises `NotFound`."""
    code = find_just_filed(request.principal, request.POST.get("procedure", ""), timezone.now())
    if not code:
        raise NotFound("draft.unknown")
    messages.info(request, _("This dossier was filed already a moment ago. Here it is; nothing was filed twice."))
    return redirect("portal:dossier", code=code)
