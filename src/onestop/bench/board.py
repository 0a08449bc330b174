"""Every figure of every unit over synthetic lives: `python -m onestop.bench.board [DOSSIERS]`.

Ratio: against one bare pass over the same journal in the same run, the least that any count without a copy costs.
"""

import json
import sys
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 3
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
FROM (SELECT s, timestamptz '2026-01-02' + s * interval '280 days' / %(count)s AS t
      FROM generate_series(1, %(count)s) AS s) AS lives,
    (VALUES (1, 'submit'), (2, 'digitise'), (3, 'accept'), (4, 'hand_over'), (5, 'appraise'), (6, 'approve'),
            (7, 'sign'), (8, 'seal'), (9, 'return_result')) AS deeds (n, kind)
WHERE kind <> 'digitise' OR s %% 3 <> 1
ORDER BY t + n * interval '3 hours'
"""
BARE = "SELECT stream, count(*), min(at) FROM journal_journalentry WHERE at <= %(at)s GROUP BY stream"


def run(dossiers: int = 100_000) -> dict[str, Any]:
    """Write the lives, take the survey, and return seconds with the ratio to a bare pass."""
    from onestop.indicators.queries.figures import list_figures, take_survey

    _sql(LIVES, {"count": dossiers})
    _sql("ANALYZE journal_journalentry", {})
    bare = min(_seconds(lambda: _sql(BARE, {"at": AS_OF})) for _ in range(ROUNDS))
    taken = [_seconds(lambda: take_survey(as_of=AS_OF, period_from=SINCE)) for _ in range(ROUNDS)]
    survey = take_survey(as_of=AS_OF, period_from=SINCE)
    return {
        "workload": "board",
        "dossiers": dossiers,
        "figures": len(list_figures(survey)),
        "units": len({agency for agency, _ in survey.tally.places}),
        "survey_seconds": {"best": round(min(taken), 2), "worst": round(max(taken), 2)},
        "bare_pass_seconds": round(bare, 2),
        "ratio_to_bare_pass": round(min(taken) / bare, 1),
    }


def _sql(statement: str, parameters: dict[str, Any]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        if cursor.description:
            cursor.fetchall()


def _seconds(act: Any) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def main() -> None:
    """Run on a database of its own."""
    from onestop.bench.grounds import open_grounds

    with open_grounds():
        found = run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
