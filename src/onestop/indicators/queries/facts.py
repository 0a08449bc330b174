"""The facts statement, and single facts of it."""

from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from typing import Any

from django.db import connection, transaction

from onestop.indicators.rules.facts import DOSSIER_FACTS, DossierFacts

FACTS_SQL = resources.files("onestop.indicators.queries").joinpath("facts.sql").read_text()
COLUMNS = ", ".join(DOSSIER_FACTS)


def list_facts(*, as_of: datetime, period_from: datetime) -> Iterator[DossierFacts]:
    """Yield the facts of every dossier filed by `as_of`, in the order of filing."""
    sql = f"WITH facts AS (\n{FACTS_SQL}) SELECT {COLUMNS} FROM facts ORDER BY stream"  # noqa: S608
    for row in run(sql, moments(as_of, period_from)):
        yield DossierFacts(*row)


def run(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement over the facts, with the room in memory that one pass over the journal wants."""
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in ("work_mem = '128MB'", "jit = off", "enable_mergejoin = off"):
            cursor.execute(f"SET LOCAL {setting}")
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def moments(as_of: datetime, period_from: datetime) -> dict[str, Any]:
    """Return the parameters of the facts statement."""
    return {"as_of": as_of, "period_from": period_from}
