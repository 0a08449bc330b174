-- The facts of every petition as of a moment, from the journal alone: one row a petition, one column a fact.
-- Meaning of each column: rules/facts.py. The same facts in plain Python: rules/petitions.py.
-- Parameters: as_of, period_from, known_at. Read only by queries/petitions.py.
WITH told AS (      -- what each petition's entries say, the last one that says it
    SELECT
        stream,
        min(at) FILTER (WHERE kind = 'file_petition') AS filed_at,
        min(at) FILTER (WHERE kind = 'answer_petition') AS answered_at,
        min(at) FILTER (WHERE kind = 'refuse_petition') AS refused_at,
        count(*) FILTER (WHERE kind = 'extend_petition') AS extensions,
        count(*) FILTER (WHERE recorded_at > %(as_of)s) AS late_entries,
        bool_or(payload ? 'repeats') AS repeats,
        (array_agg(payload ->> 'topic' ORDER BY sequence DESC) FILTER (WHERE payload ? 'topic'))[1] AS topic,
        (array_agg(payload ->> 'agency' ORDER BY sequence DESC) FILTER (WHERE payload ? 'agency'))[1] AS agency,
        (array_agg(payload ->> 'unit' ORDER BY sequence DESC) FILTER (WHERE payload ? 'unit'))[1] AS unit,
        (array_agg(payload ->> 'due_at' ORDER BY sequence DESC) FILTER (WHERE payload ? 'due_at'))[1]::timestamptz
            AS due_at,
        (array_agg(payload -> 'satisfied' ORDER BY sequence DESC) FILTER (WHERE payload ? 'satisfied'))[1]::boolean
            AS satisfied,
        (array_agg(payload ->> 'verdict' ORDER BY sequence DESC) FILTER (WHERE payload ? 'verdict'))[1] AS verdict,
        (array_agg(CASE WHEN kind = 'ask_petitioner' THEN at END ORDER BY sequence DESC)
            FILTER (WHERE kind IN ('ask_petitioner', 'clarify_petition')))[1] AS waiting_from
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s AND stream < 0 AND kind = ANY(%(petition_kinds)s)
    GROUP BY stream
)
SELECT
    stream,
    topic,
    coalesce(agency, unit) AS agency,
    filed_at,
    due_at,
    answered_at,
    refused_at,
    coalesce(answered_at, refused_at, waiting_from, %(as_of)s) AS judged_at,
    extensions,
    repeats,
    satisfied,
    verdict,
    late_entries,
    %(as_of)s AS as_of,
    %(period_from)s AS period_from
FROM told
WHERE filed_at IS NOT NULL
