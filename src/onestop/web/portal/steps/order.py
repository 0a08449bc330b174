"""Which pages a draft has, in their order, and which of them are done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.catalogue.queries import get_content, get_form_for
from onestop.catalogue.rules.forms import Form, complete_answers, prefill, validate_answers
from onestop.errors import Fault
from onestop.web.base.eforms import SectionView, read_answers, show_form, show_section
from onestop.web.base.names import named
from onestop.web.base.wording.errors import faults_by_field

PLACE, DOCUMENTS, CHECK = "place", "documents", "check"


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the draft: where it is, what it is called, how far it is."""

    key: str
    url: str
    title: str
    status: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section as it is shown: its fields with what was typed, and what is wrong."""

    section: SectionView
    typed: dict[str, Any]
    faults: tuple[Fault, ...]
    of: int


def section_key(number: int) -> str:
    """Return the key of the page of section `number`."""
    return f"section-{number}"


def tasks_of(draft: Any) -> list[Task]:
    """Return every page of a draft with its status, the last look at the end."""
    token, form = draft.token, form_of(draft)
    answers = answers_of(draft, form)
    wrong = {fault.field.split("-", 1)[0] for fault in validate_answers(form, answers, on=timezone.localdate())}
    tasks = [_task(PLACE, reverse("portal:draft_place", args=[token]), _("Where and how"), bool(draft.unit_code))]
    for section in show_form(form, answers):
        done = not any(field.key in wrong for field in section.fields)
        begun = any(draft.answers.get(field.key) for field in section.fields)
        url = reverse("portal:draft_section", args=[token, section.number])
        tasks.append(_task(section_key(section.number), url, section.title, done and begun, begun=begun))
    if get_content(draft.version_id).components:
        have = {part["document"] for part in draft.parts}
        need = {item.code for item in get_content(draft.version_id).components if _is_needed(item)}
        url = reverse("portal:draft_documents", args=[token])
        tasks.append(_task(DOCUMENTS, url, _("Documents"), need <= have, begun=bool(have)))
    ready = all(task.status == "done" for task in tasks)
    url = reverse("portal:draft_check", args=[token])
    tasks.append(Task(CHECK, url, _("Check and file"), "todo" if ready else "cannot_start"))
    return tasks


def address_after(draft: Any, key: str) -> str:
    """Return the address of the page after `key`."""
    tasks = tasks_of(draft)
    keys = [task.key for task in tasks]
    place = keys.index(key) + 1 if key in keys else 0
    return tasks[min(place, len(tasks) - 1)].url


def section_page(draft: Any, number: int, sent: QueryDict | None) -> SectionPage:
    """Return one section with what is typed; after a POST, with what is wrong in it."""
    form = form_of(draft)
    number = min(max(number, 1), len(form.sections))
    typed = read_answers(form.sections[number - 1].fields, sent) if sent is not None else {}
    answers = {**answers_of(draft, form), **typed}
    keys = {field.key for field in form.sections[number - 1].fields}
    faults = _faults_in(form, answers, keys) if sent is not None else ()
    return SectionPage(
        section=show_section(form, number, answers, faults_by_field(faults)),
        typed=typed,
        faults=faults,
        of=len(form.sections),
    )


def form_of(draft: Any) -> Form:
    """Return the form of a draft's procedure."""
    return get_form_for(draft.version.procedure.code)


def answers_of(draft: Any, form: Form) -> dict[str, Any]:
    """Return what is typed so far, over what is known beforehand."""
    return {**prefill(form, facts_of(draft.applicant)), **draft.answers}


def facts_of(applicant: Any) -> dict[str, Any]:
    """Return what is known of an applicant, by the names that forms ask for."""
    person = {
        "account.full_name": applicant.name,
        "account.birth_date": applicant.birth_date.isoformat() if applicant.birth_date else "",
        "account.pin": applicant.personal_id or "",
        "account.residence": applicant.address,
        "account.phone": applicant.phone,
        "account.email": applicant.email,
    }
    business = {
        "business.name": applicant.name,
        "business.tax_code": applicant.tax_code or "",
        "business.address": applicant.address,
        "business.phone": applicant.phone,
        "business.email": applicant.email,
    }
    return person if applicant.kind == "citizen" else business


def titles(content_names: Mapping[str, str], sections: Sequence[SectionView]) -> list[str]:
    """Return the titles of a form's sections after the procedure's own."""
    return [named(content_names), *(section.title for section in sections)]


def _faults_in(form: Form, answers: dict[str, Any], keys: set[str]) -> tuple[Fault, ...]:
    complete = complete_answers(form, answers)
    found = validate_answers(form, {**answers, **complete}, on=timezone.localdate())
    return tuple(fault for fault in found if fault.field.split("-", 1)[0] in keys)


def _is_needed(item: Any) -> bool:
    return item.kind == "submit" and item.condition is None


def _task(key: str, url: str, title: str, done: bool, *, begun: bool = False) -> Task:
    return Task(key, url, title, "done" if done else ("in_progress" if begun else "todo"))
