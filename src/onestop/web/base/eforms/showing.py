"""What the templates draw: each field with its words, its value, its choices and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.catalogue.rules.forms import Field, FieldType, Form, Section, visible_fields
from onestop.web.base.eforms.places import commune_options
from onestop.web.base.names import named

EMPTY_ROWS = 2
INPUT_TYPES = {FieldType.TEL: "tel", FieldType.EMAIL: "email", FieldType.URL: "url"}
NUMERIC = frozenset({FieldType.NUMBER, FieldType.MONEY})
WIDGETS = {
    FieldType.TEXTAREA: "area",
    FieldType.ADDRESS: "area",
    FieldType.SELECT: "select",
    FieldType.RADIO: "choices",
    FieldType.CHECKBOX: "tick",
    FieldType.TABLE: "table",
}
EXAMPLES = {
    FieldType.DATE: _("Day/month/year, for example 27/02/2026"),
    FieldType.DATE_OR_YEAR: _("Day/month/year, or the year alone"),
    FieldType.MONTH: _("Month/year, for example 02/2026"),
}
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
Faults = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as it is drawn. `rows` holds the rows of a table, each a list of cells."""

    key: str
    label: str
    help: str
    widget: str
    input_type: str
    value: Any
    required: bool
    options: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]
    figures: bool = False
    rows: tuple[tuple["FieldView", ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of a form: its title and its fields; `number` counts from 1."""

    number: int
    title: str
    note: str
    fields: tuple[FieldView, ...]


def show_form(form: Form, answers: Mapping[str, Any], faults: Faults | None = None) -> tuple[SectionView, ...]:
    """Return every section that is shown with these answers and has something to ask."""
    shown = (show_section(form, number, answers, faults) for number in range(1, len(form.sections) + 1))
    return tuple(section for section in shown if section.fields)


def show_section(form: Form, number: int, answers: Mapping[str, Any], faults: Faults | None = None) -> SectionView:
    """Return section `number` (from 1) with the fields shown for these answers."""
    section: Section = form.sections[number - 1]
    visible = {field.key for field in visible_fields(form, answers)}
    fields = tuple(
        _field(field, answers.get(field.key, field.default), faults or {}, note=_note(form, field))
        for field in section.fields
        if field.is_asked and (field.key in visible or field.show_if is not None)
    )
    return SectionView(number, named(section.legend), named(section.note) if section.note else "", fields)


def _note(form: Form, field: Field) -> str:
    """Return the answers for which the field is asked, in the reader's language."""
    if field.show_if is None:
        return ""
    asked = form.field(field.show_if.key)
    words = dict(_choices(asked)) if asked else {}
    return ", ".join(words.get(value, value) for value in field.show_if.values)


def _field(field: Field, value: Any, faults: Faults, key: str = "", note: str = "") -> FieldView:
    key = key or field.key
    return FieldView(
        key=key,
        label=named(field.label),
        help=_help(field),
        widget=WIDGETS.get(field.type, "select" if _choices(field) else "input"),
        input_type=INPUT_TYPES.get(field.type, "text"),
        value=_shown(field, value),
        required=field.required,
        options=_choices(field),
        errors=tuple(faults.get(key, ())),
        figures=field.type in NUMERIC or field.type in EXAMPLES or field.format is not None,
        rows=_rows(field, value, faults) if field.type is FieldType.TABLE else (),
        note=note,
    )


def _help(field: Field) -> str:
    return named(field.help) if field.help else str(EXAMPLES.get(field.type, ""))


def _shown(field: Field, value: Any) -> Any:
    """A date stands on the page as people write it; what is no date stays as it was typed."""
    if field.type in EXAMPLES and (found := _ISO.fullmatch(str(value))):
        return "/".join(part for part in (found[3], found[2], found[1]) if part)
    return "" if value is None else value


def _choices(field: Field) -> tuple[tuple[str, str], ...]:
    if field.list_name == "communes":
        return commune_options()
    return tuple((option.value, named(option.names)) for option in field.options)


def _rows(field: Field, value: Any, faults: Faults) -> tuple[tuple[FieldView, ...], ...]:
    given = list(value) if isinstance(value, list) else []
    rows = [*given, *({} for _empty in range(EMPTY_ROWS))]
    return tuple(
        tuple(
            _field(column, row.get(column.key, ""), faults, f"{field.key}-{number}-{column.key}")
            for column in field.columns
        )
        for number, row in enumerate(rows)
    )
