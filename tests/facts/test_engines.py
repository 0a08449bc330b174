"""PostgreSQL, DuckDB over columnar facts, and plain Python give the same whole numbers, as of any moment."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from django.db import transaction
from hypothesis import given, settings

from onestop.facts.adapters.duckdb import DuckEngine
from onestop.facts.operations.facts import export_facts
from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.columnar import MANIFEST, SCHEMA, read_fact_set
from onestop.facts.rules.columns import distinct_tests, list_tests
from onestop.facts.rules.expressions import Expression, evaluate, parse
from onestop.facts.rules.facts import ASKED, DOSSIER_FACTS, STORED, DossierFacts
from onestop.facts.rules.periods import month_of, month_start
from onestop.facts.rules.recount import recount
from onestop.facts.rules.reference import Deed
from onestop.facts.rules.tally import Tally, UnitFilter, make_tally
from tests.facts.journals import MOMENT, accept, hours, life, random_lives, sealed, write
from tests.facts.sets import write_set
from tests.facts.test_facts import DEFINITIONS, PERIOD_FROM, THOROUGH, reference

TESTS = distinct_tests(DEFINITIONS)
SPANNED = tuple(
    parse(text, DOSSIER_FACTS)
    for sign in ("=", "!=", "<", "<=", ">", ">=")
    for text in (f"hours_left {sign} 3", f"2 {sign} waiting_days", f"not hours_left {sign} 0")
) + tuple(parse(f"{name} is known", DOSSIER_FACTS) for name in ("hours_left", "waiting_days"))
ENGINE = DuckEngine(threads=1)


def plainly(facts: Sequence[DossierFacts], tests: Sequence[Expression]) -> Tally:
    """Count the tests one dossier at a time."""
    rows: dict[tuple[str, str], list[int]] = {}
    for item in facts:
        row = rows.setdefault((item.agency or "", item.desk or ""), [0] * len(tests))
        for place, test in enumerate(tests):
            row[place] += evaluate(test, item)
    return make_tally(tests, rows.items())


@pytest.mark.django_db
@settings(THOROUGH, max_examples=25)
@given(deeds=random_lives(), as_of=MOMENT)
def test_the_engines_agree(deeds: list[Deed], as_of: datetime) -> None:
    with transaction.atomic(), TemporaryDirectory() as folder:
        write(deeds)
        facts = reference(deeds, as_of)
        in_database = count_by_unit(DEFINITIONS, as_of=as_of, period_from=PERIOD_FROM)
        exported = export_facts(Path(folder), as_of=as_of)
        transaction.set_rollback(True)
        assert exported.rows == len(facts)
        assert in_database.as_rows() == plainly(facts, TESTS).as_rows()
        if facts:
            in_columns = ENGINE.count(folder, TESTS, as_of=as_of, period_from=PERIOD_FROM)
            assert in_columns.as_rows() == in_database.as_rows()
            spans = ENGINE.count(folder, SPANNED, as_of=as_of, period_from=PERIOD_FROM)
            assert spans.as_rows() == plainly(facts, SPANNED).as_rows()


def test_every_part_of_every_definition_is_among_the_tests() -> None:
    assert set(TESTS) == {test for definition in DEFINITIONS for test in list_tests(definition)}
    facts = reference([deed for n in range(1, 9) for deed in life(n, accept(1, 40), *sealed(n * 9))], hours(60))
    tally = plainly(facts, TESTS)
    for definition, counts in zip(DEFINITIONS, tally.counts(DEFINITIONS, UnitFilter()), strict=True):
        assert counts == recount(definition, facts), definition.code


def test_a_set_says_what_it_holds_and_is_the_same_again(tmp_path: Path) -> None:
    lives = [life(n, accept(n * 300 + 1, n * 300 + 40), *sealed(n * 300 + 9), filed=n * 300) for n in range(5)]
    facts = reference([deed for lived in lives for deed in lived], hours(2000))
    first, second = (write_set(tmp_path / name, facts, as_of=hours(2000)) for name in ("a", "b"))
    assert first == second
    assert read_fact_set(first.as_document()) == first
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()
    assert [file.path for file in first.files] == ["month=2026-02/facts.parquet", "month=2026-03/facts.parquet"]
    moments = duckdb.sql(f"SELECT min(submitted_at), max(accepted_at) FROM '{tmp_path}/a/**/*.parquet'").fetchall()
    assert moments == [(hours(0), hours(1201))]


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="not onestop-facts-1"):
        read_fact_set({"format": "something", "as_of": "", "files": []})


def test_a_set_of_another_version_is_refused_and_what_it_lacks_is_named(tmp_path: Path) -> None:
    document = write_set(tmp_path, reference([], hours(2000)), as_of=hours(2000)).as_document()
    del document["columns"]["rating"]
    with pytest.raises(ValueError, match="lacks the columns rating: "):
        read_fact_set(document)


def test_every_fact_has_a_column_but_those_that_depend_on_the_question() -> None:
    assert set(SCHEMA.names) == set(STORED)
    assert set(DossierFacts.__dataclass_fields__) - set(STORED) == set(ASKED)


def test_months_are_local() -> None:
    start = month_start(2026 * 12 + 2)
    assert start.isoformat() == "2026-03-01T00:00:00+07:00"
    assert month_of(start) == 2026 * 12 + 2
    assert month_of(hours(-8 * 24)) == 2026 * 12
