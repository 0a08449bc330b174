"""Reading answers from what a browser sent: by key; tables by `key-row-column`."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from onestop.catalogue.rules.forms import Field, FieldType
from onestop.web.base.texts import clean

MOST_ROWS = 30
LONGEST = 4000


def read_answers(fields: Iterable[Field], sent: QueryDict) -> dict[str, Any]:
    """Return what was typed for these fields, as typed; an emptied field is an empty text, so that it is kept as such.

    A field that was not on the page at all is left out, unless it is a checkbox: an unticked one is not sent.
    """
    found: dict[str, Any] = {}
    for field in fields:
        if not field.is_asked:
            continue
        if field.type is FieldType.TABLE:
            found[field.key] = _rows(field, sent)
        elif field.type is FieldType.CHECKBOX:
            found[field.key] = sent.get(field.key, "")
        elif field.key in sent:
            found[field.key] = clean(sent.get(field.key, ""), LONGEST)
    return found


def _rows(field: Field, sent: QueryDict) -> list[dict[str, str]]:
    rows = []
    for number in range(MOST_ROWS):
        row = {
            column.key: clean(sent.get(f"{field.key}-{number}-{column.key}", ""), LONGEST) for column in field.columns
        }
        if any(row.values()):
            rows.append({key: value for key, value in row.items() if value})
    return rows
