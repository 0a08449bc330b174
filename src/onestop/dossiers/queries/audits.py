"""Does the journal hold, and does it end where the dossiers say it ends?"""

from collections.abc import Callable

from django.db import connection, transaction

from onestop.dossiers.queries.dossiers import journal_heads
from onestop.journal.queries import Audit, audit, register_heads


def audit_journal(*, from_id: int = 0, progress: Callable[[int], None] | None = None) -> Audit:
    """Check every chain and signature against the rows of dossiers and registers, all as of one moment."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return audit(from_id=from_id, heads=journal_heads() | register_heads(), progress=progress)
