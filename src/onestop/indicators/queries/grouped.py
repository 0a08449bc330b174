"""What only shows beside other dossiers: many that ended in one minute, many that one account filed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onestop.indicators.queries.compile import compile_condition
from onestop.indicators.queries.facts import FACTS_SQL, moments, run
from onestop.indicators.rules.columns import distinct_tests
from onestop.indicators.rules.definitions import Definition
from onestop.indicators.rules.expressions import Expression
from onestop.indicators.rules.tally import Tally, UnitFilter, make_tally

_GROUPED = f"""
WITH plain AS MATERIALIZED (
{FACTS_SQL}),
accounts AS (
    SELECT stream, actor FROM journal_journalentry WHERE kind = 'submit' AND actor LIKE 'account:%%'
),
facts AS MATERIALIZED (
    SELECT
        plain.*,
        CASE WHEN finished_at IS NOT NULL
            THEN count(*) OVER (PARTITION BY agency, date_trunc('minute', finished_at)) END AS same_minute,
        CASE WHEN actor IS NOT NULL THEN
            count(*) FILTER (WHERE submitted_at >= %(period_from)s) OVER (PARTITION BY actor) END AS same_account
    FROM plain LEFT JOIN accounts USING (stream)
)
"""  # noqa: S608  no value in it


def count_grouped(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> Tally:
    """Return the counts of definitions over dossiers beside others, for each agency and desk that has any."""
    tests = distinct_tests(definitions)
    if not tests:
        return make_tally((), ())
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    columns = "".join(f", count(*) FILTER (WHERE {compile_condition(test, parameters)})" for test in tests)
    sql = f"{_GROUPED} SELECT coalesce(agency, ''), coalesce(desk, ''){columns} FROM facts GROUP BY 1, 2"  # noqa: S608
    return make_tally(tests, (((row[0], row[1]), row[2:]) for row in run(sql, parameters)))


def grouped_streams_sql(
    condition: Expression,
    *,
    as_of: datetime,
    period_from: datetime,
    units: UnitFilter,
    known_at: datetime | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return the statement that yields the ids of the dossiers that pass `condition` beside all others."""
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    test = compile_condition(condition, parameters)
    within = ""
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f" AND {units.column} = ANY(%(unit_codes)s)"
    return f"{_GROUPED} SELECT stream FROM facts WHERE {test}{within}", parameters  # noqa: S608
