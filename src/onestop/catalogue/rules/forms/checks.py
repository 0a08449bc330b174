"""Which answers are wrong or missing: every fault at once, named by its field.

Codes: `field.required`, `field.unknown`, `field.not_text`, `field.too_long`, `field.pattern`, `field.not_a_date`,
`field.in_the_future`, `field.not_a_number`, `field.negative`, `field.not_a_choice`, `field.choose_first` (the list
depends on another), `field.not_ticked_or_not`, `field.phone`, `field.email`, `field.url`, `field.tax_code`,
`field.personal_number`, `field.personal_number_other_year`, `field.personal_number_other_sex`, `field.not_a_table`,
`table.gap`, `table.starts_late`, `table.backwards`, `section.at_least_one`.
A cell of a table is named `members.2.birth_date`, rows from 1.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import phonenumbers
from stdnum.vn import mst

from onestop.catalogue.rules.forms.answers import Answers, complete_answers, visible_fields
from onestop.catalogue.rules.forms.histories import find_history_faults
from onestop.catalogue.rules.forms.model import Field, FieldType, Form, Format
from onestop.catalogue.rules.forms.numbers import read_personal_number
from onestop.errors import Fault

LONGEST_TEXT, LONGEST_LINES, MOST_ROWS = 500, 5000, 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_URL = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def validate_answers(form: Form, answers: Answers, *, on: date | None = None) -> tuple[Fault, ...]:
    """Return every fault of the answers; empty if they can be filed.

    Answers may come as typed; they are brought into shape first. Hidden, derived and self-filling fields are never
    faulted. `on` is the local day of filing: with it, dates that must lie in the past are checked.
    """
    given = complete_answers(form, answers)
    known = {item.key for item in form.fields}
    faults = [Fault(key, "field.unknown") for key in answers if key not in known]
    for item in visible_fields(form, given):
        if item.is_asked:
            faults += _faults_of(item, given.get(item.key), given, item.key, on)
    return (*faults, *_section_faults(form, given))


def _section_faults(form: Form, given: Answers) -> list[Fault]:
    sections = [section for section in form.sections if section.rule == "at_least_one_parent"]
    names = [section.fields[0].key for section in sections if section.fields]
    if not names or any(given.get(name) for name in names):
        return []
    return [Fault(names[0], "section.at_least_one", {"fields": names})]


def _faults_of(item: Field, value: Any, given: Answers, name: str, on: date | None) -> list[Fault]:
    if value in _EMPTY:
        return [Fault(name, "field.required")] if item.required else []
    if item.type is FieldType.TABLE:
        return _table_faults(item, value, given, name, on)
    code = _kind_fault(item, value, on) or _number_fault(item, value, given) or _choice_fault(item, value, given)
    return [Fault(name, code[0], code[1])] if code else []


Found = tuple[str, dict[str, Any]] | None


def _kind_fault(item: Field, value: Any, on: date | None) -> Found:
    match item.type:
        case FieldType.DATE | FieldType.DATE_OR_YEAR | FieldType.MONTH:
            return _date_fault(item, value, on)
        case FieldType.NUMBER | FieldType.MONEY:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return "field.not_a_number", {}
            return ("field.negative", {}) if value < 0 and not item.pattern else None
        case FieldType.CHECKBOX:
            return None if isinstance(value, bool) else ("field.not_ticked_or_not", {})
        case _:
            return _text_fault(item, value)


def _text_fault(item: Field, value: Any) -> Found:
    if not isinstance(value, str):
        return "field.not_text", {}
    longest = LONGEST_LINES if item.type in {FieldType.TEXTAREA, FieldType.ADDRESS} else LONGEST_TEXT
    if len(value) > longest:
        return "field.too_long", {"limit": longest}
    if item.type is FieldType.TEL and not is_phone(value):
        return "field.phone", {}
    if item.type is FieldType.EMAIL and not _EMAIL.fullmatch(value):
        return "field.email", {}
    if item.type is FieldType.URL and not _URL.fullmatch(value):
        return "field.url", {}
    if item.pattern and not item.format and not re.fullmatch(item.pattern, value):
        return "field.pattern", {"pattern": item.pattern}
    return None


def is_phone(text: str) -> bool:
    """True for a number that can be dialled, in Vietnam if no country is given."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "VN"))
    except phonenumbers.NumberParseException:
        return False


def is_tax_code(text: str) -> bool:
    """True for a tax code of a business (10 or 13 digits with check digit), or a personal number used as one."""
    return bool(mst.is_valid(text)) or read_personal_number(text) is not None


def _date_fault(item: Field, value: Any, on: date | None) -> Found:
    shapes = {
        FieldType.DATE: r"\d{4}-\d\d-\d\d",
        FieldType.DATE_OR_YEAR: r"\d{4}(-\d\d-\d\d)?",
        FieldType.MONTH: r"\d{4}-\d\d(-\d\d)?",
    }
    if not isinstance(value, str) or not re.fullmatch(shapes[item.type], value):
        return "field.not_a_date", {}
    try:
        first_day = date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return "field.not_a_date", {}
    if on is not None and item.is_past and first_day > on:
        return "field.in_the_future", {}
    return None


def _number_fault(item: Field, value: Any, given: Answers) -> Found:
    if item.format is Format.TAX_CODE and not is_tax_code(str(value)):
        return "field.tax_code", {}
    if item.format is Format.IDENTITY_NUMBER and "căn cước" not in str(given.get(item.agrees_with.get("kind", ""), "")):
        return None
    if item.format in {Format.PERSONAL_NUMBER, Format.IDENTITY_NUMBER}:
        return _personal_number_fault(item, str(value), given)
    return None


def _personal_number_fault(item: Field, value: str, given: Answers) -> Found:
    said = read_personal_number(value)
    if said is None:
        return "field.personal_number", {}
    birth = str(given.get(item.agrees_with.get("birth", ""), ""))[:4]
    if birth.isdigit() and int(birth) != said.birth_year:
        return "field.personal_number_other_year", {"year": said.birth_year}
    sex = item.agrees_with.get("sex_is") or given.get(item.agrees_with.get("sex", ""), "")
    if sex and sex != said.sex:
        return "field.personal_number_other_sex", {"sex": said.sex}
    return None


def _choice_fault(item: Field, value: Any, given: Answers) -> Found:
    if item.type not in {FieldType.SELECT, FieldType.RADIO}:
        return None
    if item.depends_on and not given.get(item.depends_on):
        return "field.choose_first", {"field": item.depends_on}
    if item.options and value not in {option.value for option in item.options}:
        return "field.not_a_choice", {}
    return None


def _table_faults(item: Field, value: Any, given: Answers, name: str, on: date | None) -> list[Fault]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return [Fault(name, "field.not_a_table")]
    if len(value) > MOST_ROWS:
        return [Fault(name, "field.too_long", {"limit": MOST_ROWS})]
    faults: list[Fault] = []
    for number, row in enumerate(value, 1):
        known = {column.key for column in item.columns}
        faults += [Fault(f"{name}.{number}.{key}", "field.unknown") for key in row if key not in known]
        for column in item.columns:
            faults += _faults_of(column, row.get(column.key), row, f"{name}.{number}.{column.key}", on)
    if not faults and item.rule == "no_gap_from_age_14":
        faults = [Fault(name, code, params) for code, params in find_history_faults(value, given.get("birth_date"))]
    return faults
