-- The facts of every dossier as of a moment, from the journal alone: one row a dossier, one column a fact.
-- Meaning of each column: rules/facts.py. The same facts in plain Python: rules/reference.py.
-- Parameters: as_of, period_from, known_at (what was written down later is left out). Read only by queries/facts.py.
WITH
filed AS (          -- what was said at filing: the first entry of every dossier
    SELECT stream, said.*
    FROM journal_journalentry, jsonb_to_record(payload) AS said (
        code text, procedure text, online_level text, applicant_kind text, channel integer, filer text, agency text,
        desk text, fee boolean, paper boolean
    )
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s AND kind = 'submit'
),
deeds AS (          -- what happened when
    SELECT
        stream,
        min(at) FILTER (WHERE kind = 'submit') AS submitted_at,
        min(at) FILTER (WHERE kind = 'accept') AS accepted_at,
        max(at) FILTER (WHERE kind = 'approve') AS approved_at,
        max(at) FILTER (WHERE kind = 'sign') AS signed_at,
        min(at) FILTER (WHERE kind = 'seal') AS processed_at,
        min(at) FILTER (WHERE kind = 'return_result') AS returned_at,
        count(*) FILTER (WHERE recorded_at > %(as_of)s) AS late_entries,
        count(*) FILTER (WHERE at > recorded_at + interval '5 minutes') AS future_entries,
        coalesce(bool_or(payload @> '{"electronic": true}') FILTER (WHERE kind = 'seal'), FALSE) AS electronic_result,
        coalesce(bool_or(payload -> 'parts' @> '[{"given": "file"}]' OR payload -> 'parts' @> '[{"given": "scan"}]')
            FILTER (WHERE kind IN ('submit', 'answer_supplement', 'digitise')), FALSE) AS has_file,
        coalesce(bool_or(payload -> 'parts' @> '[{"given": "paper"}]' OR payload -> 'parts' @> '[{"given": "scan"}]'
            OR payload -> 'parts' @> '[{"given": "presented"}]')
            FILTER (WHERE kind IN ('submit', 'answer_supplement', 'digitise')), FALSE) AS has_paper,
        coalesce(bool_or(payload -> 'parts' @> '[{"given": "data"}]')
            FILTER (WHERE kind IN ('submit', 'answer_supplement', 'digitise')), FALSE) AS reused
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s
    GROUP BY stream
),
exceptions AS (     -- ends without a result, what stops the clock, what is paid: few dossiers have any
    SELECT
        stream,
        min(at) FILTER (WHERE kind = 'stop') AS stopped_at,
        min(at) FILTER (WHERE kind = 'refuse') AS refused_at,
        min(at) FILTER (WHERE kind = 'withdraw') AS withdrawn_at,
        count(*) FILTER (WHERE kind = 'request_supplement') AS supplements,
        count(*) FILTER (WHERE kind = 'reappoint') AS reappointments,
        (array_agg(CASE WHEN kind IN ('request_supplement', 'suspend') THEN at END ORDER BY sequence DESC)
            FILTER (WHERE kind IN ('request_supplement', 'suspend', 'answer_supplement', 'resume')))[1] AS waiting_from,
        (array_agg((payload ->> 'amount_vnd')::integer ORDER BY sequence DESC) FILTER (WHERE kind = 'charge'))[1]
            AS fee_due,
        min(at) FILTER (WHERE kind = 'pay' AND payload @> '{"settles": true}') AS paid_at,
        bool_or(payload @> '{"online": true}') FILTER (WHERE kind = 'pay' AND payload @> '{"settles": true}')
            AS paid_online
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s
        AND kind IN ('stop', 'refuse', 'withdraw', 'reappoint', 'charge', 'pay',
                     'request_supplement', 'answer_supplement', 'suspend', 'resume')
    GROUP BY stream
),
moved AS MATERIALIZED ( -- each lawful event that sets a due moment; acceptance and extension set all three at once
    SELECT
        stream, sequence,
        payload ->> 'due_at' AS legal,
        CASE WHEN kind IN ('accept', 'extend') THEN coalesce(payload ->> 'indicator_due_at', payload ->> 'due_at')
             ELSE payload ->> 'indicator_due_at' END AS indicator,
        CASE WHEN kind IN ('accept', 'extend') THEN coalesce(payload ->> 'appointed_at', payload ->> 'due_at')
             ELSE payload ->> 'appointed_at' END AS appointed
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s
        AND kind IN ('accept', 'answer_supplement', 'resume', 'extend', 'reappoint')
),
clock AS (          -- the last one of each holds
    SELECT
        stream,
        (array_agg(legal ORDER BY sequence DESC) FILTER (WHERE legal IS NOT NULL))[1]::timestamptz AS legal_due_at,
        (array_agg(indicator ORDER BY sequence DESC) FILTER (WHERE indicator IS NOT NULL))[1]::timestamptz
            AS indicator_due_at,
        (array_agg(appointed ORDER BY sequence DESC) FILTER (WHERE appointed IS NOT NULL))[1]::timestamptz
            AS appointed_at
    FROM moved
    GROUP BY stream
),
documents AS (      -- one row a document that came on paper: when first, and when first scanned
    SELECT
        stream,
        min(at) AS paper_at,
        min(at) FILTER (WHERE given = 'scan') AS scan_at
    FROM journal_journalentry, jsonb_to_recordset(payload -> 'parts') AS part (document text, given text)
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s
        AND kind IN ('submit', 'answer_supplement', 'digitise')
        AND (payload -> 'parts' @> '[{"given": "paper"}]' OR payload -> 'parts' @> '[{"given": "scan"}]')
        AND given IN ('paper', 'scan')
    GROUP BY stream, document
),
accepted AS (
    SELECT stream, min(at) AS accepted_at FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s AND kind = 'accept'
    GROUP BY stream
),
papers AS (         -- only the paper that was there, and had been scanned, by acceptance counts
    SELECT
        stream,
        count(*) FILTER (WHERE paper_at <= accepted_at) AS papers,
        count(*) FILTER (WHERE paper_at <= accepted_at AND scan_at <= accepted_at) AS papers_scanned
    FROM documents JOIN accepted USING (stream)
    GROUP BY stream
),
rated AS (          -- the last rating holds: a correction is a new one
    SELECT DISTINCT ON (stream)
        stream, at AS rated_at, (payload ->> 'rating')::integer AS rating, payload ->> 'rated_by' AS rated_by
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s AND kind = 'rate'
    ORDER BY stream, sequence DESC
),
petitions AS (      -- petitions have streams of their own, below zero; those about a dossier name its stream
    SELECT
        (payload ->> 'dossier')::bigint AS stream,
        (array_agg(CASE kind WHEN 'refuse_petition' THEN 'refused' ELSE payload ->> 'verdict' END
            ORDER BY sequence DESC) FILTER (WHERE kind <> 'file_petition'))[1] AS outcome
    FROM journal_journalentry
    WHERE at <= %(as_of)s AND recorded_at <= %(known_at)s
        AND stream < 0 AND payload ? 'dossier' AND kind IN ('file_petition', 'refuse_petition', 'verify_petition')
    GROUP BY 1, journal_journalentry.stream
),
complained AS (     -- open, or verified true; what was refused or verified untrue does not count
    SELECT stream, count(*) AS complaints FROM petitions
    WHERE outcome IS NULL OR outcome NOT IN ('refused', 'untrue')
    GROUP BY stream
),
ended AS (          -- the end, in the order of indicator 2.1: processed, returned, stopped, refused, withdrawn
    SELECT
        *,
        CASE WHEN processed_at IS NOT NULL THEN 'processed' WHEN returned_at IS NOT NULL THEN 'returned'
             WHEN stopped_at IS NOT NULL THEN 'stopped' WHEN refused_at IS NOT NULL THEN 'refused'
             WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' END AS finished,
        coalesce(processed_at, returned_at, stopped_at, refused_at, withdrawn_at) AS finished_at
    FROM filed JOIN deeds USING (stream)
        LEFT JOIN exceptions USING (stream) LEFT JOIN clock USING (stream) LEFT JOIN papers USING (stream)
        LEFT JOIN rated USING (stream) LEFT JOIN complained USING (stream)
)
SELECT
    stream,
    code,
    procedure,
    online_level,
    applicant_kind,
    channel,
    filer,
    agency,
    desk,
    fee,
    fee_due,
    submitted_at,
    accepted_at,
    approved_at,
    signed_at,
    processed_at,
    returned_at,
    paid_at,
    legal_due_at,
    indicator_due_at,
    appointed_at,
    finished,
    finished_at,
    (finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS finished_on,
    (legal_due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS legal_due_on,
    CASE WHEN finished_at IS NULL THEN waiting_from END AS waiting_from,
    coalesce(finished_at, waiting_from, %(as_of)s) AS judged_at,
    coalesce(supplements, 0) AS supplements,
    coalesce(reappointments, 0) AS reappointments,
    coalesce(papers, 0) AS papers,
    coalesce(papers_scanned, 0) AS papers_scanned,
    has_file,
    has_paper OR coalesce(paper, FALSE) AS paper_used,
    electronic_result,
    coalesce(paid_online, FALSE) AS paid_online,
    late_entries,
    future_entries,
    reused,
    floor(extract(epoch FROM finished_at - accepted_at) / 60)::integer AS handling_minutes,
    rated_at,
    rating,
    rated_by,
    floor(extract(epoch FROM rated_at - coalesce(returned_at, finished_at)))::integer AS rating_seconds,
    coalesce(complaints, 0) AS complaints,
    floor(extract(epoch FROM legal_due_at - coalesce(finished_at, waiting_from, %(as_of)s)) / 3600)::integer
        AS hours_left,
    CASE WHEN finished_at IS NULL THEN floor(extract(epoch FROM %(as_of)s - waiting_from) / 86400)::integer END
        AS waiting_days,
    %(as_of)s AS as_of,
    %(period_from)s AS period_from
FROM ended
