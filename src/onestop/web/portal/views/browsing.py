"""Finding a procedure and reading it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from onestop.accounts.rules import Role
from onestop.catalogue import queries as catalogue
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.intake.queries import list_drafts
from onestop.web.base.permissions import public
from onestop.web.base.requests import Request
from onestop.web.portal.life_events import LIFE_EVENTS
from onestop.web.portal.steps.needs import needs_of

FOUND_AT_MOST = 20


@public
def home(request: Request) -> HttpResponse:
    """Show the search, what brings people here, and where a person stopped."""
    principal = request.principal
    shown = {
        "life_events": LIFE_EVENTS,
        "drafts": list_drafts(by=principal, size=3) if principal else [],
        "dossiers": list_dossiers(by=principal, size=3).rows if principal and principal.applicant_ids else (),
    }
    return render(request, "portal/home.html", shown)


@public
def search(request: Request) -> HttpResponse:
    """Answer a search; htmx asks for the list alone while a person types."""
    words = request.GET.get("q", "").strip()[:200]
    language = get_language() or "vi"
    hits = catalogue.search_procedures(words, limit=FOUND_AT_MOST, language=language) if words else []
    template = "portal/_hits.html" if getattr(request, "htmx", False) else "portal/search.html"
    shown = {"words": words, "hits": hits, "sectors": [] if words else catalogue.list_sectors()}
    return render(request, template, shown)


@public
def procedure(request: Request, code: str) -> HttpResponse:
    """Show one procedure: the answer first, the law last."""
    version = catalogue.get_version_in_force(code, timezone.localdate())
    content = catalogue.get_content(version.pk)
    shown = {
        "procedure": version.procedure,
        "version": version,
        "content": content,
        "needs": needs_of(content, catalogue.get_form_for(code)),
        "may_file": request.principal is None or Role.APPLICANT in request.principal.roles,
    }
    return render(request, "portal/procedure.html", shown)
