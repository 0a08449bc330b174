"""The facts statement, and single facts of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from onestop.facts.rules.facts import DOSSIER_FACTS, STORED, DossierFacts

ABOUT = "CASE WHEN stream < 0 AND payload ? 'dossier' THEN (payload ->> 'dossier')::bigint ELSE stream END"
"""The stream whose facts an entry changes: its own, or of a petition that of the dossier it is about."""
FACTS_SQL = resources.files("onestop.facts.queries").joinpath("facts.sql").read_text()
EVER = datetime(9999, 1, 1, tzinfo=UTC)
COLUMNS = ", ".join(DOSSIER_FACTS)
PORTION = 20_000
SETTINGS = {"work_mem": "'128MB'", "jit": "off", "enable_mergejoin": "off", "enable_nestloop": "off"}

_is_roomy = ContextVar("is_roomy", default=False)


def list_facts(*, as_of: datetime, period_from: datetime, known_at: datetime | None = None) -> Iterator[DossierFacts]:
    """Yield the facts of every dossier filed by `as_of`, in the order of filing; `known_at` as in `moments`."""
    sql = f"WITH facts AS (\n{FACTS_SQL}) SELECT {COLUMNS} FROM facts ORDER BY stream"  # noqa: S608
    for row in run(sql, moments(as_of, period_from, known_at)):
        yield DossierFacts(*row)


def run(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement over the facts."""
    with roomy() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


@contextmanager
def roomy() -> Iterator[CursorWrapper]:
    """Open a cursor in a transaction, with the room that one pass over the journal wants (`room`)."""
    with room(), connection.cursor() as cursor:
        yield cursor


@contextmanager
def room() -> Iterator[None]:
    """Let the statements of a transaction pass over the journal once, with room in memory; take both back at the end.

    Where nothing is known of the tables yet, as right after a bulk load, the planner takes every part of the facts for
    a single row and would pass over the journal again for each dossier: minutes for a few thousand. Within another
    `room` there is nothing to do.
    """
    if _is_roomy.get():
        yield
        return
    is_part_of_another = connection.in_atomic_block
    _is_roomy.set(True)
    try:
        with transaction.atomic(savepoint=False):
            _set(SETTINGS)
            yield
            if is_part_of_another:
                _set(dict.fromkeys(SETTINGS, "DEFAULT"))
    finally:
        _is_roomy.set(False)


def _set(settings: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in settings.items()))


def moments(as_of: datetime, period_from: datetime, known_at: datetime | None = None) -> dict[str, Any]:
    """Return the parameters of the facts statement.

    What was written down after `known_at` is left out: with `known_at` = `as_of` the facts are those that could be
    shown then. Without it everything counts that is known now.
    """
    return {"as_of": as_of, "period_from": period_from, "known_at": known_at or EVER}


def iterate_stored(*, as_of: datetime) -> Iterator[tuple[Any, ...]]:
    """Yield the stored facts (`rules/columnar.py`) of every dossier filed by `as_of`, month by month of filing.

    Read portion by portion from the server: memory does not grow with the history.
    """
    sql = f"WITH facts AS (\n{FACTS_SQL}) SELECT {', '.join(STORED)} FROM facts ORDER BY submitted_at, stream"  # noqa: S608
    with room(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, moments(as_of, as_of))
        while rows := cursor.fetchmany(PORTION):
            yield from rows
