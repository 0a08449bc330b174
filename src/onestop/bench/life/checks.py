"""What must hold of every life afterwards: speed is never bought with wrong results."""

from typing import Any

from django.db import connection

SAMPLE = 25
_UNFINISHED = "SELECT count(*) FROM dossiers_dossier WHERE state <> %s"
_CODES = """
SELECT count(*), count(DISTINCT code), (SELECT coalesce(sum(last), 0) FROM dossiers_codecounter) FROM dossiers_dossier
"""
_SEALED = "SELECT sealed_sha256 FROM signing_resultpaper ORDER BY md5(sealed_sha256) LIMIT %s"


def check(*, with_paper: bool) -> dict[str, Any]:
    """Audit the whole journal, the codes, the states, and a sample of sealed papers. `holds` sums it up."""
    from onestop.dossiers.queries.dossiers import journal_heads
    from onestop.dossiers.rules.states import State
    from onestop.journal.queries import audit

    journal = audit(from_id=1, heads=journal_heads(), progress=lambda count: None)
    unfinished = _one(_UNFINISHED, State.RETURNED)[0]
    dossiers, codes, counted = _one(_CODES)
    papers = _check_papers() if with_paper else {"checked": 0, "broken": 0}
    gapless = dossiers == codes == counted
    return {
        "holds": journal.holds and not unfinished and gapless and not papers["broken"] and dossiers > 0,
        "dossiers": dossiers,
        "journal_entries": journal.entries,
        "journal_holds": journal.holds,
        "codes_gapless_and_undoubled": gapless,
        "not_returned": unfinished,
        "papers": papers,
    }


def _check_papers() -> dict[str, int]:
    from onestop.documents.ports import store
    from onestop.validation.queries import verify_pdf

    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [SAMPLE])
        hashes = [row[0] for row in cursor.fetchall()]
    reports = [verify_pdf(store().get(sha256)) for sha256 in hashes]
    broken = sum(not report.valid or len(report.signatures) != 2 for report in reports)
    return {"checked": len(reports), "broken": broken + (not reports)}


def _one(statement: str, *values: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
