"""A journal of made-up lives, written by one statement: without chain and signatures, which figures do not ask for."""

from itertools import count
from typing import Any

LIVES = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
SELECT s, n, kind, 'system', '', '', '', t + n * interval '3 hours', t + n * interval '3 hours', '',
    CASE kind
    WHEN 'submit' THEN jsonb_build_object('code', 'H49.' || s, 'procedure', '1.000656', 'applicant_kind', 'citizen',
        'online_level', CASE WHEN s %% 3 = 0 THEN 'partial' ELSE 'full' END, 'channel', 1 + s %% 3, 'fee', false,
        'filer', CASE WHEN s %% 5 = 0 THEN 'assisted' ELSE 'self' END, 'paper', s %% 3 <> 1,
        'agency', 'H49.' || 10 + s %% 70, 'desk', 'H49.' || 10 + s %% 70 || '.01', 'parts', jsonb_build_array(
            jsonb_build_object('document', 'A', 'given', CASE WHEN s %% 3 = 1 THEN 'file' ELSE 'paper' END),
            jsonb_build_object('document', 'B', 'given', 'file', 'sha256', repeat('b', 64))))
    WHEN 'digitise' THEN '{"parts": [{"document": "A", "given": "scan"}]}'
    WHEN 'accept' THEN jsonb_build_object('due_at', t + interval '7 days')
    WHEN 'seal' THEN '{"electronic": true}' ELSE '{}' END,
    sha256('a'), sha256('b'), '', 1
FROM (SELECT s, now() - interval '300 days' + s * interval '290 days' / %(count)s AS t
      FROM generate_series(%(first)s::bigint, %(count)s::bigint) AS s) AS lives,
    (VALUES (1, 'submit'), (2, 'digitise'), (3, 'accept'), (4, 'hand_over'), (5, 'appraise'), (6, 'approve'),
            (7, 'sign'), (8, 'seal'), (9, 'return_result')) AS deeds (n, kind)
WHERE kind <> 'digitise' OR s %% 3 <> 1
ORDER BY t + n * interval '3 hours'
"""
EVENT = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
SELECT %(stream)s, 1, 'submit', 'system', '', '', '', now(), now(), '', payload || '{"channel": 2}', previous, hash,
    signature, certificate_id
FROM journal_journalentry WHERE stream = 1 AND sequence = 1
"""
_streams = count(1_000_000_000)


def fill(dossiers: int) -> None:
    """Write lives until there are so many."""
    have = _sql("SELECT coalesce(max(stream), 0) FROM journal_journalentry WHERE stream < 1000000000", {})[0][0]
    _sql(LIVES, {"first": have + 1, "count": dossiers})
    _sql("ANALYZE journal_journalentry", {})


def write_event() -> None:
    """File one dossier more, now."""
    _sql(EVENT, {"stream": next(_streams)})


def _sql(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []
