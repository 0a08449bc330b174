"""Lists and one dossier, as the office sees them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestop.agencies.queries import list_post_holders, list_consultable
from onestop.catalogue.queries import get_content, get_form_for
from onestop.dossiers.operations.reading import open_dossier, record_list
from onestop.dossiers.queries.dossiers import (
    count_work,
    get_part,
    list_consulted,
    list_dossiers,
    list_parts,
    list_supplement_requests,
    list_work,
)
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.states import State, Verb
from onestop.errors import NotFound
from onestop.journal.queries import list_entries
from onestop.notices.operations import slip_file
from onestop.process.queries.opinions import find_appraisal, find_open_consultation, list_consultations
from onestop.process.queries.templates import find_template
from onestop.results.queries import find_result
from onestop.signing.queries import preview_paper
from onestop.web.base.downloads import download, show
from onestop.web.base.permissions import requires


@requires(Verb.READ)
def work(request: HttpRequest) -> HttpResponse:
    """What waits for me here and now, the most urgent first."""
    page = list_work(by=request.principal, after=request.GET.get("after", ""))
    record_list(rows=page.rows, by=request.principal, what="office:work", at=timezone.now())
    shown = {"page": page, "count": count_work(by=request.principal), "now": timezone.now()}
    return render(request, "office/work.html", shown)


@requires(Verb.READ)
def everything(request: HttpRequest) -> HttpResponse:
    """All dossiers I may read, narrowed by state."""
    wanted = request.GET.get("state", "")
    states = [State(int(wanted))] if wanted.isdigit() and int(wanted) in set(State) else []
    page = list_dossiers(by=request.principal, states=states, after=request.GET.get("after", ""))
    record_list(rows=page.rows, by=request.principal, what="office:dossiers", at=timezone.now())
    return render(request, "office/dossiers.html", {"page": page, "states": State, "wanted": wanted})


@requires(Verb.GIVE_OPINION)
def consulted(request: HttpRequest) -> HttpResponse:
    """Dossiers on which my unit has been asked."""
    rows = list_consulted(by=request.principal)
    record_list(rows=rows, by=request.principal, what="office:consulted", at=timezone.now())
    return render(request, "office/consulted.html", {"rows": rows})


@requires(Verb.READ)
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier whole: what was filed, what happened, and what I can do now."""
    at, by = timezone.now(), request.principal
    row = open_dossier(code=code, by=by, at=at)
    shown = {
        "dossier": row,
        "content": get_content(row.version_id),
        "form": get_form_for(row.procedure.code),
        "parts": list_parts(row),
        "entries": list_entries(row.pk),
        "requests": list_supplement_requests(row),
        "consultations": list_consultations(row),
        "asked_of_us": find_open_consultation(row, by),
        "appraisal": find_appraisal(row),
        "template": find_template(row.process),
        "result": find_result(row),
        "verbs": verbs_for(row, by),
        "colleagues": list_post_holders(row.holder_unit_id, row.step_role, at),
        "units": list_consultable(at),
        "now": at,
    }
    return render(request, "office/dossier.html", shown)


@requires(Verb.READ)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The result as it would be signed, without number or signature."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="preview")
    return show(preview_paper(row, by=request.principal, on=timezone.localdate()), f"{row.code}-du-thao.pdf")


@requires(Verb.READ)
def part(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """A file as handed in."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="part")
    found = get_part(dossier=row, part_id=part_id)
    return download(found.sha256, found.file_name, found.media_type, inline=True)


@requires(Verb.READ)
def result(request: HttpRequest, code: str) -> HttpResponse:
    """The sealed result."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="result")
    found = find_result(row)
    if found is None:
        raise NotFound("result.none_yet", code=code)
    return download(found.sha256, f"{row.code}-ket-qua.pdf")


@requires(Verb.READ)
def slip(request: HttpRequest, code: str, kind: str, number: int) -> HttpResponse:
    """A slip of the process."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="slip")
    return download(slip_file(dossier=row, kind=kind, number=number), f"{row.code}-{kind}.pdf")
