"""Asking a member for the facts behind a report, and comparing the two; both kept beside the submission."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.facts.rules.periods import year_start
from onestop.indicators.queries.definitions import all_definitions
from onestop.journal.operations import record_in_register
from onestop.monitor.models import Comparison, FactsRequest, Submission
from onestop.monitor.operations.receiving import REGISTER
from onestop.monitor.queries.facts import find_open_request
from onestop.monitor.queries.submissions import find_counted
from onestop.monitor.rules.aggregates import read_aggregate
from onestop.monitor.rules.facts import Difference, Facts, Tests, compare, last_moment
from onestop.monitor.rules.members import Counts

ASKING = (Role.AUDITOR, Role.LEADER)
"""Who at the centre may ask a member for its facts."""


@transaction.atomic
def ask_for_facts(*, number: int, reason: str, by: Principal, at: datetime) -> FactsRequest:
    """Ask the member for the facts behind a report that counts; the door tells it with its next report.

    Raises `NotFound` if there is no such report, `Refused` with every reason if it may not be asked for.
    """
    row = Submission.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NotFound("facts.no_report", number=number)
    reason = reason.strip()
    stands_against = {
        "facts.not_yours": not by.has(*ASKING),
        "facts.does_not_count": not row.is_counted,
        "facts.asked_already": find_open_request(row.pk) is not None,
        "facts.no_reason": not reason,
    }
    if any(stands_against.values()):
        raise Refused("facts.not_asked", reasons=tuple(code for code, is_so in stands_against.items() if is_so))
    asked = FactsRequest.objects.create(submission=row, asked_by=by.name, asked_at=at, reason=reason[:500])
    said = {"member": row.member, "day": row.day.isoformat() if row.day else "", "sha256": row.digest}
    record_in_register(REGISTER, kind="ask_for_facts", by=by, at=at, ground=asked.reason, payload=said)
    return asked


@transaction.atomic
def compare_facts(*, member: str, day: date, facts: Facts, at: datetime, by: Principal = SYSTEM) -> Comparison:
    """Name every figure of what counts for a day that differs from the facts; the same export again changes nothing.

    Raises `NotFound` if nothing of that member counts for the day, `Invalid` if the facts are of another span.
    """
    row = find_counted(member, day)
    if row is None:
        raise NotFound("aggregate.not_counted", member=member, day=day.isoformat())
    end = last_moment(day)
    if (facts.as_of, facts.period_from) != (end, year_start(end)):
        told = {"as_of": end.isoformat(), "period_from": year_start(end).isoformat()}
        raise Invalid("facts.other_span", faults=(Fault("as_of", "facts.other_span", told),), **told)
    aggregate = read_aggregate(bytes(row.document))
    differences = [_told(item) for item in compare(aggregate, facts, _own_tests(aggregate.scheme))]
    found, is_new = Comparison.objects.get_or_create(
        submission=row,
        digest=facts.digest,
        defaults={
            "compared_at": at,
            "compared_by": "" if by == SYSTEM else by.name,
            "differences": differences,
        },
    )
    if is_new:
        said = {"member": member, "day": day.isoformat(), "facts": facts.digest, "differences": len(differences)}
        record_in_register(REGISTER, kind="compare_facts", by=by, at=at, payload=said)
    return found


def _own_tests(scheme: str) -> dict[tuple[str, int], Tests]:
    return {
        (item.code, item.version): (item.texts["population"], item.texts["denominator"], item.texts["numerator"])
        for item in all_definitions()
        if item.scheme == scheme and not item.no_data
    }


def _told(item: Difference) -> dict[str, Any]:
    return {
        "code": item.code,
        "unit": item.unit,
        "why": item.why.value,
        "said": _numbers(item.said),
        "counted": _numbers(item.counted),
    }


def _numbers(counts: Counts | None) -> list[int] | None:
    """Population, denominator, numerator: the order of an aggregate."""
    return None if counts is None else [counts.population, counts.denominator, counts.numerator]
