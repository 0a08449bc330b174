"""The facts of procedures in force on a day: from the catalogue, the process templates, what was filed and paid."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from onestop.catalogue.models import ProcedureVersion
from onestop.catalogue.rules.kinds import Level
from onestop.catalogue.rules.packing import unpack_fees
from onestop.facts.queries.facts import moments
from onestop.facts.rules.facts import ProcedureFacts
from onestop.fees.queries import list_payable_online
from onestop.fees.rules.owed import owes_fee
from onestop.indicators.queries.announcements import Announcements, find_announcements
from onestop.process.models import ProcessTemplate

NONE = Announcements()
_FILED = """
SELECT payload ->> 'procedure', count(*), count(*) FILTER (WHERE payload ->> 'channel' = '2')
FROM journal_journalentry
WHERE kind = 'submit' AND at >= %(period_from)s AND at <= %(as_of)s AND recorded_at <= %(known_at)s
GROUP BY 1
"""

_PAID = """
SELECT procedure, count(*) FILTER (WHERE is_charged), count(*) FILTER (WHERE is_paid)
FROM (
    SELECT
        max(payload ->> 'procedure') FILTER (WHERE kind = 'submit') AS procedure,
        bool_or(kind = 'charge' AND at >= %(period_from)s AND (payload ->> 'amount_vnd')::integer > 0) AS is_charged,
        bool_or(kind = 'pay' AND at >= %(period_from)s AND payload @> '{"settles": true, "online": true}') AS is_paid
    FROM journal_journalentry
    WHERE kind IN ('submit', 'charge', 'pay') AND at <= %(as_of)s AND recorded_at <= %(known_at)s
    GROUP BY stream
) AS dossier
WHERE procedure IS NOT NULL AND (is_charged OR is_paid)
GROUP BY 1
"""


def list_procedure_facts(
    *, on: date, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> list[ProcedureFacts]:
    """Return one row for each procedure with a version in force on that day, with what was filed in the period.

    With `known_at`, versions published and dossiers written down later are left out.
    """
    in_force = Q(published_at__lte=known_at) if known_at else Q()
    in_force &= Q(effective_from__lte=on) & (Q(effective_until=None) | Q(effective_until__gt=on))
    rows = ProcedureVersion.objects.filter(in_force).values_list(
        "procedure__code", "online_level", "is_eligible", "procedure__kind", "procedure__state",
        "procedure__applicability", "procedure__levels", "content__fees",
    )  # fmt: skip
    filed, paid = (_count(sql, moments(as_of, period_from, known_at)) for sql in (_FILED, _PAID))
    with_workflow, payable = _with_workflow(), list_payable_online(on, known_at=known_at)
    announced = find_announcements(as_of=as_of, period_from=period_from, known_at=known_at)
    return [
        ProcedureFacts(
            *row[:6],
            at_province=Level.PROVINCE in row[6],
            at_commune=Level.COMMUNE in row[6],
            has_workflow=row[0] in with_workflow,
            dossiers=filed.get(row[0], (0, 0))[0],
            online_dossiers=filed.get(row[0], (0, 0))[1],
            announcements=announced.get(row[0], NONE).count,
            announced_late=announced.get(row[0], NONE).announced_late,
            publicised_late=announced.get(row[0], NONE).publicised_late,
            fee=owes_fee(unpack_fees(row[7] or ())),
            pays_online=row[0] in payable,
            fee_dossiers=paid.get(row[0], (0, 0))[0],
            paid_online_dossiers=paid.get(row[0], (0, 0))[1],
        )
        for row in rows
    ]


def _count(sql: str, parameters: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return two counts for each procedure."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {code: (first, second) for code, first, second in cursor.fetchall()}


def _with_workflow() -> frozenset[str]:
    """Return the procedures for which a process template of their own is published."""
    rows = ProcessTemplate.objects.values_list("procedures", flat=True)
    return frozenset(code for codes in rows for code in codes)
