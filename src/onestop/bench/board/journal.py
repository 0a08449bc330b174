"""A journal: made-up lives by one statement, without chain and signatures; then single deeds as the product writes.

Figures ask for neither chain nor signature, so a hundred thousand lives may do without; what is written one by one
pays for both.
"""

import json
from datetime import datetime
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
        'agency', (%(agencies)s::text[])[1 + s %% cardinality(%(agencies)s)],
        'desk', (%(desks)s::text[])[1 + s %% cardinality(%(desks)s)], 'parts', jsonb_build_array(
            jsonb_build_object('document', 'A', 'given', CASE WHEN s %% 3 = 1 THEN 'file' ELSE 'paper' END),
            jsonb_build_object('document', 'B', 'given', 'file', 'sha256', repeat('b', 64))))
    WHEN 'digitise' THEN '{"parts": [{"document": "A", "given": "scan"}]}'
    WHEN 'accept' THEN jsonb_build_object('due_at', t + interval '7 days')
    WHEN 'seal' THEN '{"electronic": true}' ELSE '{}' END,
    sha256('a'), sha256('b'), '', 1
FROM (SELECT s, now() - %(days)s * interval '1 day' + s * (%(days)s - 10) * interval '1 day' / %(count)s AS t
      FROM generate_series(%(first)s::bigint, %(count)s::bigint) AS s) AS lives,
    (VALUES (1, 'submit'), (2, 'digitise'), (3, 'accept'), (4, 'hand_over'), (5, 'appraise'), (6, 'approve'),
            (7, 'sign'), (8, 'seal'), (9, 'return_result')) AS deeds (n, kind)
WHERE kind <> 'digitise' OR s %% 3 <> 1
ORDER BY t + n * interval '3 hours'
"""
PLACES = """
SELECT array_agg(agency.code ORDER BY desk.code), array_agg(desk.code ORDER BY desk.code)
FROM agencies_unit agency JOIN agencies_unit desk ON desk.parent_id = agency.id AND desk.kind = 'desk'
"""
FIRST_EVENT = 1_000_000_000
_streams = count(FIRST_EVENT)


def fill(dossiers: int, days: int = 300) -> None:
    """Write lives until there are so many, begun within the last `days`."""
    have = _sql("SELECT coalesce(max(stream), 0) FROM journal_journalentry WHERE stream < %s", [FIRST_EVENT])[0][0]
    agencies, desks = _sql(PLACES)[0]
    _sql(LIVES, {"first": have + 1, "count": dossiers, "agencies": agencies, "desks": desks, "days": days})
    _sql("ANALYZE journal_journalentry")


def find_payload() -> dict[str, Any]:
    """Return what was said at the filing of one of the lives, as if it had come online."""
    said = _sql("SELECT payload FROM journal_journalentry WHERE kind = 'submit' AND stream < %s LIMIT 1", [FIRST_EVENT])
    return {**json.loads(said[0][0]), "channel": 2}


def write_event(payload: dict[str, Any], at: datetime) -> None:
    """File one dossier more: an entry in a chain of its own, signed, in a transaction of its own."""
    from django.db import transaction

    from onestop.accounts.rules import SYSTEM
    from onestop.journal.operations import record
    from onestop.journal.rules import GENESIS

    with transaction.atomic():
        record(stream=next(_streams), kind="submit", by=SYSTEM, at=at, head=GENESIS, payload=payload)


def _sql(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []
