"""Giving entries their place in the public log: in batches, one sequencer at a time, none skipped, none twice.

The database puts every entry in the queue within the transaction that writes it, so the queue holds exactly what is
committed and has no place yet, whatever the order in which transactions end. A batch leaves the queue and becomes
leaves in one transaction; what dies in between has never happened.
"""

import os
from collections.abc import Iterator

from django.db import connection, transaction

from onestop.journal.rules.leaves import SALT_BYTES, commit

BATCH = 20_000

_TAKE = """
WITH due AS (
    SELECT waiting.entry FROM journal_logqueue waiting JOIN journal_journalentry entry ON entry.id = waiting.entry
    ORDER BY waiting.entry LIMIT %s
), taken AS (
    DELETE FROM journal_logqueue WHERE entry IN (SELECT entry FROM due) RETURNING entry
)
SELECT entry.id, entry.hash FROM taken JOIN journal_journalentry entry ON entry.id = taken.entry ORDER BY entry.id
"""
_PLACE = "COPY journal_logleaf (index, entry, salt, commitment) FROM STDIN (FORMAT BINARY)"


@transaction.atomic
def sequence(*, limit: int = BATCH) -> int:
    """Give the entries that wait longest their places after the last leaf; return how many there were."""
    hold_log()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [limit])
        taken = cursor.fetchall()
        if not taken:
            return 0
        cursor.execute("SELECT coalesce(max(index) + 1, 0) FROM journal_logleaf")
        first = cursor.fetchone()[0]
        with cursor.copy(_PLACE) as copy:
            copy.set_types(["int8", "int8", "bytea", "bytea"])
            for row in _leaves(first, taken):
                copy.write_row(row)
    return len(taken)


def hold_log() -> None:
    """Let one transaction at a time change the log; released when it ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('journal.log', 0))")


def _leaves(first: int, taken: list[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes, bytes]]:
    salts = os.urandom(SALT_BYTES * len(taken))
    for number, (entry, entry_hash) in enumerate(taken):
        salt = salts[number * SALT_BYTES : (number + 1) * SALT_BYTES]
        yield first + number, entry, salt, commit(salt, bytes(entry_hash))
