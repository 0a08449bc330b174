"""The row of a dossier, locked and written: two statements of every deed, written out by hand.

Every step of every dossier runs them, and the mapper takes several times as long to put each together again.
"""

from typing import Any

from django.db import connection

from onestop.dossiers.models import Dossier

_COLUMNS = Dossier._meta.concrete_fields
_NAMES = [field.attname for field in _COLUMNS]
_READ = {place: read for place, field in enumerate(_COLUMNS) if (read := getattr(field, "from_db_value", None))}
_LOCK = f"""SELECT {", ".join(f'"{field.column}"' for field in _COLUMNS)}
FROM dossiers_dossier WHERE code = %s FOR UPDATE"""  # noqa: S608  # only column names are put in


def lock_row(code: str) -> Dossier | None:
    """Lock the row of a dossier and return it, or None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [code])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, read in _READ.items():
        values[place] = read(values[place], None, connection)
    return Dossier.from_db(connection.alias, _NAMES, values)


def write_row(dossier: Dossier, changes: dict[str, Any]) -> None:
    """Set these columns of a locked dossier, in the table and in memory."""
    fields = [Dossier._meta.get_field(name) for name in changes]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]  # columns only
    values = [
        field.get_db_prep_save(value, connection)  # type: ignore[union-attr]  # columns only
        for field, value in zip(fields, changes.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE dossiers_dossier SET {columns} WHERE id = %s", [*values, dossier.pk])  # noqa: S608
    for name, value in changes.items():
        setattr(dossier, name, value)
