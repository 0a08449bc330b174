"""Our own compiler and Ibis say each test of each definition alike to PostgreSQL: both are asked about the same facts.

The facts are random in each column, wilder than any journal: whatever a definition compares, some of it is there.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.facts.queries.compile import compile_condition
from onestop.facts.rules.columnar import SCHEMA
from onestop.facts.rules.expressions import All, Compare, Expression, Fact, Literal, Not, Some
from onestop.facts.rules.facts import DOSSIER_FACTS, DossierFacts, FactKind
from onestop.facts.rules.relational import count_sql
from onestop.facts.rules.tally import Tally, make_tally
from onestop.indicators.queries.definitions import kept_layout
from tests.facts.journals import hours
from tests.facts.test_engines import SPANNED, plainly
from tests.facts.test_facts import THOROUGH

AS_OF, PERIOD_FROM = hours(24 * 60), hours(24 * 20)
TESTS = tuple(dict.fromkeys((*kept_layout().tests, *kept_layout().atoms, *SPANNED)))
BY_IBIS = count_sql(TESTS, as_of=AS_OF, period_from=PERIOD_FROM, dialect="postgres")
TYPES = {
    FactKind.MOMENT: "timestamptz", FactKind.DAY: "date", FactKind.TEXT: "text", FactKind.NUMBER: "bigint",
    FactKind.TRUTH: "boolean",
}  # fmt: skip
ALWAYS_KNOWN = {field.name for field in SCHEMA if not field.nullable}
SPARE: dict[FactKind, set[Any]] = {
    FactKind.TEXT: {"else"}, FactKind.NUMBER: {0, 1, 2}, FactKind.TRUTH: {True, False},
    FactKind.MOMENT: {AS_OF, PERIOD_FROM, hours(24 * 30), hours(24 * 30 + 3), hours(24 * 90)},
    FactKind.DAY: {hours(24 * 30).date(), hours(24 * 31).date()},
}  # fmt: skip


def compared(test: Expression) -> Iterator[tuple[str, Any]]:
    """Yield each fact with each value that it is compared with."""
    match test:
        case Compare(_, Fact(name), Literal(value)) | Compare(_, Literal(value), Fact(name)):
            yield name, value
        case Not(inner):
            yield from compared(inner)
        case All(inner) | Some(inner):
            for item in inner:
                yield from compared(item)


def values() -> dict[str, st.SearchStrategy[Any]]:
    """Return what each stored fact may be: what it is compared with, beside it, and something else."""
    met: dict[str, set[Any]] = defaultdict(set)
    for test in TESTS:
        for name, value in compared(test):
            met[name].add(value)
            if isinstance(value, int) and not isinstance(value, bool):
                met[name] |= {value - 1, value + 1}
    return {name: value_of(name, met[name]) for name in SCHEMA.names}


def value_of(name: str, met: set[Any]) -> st.SearchStrategy[Any]:
    """Return what one fact may be; moments also a little beside the moments that matter."""
    kind = DOSSIER_FACTS[name]
    known: st.SearchStrategy[Any] = st.sampled_from(sorted(met | SPARE[kind]))
    if kind is FactKind.MOMENT:
        beside = st.sampled_from([timedelta(0), timedelta(microseconds=1), -timedelta(microseconds=1)])
        known = st.builds(lambda moment, by: moment + by, known, beside)
    return known if name in ALWAYS_KNOWN else st.none() | known


def asked_of(row: dict[str, Any]) -> DossierFacts:
    """Return stored facts with those beside them that depend on the moment asked for."""
    row = {**row, "waiting_from": None if row["finished_at"] else row["waiting_from"]}
    judged = row["finished_at"] or row["waiting_from"] or AS_OF
    asked = {"judged_at": judged, "as_of": AS_OF, "period_from": PERIOD_FROM}
    spans = {
        "hours_left": whole(row["legal_due_at"], judged, 3600),
        "waiting_days": whole(AS_OF, row["waiting_from"], 86_400),
    }
    return DossierFacts(**row, **asked, **spans)


def whole(later: datetime | None, earlier: datetime | None, seconds: int) -> int | None:
    """Return the whole units between two moments, cut off downwards."""
    return (later - earlier) // timedelta(seconds=seconds) if later and earlier else None


ROW = st.fixed_dictionaries(values()).map(asked_of)


@pytest.mark.django_db
@settings(THOROUGH, max_examples=15)
@given(facts=st.lists(ROW, min_size=1, max_size=40))
def test_both_compilers_say_every_test_alike(facts: list[DossierFacts]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        put(cursor, facts)
        expected = plainly(facts, TESTS).as_rows()
        assert by_own(cursor).as_rows() == expected
        assert read(cursor, BY_IBIS, {}).as_rows() == expected
        transaction.set_rollback(True)


def test_the_facts_are_wild_enough() -> None:
    seen: set[int] = set()

    @settings(THOROUGH, max_examples=15, database=None, derandomize=True)
    @given(facts=st.lists(ROW, min_size=20, max_size=40))
    def look(facts: list[DossierFacts]) -> None:
        passed = sum(plainly(facts, TESTS).numbers, start=0)
        seen.update(place for place, count in enumerate(passed) if 0 < count < len(facts))

    look()
    assert len(seen) > 0.9 * len(TESTS), "most tests hold for some and not for others"


def put(cursor: Any, facts: list[DossierFacts]) -> None:
    """Make a table of the facts that is gone with the transaction."""
    columns = ", ".join(f"{name} {TYPES[kind]}" for name, kind in DOSSIER_FACTS.items())
    cursor.execute(f"CREATE TEMPORARY TABLE facts ({columns}) ON COMMIT DROP")
    places = ", ".join(["%s"] * len(DOSSIER_FACTS))
    cursor.executemany(
        f"INSERT INTO facts VALUES ({places})", [[getattr(item, name) for name in DOSSIER_FACTS] for item in facts]
    )


def by_own(cursor: Any) -> Tally:
    """Count with our own compiler."""
    parameters: dict[str, Any] = {}
    columns = "".join(f", count(*) FILTER (WHERE {compile_condition(test, parameters)})" for test in TESTS)
    sql = f"SELECT coalesce(agency, ''), coalesce(desk, ''){columns} FROM facts GROUP BY 1, 2"
    return read(cursor, sql, parameters)


def read(cursor: Any, sql: str, parameters: dict[str, Any]) -> Tally:
    """Return what a statement answers as a tally."""
    cursor.execute(sql, parameters)
    return make_tally(TESTS, (((row[0], row[1]), row[2:]) for row in cursor.fetchall()))
