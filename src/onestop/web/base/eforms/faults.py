"""Faults of answers beside the fields they belong to: from the names that rules give to those that a page has."""

from collections.abc import Iterable
from dataclasses import replace

from onestop.catalogue.rules.forms import Field, Form
from onestop.errors import Fault


def place_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults named as on the page: a cell `family.1.name` (rows from 1) is the field `family-0-name`."""
    return tuple(replace(fault, field=_on_page(fault.field)) for fault in faults)


def field_of(form: Form, name: str) -> Field | None:
    """Return the field that a fault is about, or None: of a cell, the table it stands in."""
    return form.field(name.replace("-", ".").split(".", 1)[0])


def _on_page(name: str) -> str:
    table, _, cell = name.partition(".")
    row, _, column = cell.partition(".")
    return f"{table}-{int(row) - 1}-{column}" if row.isdigit() and column else name
