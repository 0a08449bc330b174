"""What is new in the journal since the cube was last moved on.

Entries are numbered when they are written and appear when they are committed, so a smaller number may appear after a
larger one. Whoever writes an entry holds a lock on the table, from before the number is taken until the end of the
transaction. So once all who held it when a number was seen have ended, no smaller number can appear any more.
"""

from datetime import datetime

from django.db import connection

_WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'journal_journalentry'::regclass AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""
_CHANGED = """
SELECT stream FROM journal_journalentry WHERE id > %(after)s
UNION SELECT stream FROM indicators_keptdossier WHERE turns_at <= %(at)s
ORDER BY stream
"""


def list_writers() -> list[str]:
    """Return the transactions other than ours that may be writing entries now."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return sorted(row[0] for row in cursor.fetchall())


def find_last_id() -> int:
    """Return the number of the last entry that can be seen, 0 if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM journal_journalentry")
        return int(cursor.fetchone()[0])


def find_changed(*, after: int, at: datetime) -> list[int]:
    """Return the streams with entries after a number, and those that turn by `at` though nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"after": after, "at": at})
        return [row[0] for row in cursor.fetchall()]
