"""What only shows beside other dossiers: many that ended in one minute, many that one account filed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onestop.facts.queries.counting import count_by_unit, streams_sql
from onestop.facts.queries.facts import FACTS_SQL
from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.tally import Tally, UnitFilter

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
    return count_by_unit(definitions, as_of=as_of, period_from=period_from, known_at=known_at, facts=_GROUPED)


def grouped_streams_sql(
    condition: Expression,
    *,
    as_of: datetime,
    period_from: datetime,
    units: UnitFilter,
    known_at: datetime | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return the statement that yields the ids of the dossiers that pass `condition` beside all others."""
    return streams_sql(condition, as_of=as_of, period_from=period_from, units=units, known_at=known_at, facts=_GROUPED)
