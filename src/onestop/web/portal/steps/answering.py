"""Answering a supplement request: what was asked, a file for each, and the form once more if the form was meant."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content, get_form_for
from onestop.catalogue.rules.forms import complete_answers, validate_answers
from onestop.dossiers.queries.dossiers import list_supplement_requests
from onestop.dossiers.rules.filing import PartGiven
from onestop.errors import Fault
from onestop.web.base.eforms import SectionView, place_faults, read_answers, show_form
from onestop.web.base.names import named
from onestop.web.base.wording.errors import faults_by_field
from onestop.web.portal.steps.summaries import Summary, faulty_fields, faulty_files
from onestop.web.portal.steps.uploads import held, hold, keep_uploads

THE_FORM = "FORM"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked for: what, why, how, on which ground; the file held for it, and what is wrong."""

    document: str
    name: str
    why: str
    how: str
    ground: str
    file_name: str = ""
    sealed: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What was asked and what has been given so far."""

    items: tuple[Asked, ...] = ()
    sections: tuple[SectionView, ...] = ()
    parts: tuple[PartGiven, ...] = ()
    answers: dict[str, Any] | None = None
    faulty: Summary = field(default_factory=Summary)


def answer_page(dossier: Any, request: HttpRequest, by: Principal) -> AnswerPage:
    """Return what is asked of the applicant now; after a POST, with what was given and what is wrong with it."""
    asked = _open_items(dossier)
    if not asked:
        return AnswerPage()
    parts, faults = _given(request, by, asked) if request.method == "POST" else ((), [])
    answers, wrong = _corrected(dossier, request) if any(i["document"] == THE_FORM for i in asked) else (None, ())
    names = _names(dossier)
    form = get_form_for(dossier.procedure.code)
    typed = {**dossier.answers, **(answers or {})}
    return AnswerPage(
        items=_rows(asked, names, parts, faults, hold(parts, by)),
        sections=show_form(form, typed, faults_by_field(wrong)) if answers is not None else (),
        parts=parts,
        answers=complete_answers(form, typed) if answers and not wrong else None,
        faulty=Summary([*faulty_files(names, faults), *faulty_fields(form, wrong)]),
    )


def _open_items(dossier: Any) -> list[dict[str, str]]:
    asked = [item for item in list_supplement_requests(dossier) if item.answered_at is None]
    return list(asked[-1].items) if asked else []


def _given(
    request: HttpRequest, by: Principal, asked: list[dict[str, str]]
) -> tuple[tuple[PartGiven, ...], list[Fault]]:
    sent, faults = keep_uploads(request.FILES)
    codes = {item["document"] for item in asked} - {THE_FORM}
    by_code = {part.document: part for part in (*held(request.POST.getlist("held"), by), *sent)}
    parts = tuple(part for code, part in by_code.items() if code in codes)
    bad = {fault.field for fault in faults}
    return parts, [*faults, *(Fault(code, "document.missing") for code in sorted(codes - set(by_code) - bad))]


def _corrected(dossier: Any, request: HttpRequest) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    if request.method != "POST":
        return {}, ()
    form = get_form_for(dossier.procedure.code)
    typed = read_answers(form.fields, request.POST)
    faults = validate_answers(form, {**dossier.answers, **typed}, on=timezone.localdate())
    return typed, place_faults(faults)


def _names(dossier: Any) -> dict[str, str]:
    return {item.code: named(item.names) for item in get_content(dossier.version_id).components}


def _rows(
    asked: list[dict[str, str]],
    names: dict[str, str],
    parts: tuple[PartGiven, ...],
    faults: list[Fault],
    sealed: dict[str, str],
) -> tuple[Asked, ...]:
    files, words = {part.document: part.file_name for part in parts}, faults_by_field(faults)
    return tuple(
        Asked(
            document=item["document"],
            name=names.get(item["document"], ""),
            why=item["why"],
            how=item["how"],
            ground=item["ground"],
            file_name=files.get(item["document"], ""),
            sealed=sealed.get(item["document"], ""),
            errors=tuple(words.get(item["document"], ())),
        )
        for item in asked
    )
