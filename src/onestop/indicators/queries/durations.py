"""How long settlement took: not only a mean, which hides the slow ones, but the whole spread."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from onestop.indicators.queries.facts import FACTS_SQL, moments, run
from onestop.indicators.rules.tally import UnitFilter

DAY = 24 * 60
BOUNDS = (1, 2, 3, 5, 10, 20, 30)
"""Upper bounds of the classes in days; the last class has none."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long dossiers that ended in the period took from acceptance, waiting included, in minutes.

    `classes` counts those up to each of `BOUNDS` days and, last, all longer ones.
    """

    count: int
    total_minutes: int
    lower: int | None
    median: int | None
    upper: int | None
    slowest_tenth: int | None
    classes: tuple[int, ...]

    @property
    def mean_minutes(self) -> Fraction | None:
        """The mean, exactly; None of nothing."""
        return Fraction(self.total_minutes, self.count) if self.count else None


def find_spread(
    *, as_of: datetime, period_from: datetime, units: UnitFilter, known_at: datetime | None = None
) -> Spread:
    """Return how long the dossiers of a unit took that were accepted and ended in the period.

    Quantiles are times that some dossier took (no interpolation), so each can be opened and looked at.
    """
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    within = ""
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f" AND {units.column} = ANY(%(unit_codes)s)"
    edges = [bound * DAY for bound in BOUNDS]
    between = ", ".join(
        f"count(*) FILTER (WHERE handling_minutes > {low} AND handling_minutes <= {high})"
        for low, high in pairwise(edges)
    )
    classes = f"count(*) FILTER (WHERE handling_minutes <= {edges[0]}), {between}"
    quantiles = ", ".join(
        f"percentile_disc({share}) WITHIN GROUP (ORDER BY handling_minutes)" for share in (0.25, 0.5, 0.75, 0.9)
    )
    sql = (
        f"WITH facts AS MATERIALIZED (\n{FACTS_SQL}) SELECT count(*), coalesce(sum(handling_minutes), 0), {quantiles},"  # noqa: S608
        f" {classes}, count(*) FILTER (WHERE handling_minutes > {edges[-1]}) FROM facts"
        f" WHERE accepted_at IS NOT NULL AND finished_at BETWEEN %(period_from)s AND %(as_of)s{within}"
    )
    row = run(sql, parameters)[0]
    return Spread(row[0], row[1], row[2], row[3], row[4], row[5], tuple(row[6:]))
