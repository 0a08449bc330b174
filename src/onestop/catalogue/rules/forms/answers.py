"""Bringing answers into shape: which fields are shown, defaults, what is derived, what is known beforehand."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from onestop.catalogue.rules.forms.model import Condition, Field, FieldType, Form
from onestop.catalogue.rules.forms.numbers import date_in_words

Answers = Mapping[str, Any]
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_VIETNAMESE_MONTH = re.compile(r"(\d{1,2})/(\d{4})")
_GROUPED = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?")
_YES = {"có", "co", "true", "on", "1", "yes"}
_NO = {"không", "khong", "false", "off", "0", "no"}


def visible_fields(form: Form, answers: Answers) -> tuple[Field, ...]:
    """Return the fields shown with these answers: sections and fields whose condition holds."""
    given = {**_defaults(form), **{key: value for key, value in answers.items() if value not in (None, "")}}
    return tuple(
        item
        for section in form.sections
        if _holds(section.show_if, given)
        for item in section.fields
        if _holds(item.show_if, given)
    )


def _holds(condition: Condition | None, answers: Answers) -> bool:
    return condition is None or str(answers.get(condition.key, "")) in condition.values


def _defaults(form: Form) -> dict[str, Any]:
    return {item.key: _one(item, item.default) for item in form.fields if item.default}


def prefill(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers known beforehand: defaults, and `facts` by the name a field asks for (`account.full_name`)."""
    known = {item.key: facts[item.prefill] for item in form.fields if item.prefill and facts.get(item.prefill)}
    return normalise(form, {**_defaults(form), **known})


def complete_answers(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the answers to keep: in shape, with defaults and derived fields, without those of hidden fields."""
    given = normalise(form, {**_defaults(form), **answers})
    shown = visible_fields(form, given)
    kept = {item.key: given[item.key] for item in shown if given.get(item.key) not in (None, "", [])}
    for item in shown:
        if item.derived_from:
            kept |= _derived(item, kept)
    return kept


def _derived(item: Field, answers: Answers) -> dict[str, Any]:
    try:
        return {item.key: date_in_words(date.fromisoformat(str(answers.get(item.derived_from))))}
    except ValueError:
        return {}


def normalise(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the answers in one shape: text in NFC and without stray blanks, dates as ISO, numbers as numbers.

    A choice given by its name becomes its value. What cannot be read stays as it came, for the check to name.
    """
    by_key = {item.key: item for item in form.fields}
    return {key: _one(by_key[key], value) if key in by_key else _text(value) for key, value in answers.items()}


def _one(item: Field, value: Any) -> Any:
    if item.type is FieldType.TABLE:
        columns = {column.key: column for column in item.columns}
        if not isinstance(value, list | tuple):
            return value
        return [
            {key: _one(columns[key], cell) if key in columns else _text(cell) for key, cell in row.items()}
            if isinstance(row, Mapping)
            else row
            for row in value
        ]
    value = _text(value)
    match item.type:
        case FieldType.DATE | FieldType.DATE_OR_YEAR | FieldType.MONTH:
            return _iso(value)
        case FieldType.NUMBER | FieldType.MONEY:
            return _number(value)
        case FieldType.CHECKBOX:
            return _checked(value)
        case FieldType.SELECT | FieldType.RADIO:
            return _chosen(item, value)
        case _:
            return value


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _iso(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    day = _VIETNAMESE_DATE.fullmatch(value)
    if day:
        return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
    month = _VIETNAMESE_MONTH.fullmatch(value)
    return f"{month[2]}-{int(month[1]):02d}" if month else value


def _number(value: Any) -> Any:
    """A comma is the decimal sign; points between groups of three are grouping, as Vietnamese writes."""
    if not isinstance(value, str):
        return value
    plain = value.replace(" ", "").replace(".", "") if _GROUPED.fullmatch(value) else value
    plain = plain.replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,18}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,9}", plain) else value


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        low = value.casefold()
        return True if low in _YES else False if low in _NO else value
    return value


def _chosen(item: Field, value: Any) -> Any:
    if not item.options or not isinstance(value, str) or any(option.value == value for option in item.options):
        return value
    named = [option.value for option in item.options if value in option.names.values() or value == option.code]
    return named[0] if len(set(named)) == 1 else value
