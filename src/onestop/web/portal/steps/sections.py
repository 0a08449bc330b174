"""One section of the real e-form on a page: what is typed, what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from onestop.catalogue.rules.forms import Form, validate_answers
from onestop.errors import Fault, NotFound
from onestop.web.base.eforms import SectionView, field_of, place_faults, read_answers, show_form, show_section
from onestop.web.base.wording.errors import faults_by_field
from onestop.web.portal.steps.facts import answers_of, form_of, known_in
from onestop.web.portal.steps.summaries import Summary, faulty_fields


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section as it is shown: its fields with what was typed, what was known, and what is wrong."""

    section: SectionView
    typed: dict[str, Any]
    faults: tuple[Fault, ...]
    faulty: Summary
    known: list[str]
    place: int
    of: int

    @property
    def has_table(self) -> bool:
        """True if the section holds a table, of which more rows may be wanted."""
        return any(field.widget == "table" for field in self.section.fields)


def section_page(draft: Any, number: int, sent: QueryDict | None) -> SectionPage:
    """Return one section with what is typed; after a POST, with what is wrong in it. Raises `NotFound`."""
    form = form_of(draft)
    if not 1 <= number <= len(form.sections):
        raise NotFound("form.unknown", form=form.code)
    asked = form.sections[number - 1]
    typed = read_answers(asked.fields, sent) if sent is not None else {}
    answers = {**answers_of(draft, form), **typed}
    faults = _faults_in(form, answers, {field.key for field in asked.fields}) if sent is not None else ()
    shown = [section.number for section in show_form(form, answers)]
    section = show_section(form, number, answers, faults_by_field(faults))
    if not section.fields:
        raise NotFound("form.unknown", form=form.code)
    return SectionPage(
        section=section,
        typed=typed,
        faults=faults,
        faulty=faulty_fields(form, faults),
        known=known_in(asked, draft) if sent is None else [],
        place=shown.index(number) + 1 if number in shown else 1,
        of=len(shown),
    )


def _faults_in(form: Form, answers: dict[str, Any], keys: set[str]) -> tuple[Fault, ...]:
    found = validate_answers(form, answers, on=timezone.localdate())
    own = [fault for fault in found if (field := field_of(form, fault.field)) and field.key in keys]
    return place_faults(own)
