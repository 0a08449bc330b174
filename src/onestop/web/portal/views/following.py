"""Following a dossier: my own, or any by code and holder."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Role
from onestop.catalogue.queries import get_content, get_form_for
from onestop.dossiers.operations.reading import open_dossier
from onestop.dossiers.queries.dossiers import (
    find_by_code_and_holder,
    list_dossiers,
    list_parts,
    list_supplement_requests,
)
from onestop.dossiers.queries.facts import verbs_for
from onestop.errors import Fault
from onestop.intake.operations.endings import withdraw
from onestop.intake.operations.supplement import answer_supplement
from onestop.intake.queries import list_drafts
from onestop.journal.queries import list_entries
from onestop.results.queries import find_result
from onestop.web.base.dossiers import name_parts, tell_story
from onestop.web.base.eforms import tell
from onestop.web.base.names import named
from onestop.web.base.permissions import public, requires
from onestop.web.base.requests import ActingRequest, Request
from onestop.web.portal import steps


@requires(Role.APPLICANT)
def mine(request: ActingRequest) -> HttpResponse:
    """Show my drafts and dossiers, the newest first."""
    page = list_dossiers(by=request.principal, size=20, after=request.GET.get("after", ""))
    return render(request, "portal/mine.html", {"drafts": list_drafts(by=request.principal), "page_of": page})


@requires(Role.APPLICANT)
def dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Tell the story of one dossier; the next thing the person must do stands first."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    content, entries = get_content(row.version_id), list_entries(row.pk)
    shown = {
        "dossier": row,
        "now": timezone.now(),
        "entries_plain": entries,
        "entries": tell_story(entries, content),
        "parts": name_parts(list_parts(row), content),
        "told": tell(get_form_for(row.procedure.code), row.answers),
        "result": find_result(row),
        "may": {verb.value for verb in verbs_for(row, request.principal)},
    }
    return render(request, "portal/dossier.html", shown)


@public
@require_http_methods(["GET", "POST"])
def track(request: Request) -> HttpResponse:
    """Follow without log-in: code and the holder's number, by POST so that neither stays in an address."""
    code, holder = request.POST.get("code", "").strip(), request.POST.get("holder", "").strip()
    found = find_by_code_and_holder(code=code, personal_id=holder) if code and holder else None
    shown = {"code": code, "dossier": found, "asked": request.method == "POST"}
    if found is not None:
        shown["entries_plain"] = list_entries(found.pk)
    return render(request, "portal/track.html", shown, status=404 if shown["asked"] and found is None else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def supplement(request: ActingRequest, code: str) -> HttpResponse:
    """Answer a supplement request: what was asked, why, how, and a file field for each."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    faults: Sequence[Fault] = ()
    if request.method == "POST":
        parts, faults = steps.keep_uploads(request.FILES)
        if not faults:
            seen = steps.seen_of(request.POST)
            answer_supplement(code=row.code, parts=parts, by=request.principal, at=timezone.now(), seen=seen)
            return redirect("portal:dossier", code=row.code)
    asked = [item for item in list_supplement_requests(row) if item.answered_at is None]
    names = {item.code: named(item.names) for item in get_content(row.version_id).components}
    items = [{**item, "name": names.get(item["document"], "")} for item in (asked[-1].items if asked else ())]
    shown = {"dossier": row, "asked": bool(asked), "items": items, "faults": faults}
    return render(request, "portal/supplement.html", shown, status=422 if faults else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def withdraw_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    if request.method == "POST":
        reason, seen = request.POST.get("reason", "").strip()[:500], steps.seen_of(request.POST)
        withdraw(code=row.code, reason=reason, by=request.principal, at=timezone.now(), seen=seen)
        return redirect("portal:dossier", code=row.code)
    return render(request, "portal/withdraw.html", {"dossier": row})
