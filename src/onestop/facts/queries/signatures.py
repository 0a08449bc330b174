"""The signature of dossiers in one statement over the journal: the facts statement, and each atom of the layout."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import ABOUT, FACTS_SQL, moments, run
from onestop.facts.rules.contributions import Weighted
from onestop.facts.rules.signature import BITS, UNKNOWN, Crossing, Layout

_ALL = "FROM journal_journalentry"
_SOME = """FROM (
    SELECT * FROM journal_journalentry WHERE stream = ANY(%(streams)s){until}
    UNION ALL
    SELECT * FROM journal_journalentry
    WHERE stream < 0 AND payload ? 'dossier' AND (payload ->> 'dossier')::bigint = ANY(%(streams)s){until}
) AS journal_journalentry"""
_TELL = """
WITH facts AS MATERIALIZED ({facts}),
coming AS (         -- what is written down already and takes effect, or stops being late, after this moment
    SELECT {about} AS stream, least(min(at) FILTER (WHERE at > %(as_of)s),
        min(recorded_at) FILTER (WHERE recorded_at > %(as_of)s)) AS next_at
    {entries}
    GROUP BY 1
)
SELECT stream, coalesce(agency, ''), coalesce(desk, ''),
    CASE WHEN facts.stream IS NOT NULL THEN ARRAY[{signature}]::bigint[] END,
    least(next_at, {turns})
FROM coming LEFT JOIN facts USING (stream)
"""


def signatures_sql(
    layout: Layout, *, as_of: datetime, streams: Sequence[int] | None = None, until: int | None = None
) -> tuple[str, dict[str, Any]]:
    """Return the statement that yields stream, agency, desk, signature and next turn of dossiers: all, or `streams`.

    With `until` only entries up to that number count.
    """
    parameters: dict[str, Any] = dict(moments(as_of, as_of))
    entries = _ALL
    if streams is not None:
        parameters |= {"streams": list(streams), "until": until}
        entries = _SOME.format(until="" if until is None else " AND id <= %(until)s")
    parts = [*_words(layout, parameters), *(_month(name) for name in layout.begins)]
    turns = [_turn(crossing) for crossing in layout.crossings] or ["NULL::timestamptz"]
    facts = FACTS_SQL.replace(_ALL, entries)
    told = {"facts": facts, "entries": entries, "signature": ", ".join(parts), "turns": ", ".join(turns)}
    return _TELL.format(about=ABOUT, **told), parameters


def summed_as_of(
    layout: Layout, as_of: datetime, *, streams: Sequence[int] | None = None, until: int | None = None
) -> list[Weighted]:
    """Return what all dossiers, or `streams`, were as of a moment, equal ones together; `until` as above."""
    if streams is not None and not streams:
        return []
    sql, parameters = signatures_sql(layout, as_of=as_of, streams=streams, until=until)
    told = f"FROM ({sql}) AS told (stream, agency, desk, signature, turns_at) WHERE signature IS NOT NULL"
    rows = run(f"SELECT agency, desk, signature, count(*) {told} GROUP BY 1, 2, 3", parameters)
    return [((agency, desk), signature, count) for agency, desk, signature, count in rows]


def _words(layout: Layout, parameters: dict[str, Any]) -> list[str]:
    words = []
    for word in range(layout.words):
        atoms = layout.atoms[word * BITS : (word + 1) * BITS]
        bits = [f"{compile_condition(atom, parameters)}::int::bigint << {place}" for place, atom in enumerate(atoms)]
        words.append(" | ".join(f"({bit})" for bit in bits))
    return words


def _month(name: str) -> str:
    local = f"{name} AT TIME ZONE 'Asia/Ho_Chi_Minh'"
    return f"coalesce(date_part('year', {local}) * 12 + date_part('month', {local}) - 1, {UNKNOWN})::bigint"


def _turn(crossing: Crossing) -> str:
    """Return when now reaches the moment, or else has just passed it; moments are whole microseconds."""
    moment = f"({crossing.fact} + interval '{crossing.seconds} seconds')"
    return (
        f"CASE WHEN {moment} > %(as_of)s THEN {moment}"
        f" WHEN {moment} = %(as_of)s THEN {moment} + interval '1 microsecond' END"
    )
