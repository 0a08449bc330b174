"""Filing, one thing a page: where, the form, the papers, check your answers."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestop.accounts.rules import Principal, Role
from onestop.applicants.queries import list_represented
from onestop.dossiers.rules.filing import Filer, ReturnWay
from onestop.errors import Fault, Invalid
from onestop.intake.operations.drafts import discard_draft, save_draft, start_draft
from onestop.intake.operations.filing import submit
from onestop.intake.queries import get_draft
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.portal import steps


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Ask for whom, if there is a choice; then open the draft, or find the one begun before."""
    own = list_represented(request.principal.account_id, timezone.now())
    chosen = request.POST.get("applicant") or (str(own[0].pk) if len(own) == 1 else "")
    if request.method == "POST" and chosen.isdigit():
        draft = start_draft(procedure_code=code, applicant_id=int(chosen), by=request.principal, at=timezone.now())
        return redirect("portal:draft", token=draft.token)
    return render(request, "portal/start.html", {"code": code, "applicants": own})


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
    form = steps.PlaceForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        save_draft(token=token, by=request.principal, at=timezone.now(), **form.chosen())
        return redirect(steps.address_after(draft, steps.PLACE))
    return render(request, "portal/place.html", {"draft": draft, "form": form})


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def section(request: ActingRequest, token: str, number: int) -> HttpResponse:
    """Fill one section of the real e-form. What was typed is kept, right or wrong."""
    draft = get_draft(token=token, by=request.principal)
    page = steps.section_page(draft, number, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        save_draft(token=token, by=request.principal, at=timezone.now(), answers=page.typed)
        if not page.faults or "later" in request.POST:
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
        removed = tuple(request.POST.getlist("remove"))
        draft = save_draft(token=token, by=request.principal, at=timezone.now(), parts=parts, removed=removed)
        if not faults and "stay" not in request.POST:
            return redirect(steps.address_after(draft, steps.DOCUMENTS))
    shown = {"draft": draft, "rows": steps.document_rows(draft), "faults": faults}
    return render(request, "portal/documents.html", shown, status=422 if faults else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def check(request: ActingRequest, token: str) -> HttpResponse:
    """Show every answer once more; then file."""
    draft = get_draft(token=token, by=request.principal)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            filing = steps.filing_of(draft, _filer(request.principal, draft.applicant_id))
            dossier = submit(filing=filing, by=request.principal, at=timezone.now(), draft=draft)
            return redirect("portal:dossier", code=dossier.code)
        except Invalid as error:
            faults = error.faults
    gaps = faults or steps.gaps_of(draft)
    shown = {"draft": draft, "summary": steps.summary_of(draft), "gaps": gaps, "rows": steps.document_rows(draft)}
    return render(request, "portal/check.html", shown, status=422 if faults else 200)


@requires(Role.APPLICANT)
@require_POST
def file_at_once(request: ActingRequest, code: str) -> HttpResponse:
    """Take a whole dossier in one request; what is lacking makes it a draft, so nothing typed is lost."""
    principal, at = request.principal, timezone.now()
    sent = steps.read_whole(request.POST, request.FILES, code, principal)
    try:
        filed = submit(filing=sent.filing(_filer(principal, sent.applicant_id)), by=principal, at=at)
    except Invalid:
        draft = start_draft(procedure_code=code, applicant_id=sent.applicant_id, by=principal, at=at)
        kept = {"unit_code": sent.agency_code, "limit_case": sent.limit_case, "return_way": int(ReturnWay.ONLINE)}
        save_draft(token=draft.token, by=principal, at=at, answers=sent.answers, parts=sent.parts, **kept)
        return redirect("portal:draft_check", token=draft.token)
    return redirect("portal:dossier", code=filed.code)


@requires(Role.APPLICANT)
@require_POST
def discard(request: ActingRequest, token: str) -> HttpResponse:
    """Throw the draft away."""
    discard_draft(token=token, by=request.principal)
    return redirect("portal:mine")


def _filer(principal: Principal, applicant_id: int) -> Filer:
    rows = list_represented(principal.account_id or 0, timezone.now())
    own = {row.pk for row in rows if row.account_id == principal.account_id}
    return Filer.SELF if applicant_id in own else Filer.REPRESENTATIVE
