"""Do the places where the same thing is kept agree? Journal, projection, facts, kept cube (đối soát)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from onestop.facts.queries.facts import EVER, FACTS_SQL, run
from onestop.facts.rules.periods import PROVINCE_ZONE, month_start
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.cube import find_tally
from onestop.indicators.queries.definitions import get_definition

FILED = "ONLINE_BY_CHANNEL"  # its denominator is every dossier filed in the period
BEFORE_ALL = month_start(2000 * 12)

_ROWS = """
SELECT
    (SELECT count(*) FROM journal_journalentry WHERE kind = 'submit' AND at <= %(as_of)s),
    (SELECT count(*) FROM dossiers_dossier WHERE submitted_at <= %(as_of)s),
    (SELECT count(*) FROM journal_journalentry WHERE stream > 0),
    (SELECT coalesce(sum(journal_sequence), 0) FROM dossiers_dossier),
    (SELECT count(*) FROM journal_journalentry WHERE stream < 0),
    (SELECT coalesce(sum(sequence), 0) FROM journal_register),
    (SELECT count(*) FROM dossiers_dossier WHERE accepted_at <= %(as_of)s),
    (SELECT count(*) FROM dossiers_dossier WHERE finished_at <= %(as_of)s)
"""
_FACTS = f"""
WITH facts AS (
{FACTS_SQL}) SELECT count(*), count(accepted_at), count(finished_at) FROM facts
"""  # noqa: S608  no value in it


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing counted in two places. `code` names the thing, `left` and `right` the places."""

    code: str
    left: str
    left_count: int
    right: str
    right_count: int

    @property
    def agrees(self) -> bool:
        """True if both places say the same."""
        return self.left_count == self.right_count


def reconcile(*, as_of: datetime) -> tuple[Counter, ...]:
    """Count dossiers and entries in each place where they are kept."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"as_of": as_of})
        row = cursor.fetchone()
    facts = run(_FACTS, {"as_of": as_of, "period_from": as_of, "known_at": EVER})[0]
    return (
        Counter("dossiers", "journal", row[0], "projection", row[1]),
        Counter("dossiers", "journal", row[0], "facts", facts[0]),
        Counter("entries", "journal", row[2], "projection", int(row[3])),
        Counter("register_entries", "journal", row[4], "projection", int(row[5])),
        Counter("accepted", "projection", row[6], "facts", facts[1]),
        Counter("finished", "projection", row[7], "facts", facts[2]),
        *_against_cube(as_of, facts[0]),
    )


def _against_cube(as_of: datetime, dossiers: int) -> list[Counter]:
    """Count all dossiers ever filed in the kept cube too, if there is one for that moment."""
    found = find_tally(as_of=as_of, period_from=BEFORE_ALL)
    if found is None:
        return []
    filed = get_definition(FILED, on=as_of.astimezone(PROVINCE_ZONE).date())
    (counts,) = found[0].counts([filed], UnitFilter())
    return [Counter("dossiers", "facts", dossiers, "cube", counts.denominator)]
