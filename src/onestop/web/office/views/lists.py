"""Lists and one dossier, as the office sees them."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import list_officers, list_units
from onestop.agencies.rules import AGENCY_KINDS
from onestop.catalogue.queries import get_content, get_form_for
from onestop.dossiers.operations.reading import open_dossier, record_list
from onestop.dossiers.queries.dossiers import (
    count_work,
    list_consulted,
    list_dossiers,
    list_parts,
    list_work,
)
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.filing import Given
from onestop.dossiers.rules.states import State, Verb
from onestop.journal.queries import list_entries
from onestop.process.queries.opinions import find_appraisal, find_open_consultation, list_consultations
from onestop.process.queries.templates import find_template
from onestop.process.rules.templates import StepKind
from onestop.results.queries import find_result
from onestop.results.rules.revocations import GIVEN_BY_OFFICERS
from onestop.signing.queries import preview_paper
from onestop.signing.rules import paper_for
from onestop.web.base.dossiers import name_parts, stand_word, tell_story
from onestop.web.base.downloads import show
from onestop.web.base.eforms import tell
from onestop.web.base.money import tell_money
from onestop.web.base.names import named
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import kind_word
from onestop.web.office.bulk_words import bulk_word


@requires(Verb.READ)
def work(request: ActingRequest) -> HttpResponse:
    """What waits for me here and now, the most urgent first."""
    page = list_work(by=request.principal, after=request.GET.get("after", ""))
    record_list(rows=page.rows, by=request.principal, what="office:work", at=timezone.now())
    shown = {
        "rows": [{"dossier": row, "step": _step_word(row)} for row in page.rows],
        "next_key": page.next_key,
        "count": count_work(by=request.principal),
        "now": timezone.now(),
        "bulk": bulk_word(request.principal),
    }
    return render(request, "office/work.html", shown)


def _step_word(row: Any) -> str:
    """Return the name of the step a dossier is at; templates are kept in the process, so this asks nothing per row."""
    template = find_template(row.process)
    return named(template.step(row.step).names) if template else ""


@requires(Verb.READ)
def everything(request: ActingRequest) -> HttpResponse:
    """All dossiers I may read, narrowed by state."""
    wanted = request.GET.get("state", "")
    states = [State(int(wanted))] if wanted.isdigit() and int(wanted) in set(State) else []
    page = list_dossiers(by=request.principal, states=states, after=request.GET.get("after", ""))
    record_list(rows=page.rows, by=request.principal, what="office:dossiers", at=timezone.now())
    return render(request, "office/dossiers.html", {"page_of": page, "states": State, "wanted": wanted})


@requires(Verb.GIVE_OPINION)
def consulted(request: ActingRequest) -> HttpResponse:
    """Dossiers on which my unit has been asked."""
    rows = list_consulted(by=request.principal)
    record_list(rows=rows, by=request.principal, what="office:consulted", at=timezone.now())
    return render(request, "office/consulted.html", {"rows": rows})


@requires(Verb.READ)
def dossier(request: ActingRequest, code: str) -> HttpResponse:
    """One dossier whole: what was filed, what happened, and what I can do now."""
    at, by = timezone.now(), request.principal
    row = open_dossier(code=code, by=by, at=at)
    shown = {**_told(row), **_to_do(row, by, at), "dossier": row, "still": stand_word(row), "now": at}
    return render(request, "office/dossier.html", shown)


def _told(row: Any) -> dict[str, Any]:
    """What was filed and what happened."""
    content, entries = get_content(row.version_id), list_entries(row.pk)
    parts = name_parts(list_parts(row), content)
    return {
        "content": content,
        "told": tell(get_form_for(row.procedure.code), row.answers),
        "parts": parts,
        "scans": [part for part in parts if part.given == Given.SCAN],
        "entries_plain": entries,
        "entries": tell_story(entries, content),
        "consultations": list_consultations(row),
        "appraisal": find_appraisal(row),
        "result": find_result(row),
        "money": tell_money(entries, row),
    }


def _to_do(row: Any, by: Principal, at: datetime) -> dict[str, Any]:
    """What this officer can do now, and what the forms for it need."""
    may = {verb.value for verb in verbs_for(row, by)} - {Verb.READ.value}
    template = find_template(row.process)
    step = template.step(row.step) if template else None
    here = frozenset({row.holder_unit_id})
    return {
        "may": may,
        "causes": [(int(cause), kind_word("revocation", cause)) for cause in GIVEN_BY_OFFICERS],
        "asked_of_us": find_open_consultation(row, by) if Verb.GIVE_OPINION in may else None,
        "step": step,
        "has_paper": paper_for(get_content(row.version_id)) is not None,
        "at_approval": step is not None and step.kind is StepKind.APPROVE,
        "earlier": template.before(row.step) if template else (),
        "colleagues": list_officers(here, roles=frozenset({Role(row.step_role)}), at=at) if "assign" in may else (),
        "units": _consultable(at) if Verb.CONSULT in may else (),
    }


def _consultable(at: datetime) -> list[Any]:
    return [unit for unit in list_units(on=timezone.localdate(at)) if unit.kind in AGENCY_KINDS]


@requires(Verb.READ)
def preview(request: ActingRequest, code: str) -> HttpResponse:
    """The result as it would be signed, without number or signature."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="preview")
    return show(preview_paper(row, by=request.principal, on=timezone.localdate()), f"{row.code}-du-thao.pdf")
