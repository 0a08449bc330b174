"""Following the journal: how far somebody who reads all new entries may take it as read.

Entries are numbered when they are written and appear when they are committed, so a smaller number may appear after a
larger one. Whoever writes an entry holds a lock on the table, from before the number is taken until the end of the
transaction. So once all who held it when a number was seen have ended, no smaller number can appear any more.
"""

from django.db import connection

_WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'journal_journalentry'::regclass AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
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
