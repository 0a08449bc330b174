"""What is kept of each dossier beside the cells, so that its share in them can be taken away again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from onestop.facts.queries.facts import roomy
from onestop.facts.queries.signatures import signatures_sql
from onestop.facts.rules.contributions import Weighted
from onestop.facts.rules.signature import Layout

_KEEP = "INSERT INTO indicators_keptdossier (stream, agency, desk, signature, turns_at) "
_AGAIN = """
ON CONFLICT (stream) DO UPDATE SET agency = excluded.agency, desk = excluded.desk, signature = excluded.signature,
    turns_at = excluded.turns_at
"""
_SUMMED = """
SELECT agency, desk, signature, count(*) FROM indicators_keptdossier WHERE signature IS NOT NULL GROUP BY 1, 2, 3
"""
_BEFORE = """
SELECT agency, desk, signature FROM indicators_keptdossier WHERE stream = ANY(%(streams)s) AND signature IS NOT NULL
"""


def keep_all(layout: Layout, *, at: datetime) -> Iterator[Weighted]:
    """Look at every dossier as of `at`, into empty tables; yield what all of them together add."""
    sql, parameters = signatures_sql(layout, as_of=at)
    with roomy() as cursor:
        cursor.execute(_KEEP + sql, parameters)
        cursor.execute(_SUMMED)
        for agency, desk, signature, count in cursor.fetchall():
            yield (agency, desk), signature, count


def keep_some(layout: Layout, streams: Sequence[int], *, at: datetime) -> Iterator[Weighted]:
    """Look at some dossiers anew as of `at`; yield what they add, and take away what they added before."""
    if not streams:
        return
    sql, parameters = signatures_sql(layout, as_of=at, streams=streams)
    with roomy() as cursor:
        cursor.execute(_BEFORE, {"streams": list(streams)})
        for agency, desk, signature in cursor.fetchall():
            yield (agency, desk), signature, -1
        cursor.execute(f"{_KEEP}{sql}{_AGAIN} RETURNING agency, desk, signature", parameters)
        for agency, desk, signature in _told(cursor.fetchall()):
            yield (agency, desk), signature, 1


def _told(rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, str, list[int]]]:
    return ((agency, desk, signature) for agency, desk, signature in rows if signature is not None)
