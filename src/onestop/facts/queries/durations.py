"""How long settlement took: not only a mean, which hides the slow ones, but the whole spread."""

from datetime import datetime
from typing import Any

from onestop.facts.queries.facts import FACTS_SQL, moments, run
from onestop.facts.rules.durations import Durations, Taken

_COUNTED = f"""
WITH facts AS MATERIALIZED (
{FACTS_SQL})
SELECT coalesce(agency, ''), coalesce(desk, ''), ceil(handling_minutes / 60.0)::integer, count(*), sum(handling_minutes)
FROM facts WHERE accepted_at IS NOT NULL AND finished_at BETWEEN %(period_from)s AND %(as_of)s
GROUP BY 1, 2, 3
"""  # noqa: S608  no value in it


def count_durations(*, as_of: datetime, period_from: datetime, known_at: datetime | None = None) -> Durations:
    """Return how long the dossiers took that were accepted and ended in the period, by agency and desk."""
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    found = run(_COUNTED, parameters)
    return Durations(tuple(Taken((row[0], row[1]), row[2], row[3], int(row[4])) for row in found))
