"""The head of a unit enters the general criteria of an official (nhập điểm tiêu chí chung)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.models import Posting
from onestop.agencies.queries import get_tree
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.journal.operations import record_in_register
from onestop.plans.models import GeneralScore
from onestop.plans.operations.entries import posting_of
from onestop.plans.queries.scoring import may_see_points
from onestop.plans.rules.decree_335 import IN_FORCE, SCHEME, is_general

LONGEST_REASON = 500


@transaction.atomic
def enter_general_score(
    *, posting_id: int, year: int, points: Decimal, reason: str, by: Principal, at: datetime
) -> GeneralScore:
    """Enter the points of an official of the own unit, with the reason, as one entry of the unit's register.

    Given again, the later ones hold and the earlier ones stay. Raises `NotFound` for whom `by` does not lead, `Refused`
    for oneself, `Invalid` with every fault.
    """
    posting = Posting.objects.select_related("account", "post__unit").filter(pk=posting_id).first()
    if posting is None or not may_see_points(posting, by):
        raise NotFound("score.unknown")
    if posting.account_id == by.account_id or not by.has(Role.LEADER):
        raise Refused("score.not_of_oneself")
    reason = reason.strip()
    checks = (
        ("points", "score.not_general_points", not is_general(points)),
        ("reason", "plan.no_reason", not reason),
        ("reason", "plan.reason_long", len(reason) > LONGEST_REASON),
        ("year", "score.before_the_decree", year < IN_FORCE.year),
    )
    faults = tuple(Fault(name, code, {"longest": LONGEST_REASON}) for name, code, wrong in checks if wrong)
    if faults:
        raise Invalid("plan.unusable", faults=faults)
    unit = get_tree().agency_of(posting.post.unit_id).code
    told = {"posting": posting.pk, "year": year, "points": f"{points:.1f}", "reason": reason}
    entry = record_in_register(f"assessment:{unit}", kind="assess_general", by=by, at=at, ground=SCHEME, payload=told)
    return GeneralScore.objects.create(
        posting=posting,
        year=year,
        points=points,
        reason=reason,
        given_by_id=posting_of(by),
        given_at=at,
        entry=entry.pk,
    )
