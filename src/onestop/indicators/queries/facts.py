"""The facts statement, and single facts of it."""

from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from typing import Any

from django.db import connection

from onestop.indicators.rules.facts import DOSSIER_FACTS, DossierFacts

FACTS_SQL = resources.files("onestop.indicators.queries").joinpath("facts.sql").read_text()
COLUMNS = ", ".join(DOSSIER_FACTS)


def list_facts(*, as_of: datetime, period_from: datetime) -> Iterator[DossierFacts]:
    """Yield the facts of every dossier filed by `as_of`, in the order of filing."""
    sql = f"WITH facts AS (\n{FACTS_SQL}) SELECT {COLUMNS} FROM facts ORDER BY stream"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"as_of": as_of, "period_from": period_from})
        for row in cursor.fetchall():
            yield DossierFacts(*row)


def moments(as_of: datetime, period_from: datetime) -> dict[str, Any]:
    """Return the parameters of the facts statement."""
    return {"as_of": as_of, "period_from": period_from}
