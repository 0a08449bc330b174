"""What is new in the journal since the cube was last moved on (`journal.queries.following` tells what is settled)."""

from datetime import datetime

from django.db import connection

from onestop.facts.queries.facts import ABOUT

_CHANGED = f"""
SELECT {ABOUT} AS stream FROM journal_journalentry WHERE id > %(after)s
UNION SELECT stream FROM indicators_keptdossier WHERE turns_at <= %(at)s
ORDER BY stream
"""  # noqa: S608  no value in it


def find_changed(*, after: int, at: datetime) -> list[int]:
    """Return the streams with entries after a number, and those that turn by `at` though nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"after": after, "at": at})
        return [row[0] for row in cursor.fetchall()]
