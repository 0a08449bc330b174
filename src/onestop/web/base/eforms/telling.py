"""The answers of a form as a list: label and answer, section by section, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onestop.catalogue.rules.forms import Field, FieldType, Form, visible_fields
from onestop.web.base.moments import day_word
from onestop.web.base.names import named
from onestop.web.base.numbers import money_word


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A section told: its title, and pairs of label and answer. `number` counts from 1."""

    number: int
    title: str
    items: tuple[tuple[str, str], ...]


def tell(form: Form, answers: Mapping[str, Any]) -> tuple[ToldSection, ...]:
    """Return every section with at least one answer."""
    visible = {field.key for field in visible_fields(form, answers)}
    told = []
    for number, section in enumerate(form.sections, start=1):
        items = tuple(
            (named(field.label), _word(field, answers[field.key]))
            for field in section.fields
            if field.key in visible and answers.get(field.key) not in (None, "", [])
        )
        if items:
            told.append(ToldSection(number, named(section.legend), items))
    return tuple(told)


def _word(field: Field, value: Any) -> str:
    if field.type is FieldType.TABLE and isinstance(value, list):
        return "; ".join(_row(field, row) for row in value)
    if field.type is FieldType.MONEY and isinstance(value, int):
        return money_word(value)
    if field.type in (FieldType.DATE, FieldType.DATE_OR_YEAR):
        return _date(str(value))
    option = next((option for option in field.options if option.value == str(value)), None)
    return named(option.names) if option else str(value)


def _row(field: Field, row: Mapping[str, Any]) -> str:
    return ", ".join(_word(column, row[column.key]) for column in field.columns if row.get(column.key))


def _date(text: str) -> str:
    try:
        return day_word(date.fromisoformat(text))
    except ValueError:
        return text
