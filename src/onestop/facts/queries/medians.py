"""The median time of settlement of many units at once: one statement, however many they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.facts.queries.facts import FACTS_SQL, moments, run
from onestop.facts.rules.tally import UnitFilter
from onestop.journal.models import JournalEntry

PAST = (
    f"facts AS MATERIALIZED (\n{FACTS_SQL}), settled AS (SELECT agency, handling_minutes FROM facts"  # noqa: S608
    " WHERE accepted_at IS NOT NULL"
)
NOW = (
    "settled AS (SELECT unit.code AS agency,"
    " floor(extract(epoch FROM finished_at - accepted_at) / 60)::integer AS handling_minutes"
    " FROM dossiers_dossier JOIN agencies_unit unit ON unit.id = competent_unit_id WHERE accepted_at IS NOT NULL"
)
MEDIAN = "percentile_disc(0.5) WITHIN GROUP (ORDER BY handling_minutes)"


@dataclass(frozen=True, slots=True)
class Median:
    """The median minutes from acceptance to the end, waiting included, and over how many dossiers."""

    minutes: int
    dossiers: int


def list_medians(
    *, as_of: datetime, period_from: datetime, units: Mapping[str, UnitFilter], known_at: datetime | None = None
) -> dict[str, Median]:
    """Return the median of each unit over the dossiers accepted and ended in the period; without any it is absent.

    As in `durations` it is a time that some dossier took. A unit without a column in its filter has all dossiers;
    others go by agency. Now is answered by the dossiers as they stand, the past by the journal: it comes to the same.
    """
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    pairs = [(code, agency) for code, found in units.items() for agency in sorted(found.codes)]
    parameters["units"], parameters["agencies"] = [unit for unit, _ in pairs], [agency for _, agency in pairs]
    sql = (
        f"WITH {NOW if known_at is None and _is_now(as_of) else PAST}"  # noqa: S608
        " AND finished_at BETWEEN %(period_from)s AND %(as_of)s)"
        f" SELECT place.unit, {MEDIAN}, count(*) FROM settled"
        " JOIN unnest(%(units)s::text[], %(agencies)s::text[]) AS place (unit, agency) USING (agency) GROUP BY 1"
        f" UNION ALL SELECT '', {MEDIAN}, count(*) FROM settled"
    )
    found = {unit: Median(minutes, count) for unit, minutes, count in run(sql, parameters) if count}
    whole = found.pop("", None)
    return found | {code: whole for code, chosen in units.items() if not chosen.column and whole is not None}


def _is_now(as_of: datetime) -> bool:
    """True if nothing was written down since: then the dossiers stand as the journal tells."""
    last = JournalEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    return last is not None and last <= as_of
