"""Figures about petitions: all definitions in one statement over their entries, by agency."""

from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from typing import Any

from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import moments, run
from onestop.facts.rules.columns import distinct_tests
from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.facts import PETITION_FACTS, PetitionFacts
from onestop.facts.rules.tally import Tally, make_tally
from onestop.feedback.rules.petitions import PetitionDeed

PETITIONS_SQL = resources.files("onestop.facts.queries").joinpath("petitions.sql").read_text()
KINDS = sorted(PetitionDeed)


def count_petitions(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> Tally:
    """Return the counts of definitions over petitions, for each agency that has any; petitions have no desk."""
    tests = distinct_tests(definitions)
    if not tests:
        return make_tally((), ())
    parameters = _parameters(as_of, period_from, known_at)
    columns = "".join(f", count(*) FILTER (WHERE {compile_condition(test, parameters)})" for test in tests)
    sql = f"WITH facts AS MATERIALIZED (\n{PETITIONS_SQL}) SELECT coalesce(agency, ''){columns} FROM facts GROUP BY 1"  # noqa: S608
    return make_tally(tests, (((row[0], ""), row[1:]) for row in run(sql, parameters)))


def list_petition_facts(
    *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> list[PetitionFacts]:
    """Return the facts of every petition filed by `as_of`, in the order of their streams from the oldest on."""
    sql = f"WITH facts AS (\n{PETITIONS_SQL}) SELECT {', '.join(PETITION_FACTS)} FROM facts ORDER BY stream DESC"  # noqa: S608
    return [PetitionFacts(*row) for row in run(sql, _parameters(as_of, period_from, known_at))]


def _parameters(as_of: datetime, period_from: datetime, known_at: datetime | None) -> dict[str, Any]:
    return {**moments(as_of, period_from, known_at), "petition_kinds": list(KINDS)}
