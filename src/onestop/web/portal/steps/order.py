"""Which pages a draft has, in their order, and which of them are done."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onestop.catalogue.queries import get_content
from onestop.catalogue.rules.forms import Form, validate_answers
from onestop.web.base.eforms import SectionView, field_of, show_form
from onestop.web.portal.steps.facts import answers_of, form_of

PLACE, DOCUMENTS, CHECK = "place", "documents", "check"


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the draft: where it is, what it is called, how far it is."""

    key: str
    url: str
    title: str
    status: str
    hint: str = ""


def section_key(number: int) -> str:
    """Return the key of the page of section `number`."""
    return f"section-{number}"


def tasks_of(draft: Any) -> list[Task]:
    """Return every page of a draft with its status, the last look at the end."""
    form = form_of(draft)
    tasks = [_place(draft), *_sections(draft, form), *_documents(draft)]
    ready = all(task.status in ("done", "optional") for task in tasks)
    url = reverse("portal:draft_check", args=[draft.token])
    return [*tasks, Task(CHECK, url, _("Check and file"), "todo" if ready else "cannot_start")]


def address_after(draft: Any, key: str) -> str:
    """Return the address of the page after `key`; the list of pages if what comes next cannot be done yet."""
    tasks = tasks_of(draft)
    keys = [task.key for task in tasks]
    following = tasks[keys.index(key) + 1] if key in keys[:-1] else tasks[0]
    if following.status == "cannot_start":
        return reverse("portal:draft", args=[draft.token])
    return following.url


def is_needed(item: Any) -> bool:
    """True for a document that everybody has to hand in online."""
    return item.kind == "submit" and item.condition is None


def _place(draft: Any) -> Task:
    url = reverse("portal:draft_place", args=[draft.token])
    return Task(PLACE, url, _("Where and how"), "done" if draft.unit_code else "todo")


def _sections(draft: Any, form: Form) -> list[Task]:
    answers = answers_of(draft, form)
    faults = validate_answers(form, answers, on=timezone.localdate())
    wrong = {field.key for fault in faults if (field := field_of(form, fault.field))}
    return [_section(draft, section, wrong) for section in show_form(form, answers)]


def _section(draft: Any, section: SectionView, wrong: set[str]) -> Task:
    url = reverse("portal:draft_section", args=[draft.token, section.number])
    seen = any(field.key in draft.answers for field in section.fields)
    lacking = sum(field.key in wrong for field in section.fields)
    status = "todo" if not seen else ("in_progress" if lacking else "done")
    hint = ngettext("%(n)d field left", "%(n)d fields left", lacking) % {"n": lacking} if seen and lacking else ""
    return Task(section_key(section.number), url, section.title, status, hint)


def _documents(draft: Any) -> list[Task]:
    asked = [item for item in get_content(draft.version_id).components if item.kind == "submit"]
    if not asked:
        return []
    have = {part["document"] for part in draft.parts}
    lacking = sum(is_needed(item) and item.code not in have for item in asked)
    status = ("in_progress" if have else "todo") if lacking else ("done" if have else "optional")
    hint = ngettext("%(n)d document left", "%(n)d documents left", lacking) % {"n": lacking} if lacking else ""
    return [Task(DOCUMENTS, reverse("portal:draft_documents", args=[draft.token]), _("Documents"), status, hint)]
