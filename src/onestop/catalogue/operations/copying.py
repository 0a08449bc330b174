"""Writing thousands of rows at once with COPY: a few times quicker than inserts, in the same transaction."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

_IDS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model. They get their ids here, so rows written next may point at them."""
    if not rows:
        return
    table = rows[0]._meta.db_table
    fields = [field for field in rows[0]._meta.concrete_fields if not field.generated]
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [table, len(rows)])
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields if field.column)
        statement = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN"
        with cursor.copy(statement) as target:
            for row in rows:
                row._state.adding = False
                target.write_row([_plain(getattr(row, field.attname)) for field in fields])


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
