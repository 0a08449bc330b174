"""Reading a form from JSON (the shape of `forms.json`), and what is wrong with one that cannot be used."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from onestop.catalogue.rules import scraps
from onestop.catalogue.rules.forms.model import Condition, Field, FieldType, Form, Format, Option, Section
from onestop.catalogue.rules.scraps import Notes
from onestop.errors import Invalid

JSON = Mapping[str, Any]
Lists = Mapping[str, Sequence[Mapping[str, str]]]
FORM_CODE = re.compile(r"F-[A-Z0-9-]{2,38}")
SAME_LIST = {"gioiTinh": "sex", "danToc": "ethnic_groups", "quocTich": "countries", "tinh": "provinces"}
TWELVE_DIGITS = "[0-9]{12}"
_BIRTH = re.compile(r"birth_date|birth_year|ngay_sinh")
SAME_LIST["phuongXa"] = "communes"


def find_faults(record: Any) -> tuple[str, ...]:
    """Return every reason why a form cannot be used (codes); empty if it can.

    `form_not_an_object`, `form_code_malformed`, `title_missing`, `form_without_fields`, `field_type_unknown`,
    `field_key_repeated`, `field_key_missing`, `label_missing`, `pattern_broken`, `condition_on_unknown_field`,
    `procedure_code_malformed`, `format_unknown`.
    """
    if not isinstance(record, Mapping):
        return ("form_not_an_object",)
    notes = Notes()
    if not isinstance(record.get("id"), str) or not FORM_CODE.fullmatch(record["id"]):
        notes.unusable("form_code_malformed")
    scraps.names(record.get("title"), notes, "title")
    if any(not isinstance(code, str) or not scraps.CODE.fullmatch(code) for code in record.get("procedures") or ()):
        notes.unusable("procedure_code_malformed")
    sections = scraps.items(record.get("sections"), notes, "sections")
    fields = [item for section in sections for item in scraps.items(section.get("fields"), notes, "fields")]
    if not fields:
        notes.unusable("form_without_fields")
    keys = [str(item.get("key") or "") for item in fields]
    if len(set(keys)) < len(keys):
        notes.unusable("field_key_repeated")
    for item in [*fields, *(column for table in fields for column in table.get("columns") or ())]:
        _check_field(item, notes)
    for item in [*fields, *sections]:
        if item.get("show_if") and _condition(item["show_if"]).key not in keys:
            notes.unusable("condition_on_unknown_field")
    return tuple(notes.reasons)


def _check_field(item: JSON, notes: Notes) -> None:
    if not item.get("key"):
        notes.unusable("field_key_missing")
    scraps.names(item.get("label"), notes, "label")
    scraps.one_of(FieldType, item.get("type") or "missing", notes, "field_type")
    scraps.one_of(Format, item.get("format"), notes, "format")
    try:
        re.compile(item.get("pattern") or "")
    except re.error:
        notes.unusable("pattern_broken")


def read_form(record: JSON, *, version: int = 1, lists: Lists | None = None) -> Form:
    """Return the form. `lists` are the option lists by name. Raises `Invalid` with all reasons if it cannot be used."""
    faults = find_faults(record)
    if faults:
        raise Invalid("form.unusable", reasons=faults)
    return Form(
        code=record["id"],
        version=version,
        titles=record["title"],
        procedures=tuple(record.get("procedures") or ()),
        legal_form=record.get("legal_form") or "",
        is_complete=bool(record.get("complete")),
        sections=tuple(_section(item, lists or {}) for item in record["sections"]),
        sources=scraps.texts(record.get("source")),
        notes=record.get("notes_en") or "",
    )


def _section(item: JSON, lists: Lists) -> Section:
    note = item.get("note") or ({"vi": item["note_vi"]} if item.get("note_vi") else None)
    return Section(
        legend=item["legend"],
        fields=tuple(_field(field, lists) for field in item.get("fields") or ()),
        show_if=_condition(item["show_if"]) if item.get("show_if") else None,
        rule=item.get("rule") or "",
        reuse=item.get("reuse") or "",
        note=note,
        has_second_signatory=bool(item.get("second_signatory")),
    )


def _field(item: JSON, lists: Lists) -> Field:
    list_name = SAME_LIST.get(item.get("options_ref") or "", item.get("options_ref") or "")
    return Field(
        key=item["key"],
        label=item["label"],
        type=FieldType(item["type"]),
        required=item.get("required") is True,
        options=_options(item.get("options") or lists.get(list_name) or ()),
        list_name=list_name,
        pattern=item.get("pattern") or "",
        prefill=item.get("prefill") or "",
        reuse=item.get("reuse") or "",
        default=item.get("default") or "",
        derived_from=item.get("derived_from") or "",
        show_if=_condition(item["show_if"]) if item.get("show_if") else None,
        depends_on=item.get("depends_on") or "",
        columns=tuple(_field(column, lists) for column in item.get("columns") or ()),
        rule=item.get("rule") or "",
        help=item.get("help"),
        format=_format(item),
        agrees_with=item.get("agrees_with") or {},
        is_past=bool(item.get("past", _BIRTH.search(item["key"]))),
        number=item.get("no") or "",
        confirmed_by=item.get("confirmed_by") or "unverified",
    )


def _format(item: JSON) -> Format | None:
    """A field of twelve digits is a personal number, whether or not the form says so."""
    if item.get("format"):
        return Format(item["format"])
    return Format.PERSONAL_NUMBER if item.get("pattern") == TWELVE_DIGITS else None


def _options(items: Sequence[Any]) -> tuple[Option, ...]:
    return tuple(_option(item) for item in items)


def _option(item: Any) -> Option:
    if isinstance(item, str):
        return Option(item, {"vi": item})
    names = {language: item[language] for language in ("vi", "en", "ur") if item.get(language)}
    value = item.get("value") or names["vi"]
    return Option(value, {"vi": value, **names}, item.get("code") or "")


def _condition(written: str) -> Condition:
    key, _, values = written.partition("=")
    return Condition(key.strip(), tuple(value.strip() for value in values.split("|")))
