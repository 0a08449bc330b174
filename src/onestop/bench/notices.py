"""Messages: `onestop bench notices`.

Makes messages of entries as the worker does, beside the bare insertion of the same rows in one statement; then asks the
bell and the first page of the inbox among many messages, beside the least that any statement costs.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import quantiles
from time import perf_counter
from typing import Any

PEOPLE = 10_000
ASKED = 2000
STRIDE = 7919  # a prime: people are asked in no order of theirs

_ACCOUNTS = """
INSERT INTO accounts_account (id, password, username, full_name, language, is_active, opened_at)
SELECT n, '', 'person' || n, 'Person ' || n, 'vi', true, now() FROM generate_series(1, %s) n
"""
_ENTRIES = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
SELECT -n, sequence, CASE sequence WHEN 1 THEN 'file_petition' ELSE 'answer_petition' END,
    CASE sequence WHEN 1 THEN 'account:' || (1 + n %% %s) ELSE 'officer:0' END, '', '', '', now(), now(), '',
    jsonb_build_object('petition', 'PA-' || n), decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), '', 1
FROM generate_series(1, %s) n, generate_series(1, 2) sequence
"""
_BARE = "CREATE TEMP TABLE bare (LIKE notices_message INCLUDING ALL)"
_COPY = """
INSERT INTO bare (recipient_id, entry, kind, params, at)
SELECT recipient_id, entry, kind, params, at FROM notices_message
"""
_MANY = """
INSERT INTO notices_message (recipient_id, entry, kind, params, at, read_at)
SELECT 1 + n %% %s, -n, 'accepted', '{"code": "H49.26.01-260310-0001"}', now(),
    CASE WHEN n %% 1000 < 998 THEN now() END
FROM generate_series(1, %s) n
"""


def run(*, entries: int, messages: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure and return the figures, with their ratios to the limits taken in the same run."""
    from onestop.bench.grounds import open_grounds

    with open_grounds():
        return {"workload": "notices", **_make(entries, say), **_ask(messages, say)}


def _make(entries: int, say: Callable[[str], None]) -> dict[str, Any]:
    from onestop.notices.operations import make_messages

    say(f"{entries} entries, each to be told to one person ...")
    _run(_ACCOUNTS, [PEOPLE])
    _run(_ENTRIES, [PEOPLE, entries])
    _run("ANALYZE")
    began = perf_counter()
    made = make_messages(at=datetime.now(UTC))
    seconds = perf_counter() - began
    _run(_BARE)
    began = perf_counter()
    _run(_COPY)
    bare = perf_counter() - began
    return {
        "entries": entries,
        "messages_made": made,
        "messages_a_second": round(made / seconds),
        "bare_rows_a_second": round(made / bare),
        "ratio_of_seconds": round(seconds / bare, 1),
    }


def _ask(messages: int, say: Callable[[str], None]) -> dict[str, Any]:
    from onestop.notices.queries.messages import count_unread, list_messages

    say(f"the bell among {messages} messages ...")
    _run(_MANY, [PEOPLE, messages])
    _run("ANALYZE")
    people = [1 + number * STRIDE % PEOPLE for number in range(ASKED)]
    bell = _spread([_milliseconds(partial(count_unread, one)) for one in people])
    page = _spread([_milliseconds(partial(list_messages, one)) for one in people])
    least = _spread([_milliseconds(partial(_run, "SELECT 1")) for _ in people])
    return {
        "messages": messages,
        "people": PEOPLE,
        "bell_ms": bell,
        "first_page_ms": page,
        "least_statement_ms": least,
        "ratio_bell_p50_to_least": round(bell["p50"] / least["p50"], 2),
        "ratio_first_page_p50_to_least": round(page["p50"] / least["p50"], 2),
    }


def _run(sql: str, parameters: list[Any] | None = None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _milliseconds(act: Callable[[], Any]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def _spread(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100)
    return {"p50": round(cuts[49], 3), "p95": round(cuts[94], 3), "max": round(max(values), 3)}
