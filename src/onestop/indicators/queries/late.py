"""What reaches back into moments that are past already, and the dossiers that a kept moment has not come to."""

from datetime import datetime

from django.db import connection

from onestop.facts.queries.facts import ABOUT

_LATE = f"""
SELECT {ABOUT}, min(at) FROM journal_journalentry WHERE id > %s AND id <= %s GROUP BY 1 HAVING min(at) <= %s
"""  # noqa: S608  no value in it
_ABOVE = f"""
SELECT stream, agency, desk, signature
FROM (SELECT DISTINCT {ABOUT} AS stream FROM journal_journalentry WHERE id > %s) AS changed
    LEFT JOIN indicators_keptdossier USING (stream)
"""  # noqa: S608  no value in it
_NEXT = "SELECT stream FROM indicators_keptdossier WHERE stream > %s ORDER BY stream LIMIT %s"
_FIRST = "SELECT min(at) FROM journal_journalentry WHERE kind = 'submit'"
Kept = tuple[tuple[str, str], list[int] | None]
"""Place and signature as they are in the cube now; no signature if the dossier is not in it."""


def find_late(*, after: int, until: int, by: datetime) -> dict[int, datetime]:
    """Return the streams with entries of these numbers that took effect by a moment, each with the first one's."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [after, until, by])
        return dict(cursor.fetchall())


def list_kept_above(number: int) -> dict[int, Kept]:
    """Return the streams with entries above a number, and what the cube has of each."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [number])
        return {row[0]: ((row[1] or "", row[2] or ""), row[3]) for row in cursor.fetchall()}


def list_next(*, after: int, count: int) -> list[int]:
    """Return the next dossiers of the cube, in the order of their streams."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [after, count])
        return [row[0] for row in cursor.fetchall()]


def find_first_moment() -> datetime | None:
    """Return when the first dossier was filed, or None."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        found: datetime | None = cursor.fetchone()[0]
        return found
