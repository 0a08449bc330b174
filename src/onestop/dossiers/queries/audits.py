"""Does the journal hold, and does it end where the dossiers say it ends?"""

from collections.abc import Callable

from onestop.dossiers.queries.dossiers import journal_heads
from onestop.journal.queries import Audit, audit, register_heads
from onestop.journal.queries.snapshots import one_moment


def audit_journal(*, from_id: int = 0, progress: Callable[[int], None] | None = None) -> Audit:
    """Check every chain and signature against the rows of dossiers and registers, all as of one moment."""
    with one_moment():
        return audit(from_id=from_id, heads=journal_heads() | register_heads(), progress=progress)
