"""Entries written straight into the table: what they say does not matter here, only that they are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from onestop.journal.rules.leaves import commit
from onestop.journal.rules.merkle import hash_leaf

_WRITE = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
SELECT 1000 + nextval('journal_journalentry_id_seq'), 1, 'submit', 'system', '', '', '', now(), now(), '', '{}'::jsonb,
    decode(repeat('00', 32), 'hex'), sha256(random()::text::bytea), ''::bytea, 0
FROM generate_series(1, %s)
"""


def write_entries(count: int) -> None:
    """Write so many entries."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [count])


def every_entry_has_one_place() -> bool:
    """True if each entry of the journal is exactly one leaf, in places without a gap, and nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM journal_logqueue) = 0"
            " AND (SELECT coalesce(max(index) + 1, 0) FROM journal_logleaf) = (SELECT count(*) FROM journal_logleaf)"
            " AND (SELECT count(*) FROM journal_logleaf) = (SELECT count(*) FROM journal_journalentry)"
            " AND NOT EXISTS (SELECT id FROM journal_journalentry EXCEPT SELECT entry FROM journal_logleaf)"
        )
        return bool(cursor.fetchone()[0])


def leaf_hashes() -> list[bytes]:
    """The leaves of the tree, computed anew from salt and entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf.salt, entry.hash FROM journal_logleaf leaf"
            " JOIN journal_journalentry entry ON entry.id = leaf.entry ORDER BY leaf.index"
        )
        return [hash_leaf(commit(bytes(salt), bytes(entry_hash))) for salt, entry_hash in cursor.fetchall()]


@contextmanager
def all_rights() -> Iterator[None]:
    """As somebody with every right over the tables who wants to hide something."""
    tables = ("journalentry", "logleaf", "logcheckpoint", "logattestation")
    with connection.cursor() as cursor:
        for deed in ("DISABLE", "ENABLE"):
            for table in tables:
                cursor.execute(f"ALTER TABLE journal_{table} {deed} TRIGGER USER")
            if deed == "DISABLE":
                yield
