"""All counts of all definitions in one statement over the journal, by agency and desk; and the same for lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import FACTS_SQL, moments, run
from onestop.facts.rules.columns import distinct_tests
from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.tally import Tally, UnitFilter, make_tally

PLAIN = f"WITH facts AS MATERIALIZED (\n{FACTS_SQL})"


def count_by_unit(
    definitions: Sequence[Definition],
    *,
    as_of: datetime,
    period_from: datetime,
    known_at: datetime | None = None,
    facts: str = PLAIN,
) -> Tally:
    """Return the counts of all definitions over dossiers, for each agency and desk that has any.

    `facts` is the beginning of the statement, which ends with the facts that are counted.
    """
    tests = distinct_tests(definitions)
    if not tests:
        return make_tally((), ())
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    columns = "".join(f", count(*) FILTER (WHERE {compile_condition(test, parameters)})" for test in tests)
    sql = f"{facts} SELECT coalesce(agency, ''), coalesce(desk, ''){columns} FROM facts GROUP BY 1, 2"  # noqa: S608  no value in it
    return make_tally(tests, (((row[0], row[1]), row[2:]) for row in run(sql, parameters)))


def streams_sql(
    condition: Expression,
    *,
    as_of: datetime,
    period_from: datetime,
    units: UnitFilter,
    known_at: datetime | None = None,
    facts: str = PLAIN,
) -> tuple[str, dict[str, Any]]:
    """Return the statement that yields the ids of all dossiers that pass `condition` within `units`."""
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    test = compile_condition(condition, parameters)
    within = ""
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f" AND {units.column} = ANY(%(unit_codes)s)"
    return f"{facts} SELECT stream FROM facts WHERE {test}{within}", parameters  # noqa: S608  no value in it
