"""A unit tells by hand how far a target is; somebody else accepts the evidence or sends it back (báo cáo kết quả)."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post
from onestop.agencies.queries import get_unit
from onestop.documents.rules import KeptFile
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.plans.models import GoalReport, Plan
from onestop.plans.operations.entries import enter, local_day, lock_plan, posting_of
from onestop.plans.queries.measures import get_measure
from onestop.plans.queries.plans import find_plan
from onestop.plans.queries.reports import facts_of
from onestop.plans.queries.tasks import find_line
from onestop.plans.rules.kinds import Deed
from onestop.plans.rules.reports import LONGEST_REASON, Told, find_faults, find_objections


@transaction.atomic
def report_goal(
    *, year: int, unit: str, measure: str, told: Told, file: KeptFile | None, by: Principal, at: datetime
) -> GoalReport:
    """Report the figure of a target in force, with its evidence. It counts once somebody else accepts it.

    Raises `Invalid` with every fault, `Refused` while an earlier report waits, `NotFound` without such a target.
    """
    row, plan = get_unit(unit), find_plan(year)
    line = find_line(plan, unit_id=row.pk, indicator=measure, at=at) if plan else None
    if line is None or line.is_share:
        raise NotFound("plan.no_line", unit=unit, indicator=measure)
    answers = line.post.code if line.post else ""
    plan = lock_plan(year=year, deed=Deed.REPORT, by=by, at=at, unit_id=row.pk, post=answers)
    faults = find_faults(get_measure(measure), told, year=year, today=local_day(at))
    if faults or file is None or by.account_id is None:
        raise Invalid("plan.unusable", faults=faults)
    if plan.reports.filter(unit=row, measure=measure, accepted_at=None, sent_back_at=None).exists():
        raise Refused("report.waits_already")
    report = GoalReport.objects.create(
        plan=plan,
        unit=row,
        measure=measure,
        value=told.value,
        reached_on=told.reached_on,
        note=told.note.strip(),
        sha256=file.sha256,
        file_name=file.name,
        media_type=file.media_type,
        reported_at=at,
        reported_by_id=by.account_id,
        post=Post.objects.get(code=by.post_code),
    )
    enter(plan, Deed.REPORT, by, at, {**_told(report), "evidence": file.sha256})
    return report


@transaction.atomic
def accept_report(*, report_id: int, by: Principal, at: datetime) -> GoalReport:
    """Accept a report: from now on its figure counts. Never by who made it or answers for the target: `Refused`."""
    plan, report = _lock(report_id, Deed.ACCEPT_REPORT, by, at)
    report.accepted_at, report.accepted_by_id = at, posting_of(by)
    report.save(update_fields=["accepted_at", "accepted_by"])
    enter(plan, Deed.ACCEPT_REPORT, by, at, _told(report))
    return report


@transaction.atomic
def send_report_back(*, report_id: int, reason: str, by: Principal, at: datetime) -> GoalReport:
    """Send a report back with the reason: it never counts, and a new one can be made."""
    plan, report = _lock(report_id, Deed.SEND_REPORT_BACK, by, at)
    if not reason.strip():
        raise Invalid("plan.unusable", faults=(Fault("reason", "plan.no_reason"),))
    report.sent_back_at, report.sent_back = at, reason.strip()[:LONGEST_REASON]
    report.save(update_fields=["sent_back_at", "sent_back"])
    enter(plan, Deed.SEND_REPORT_BACK, by, at, {**_told(report), "reason": report.sent_back})
    return report


def _told(report: GoalReport) -> dict[str, object]:
    figure = {"value": f"{report.value:.2f}", "reached_on": report.reached_on.isoformat()}
    return {"report": report.pk, "unit": report.unit.code, "measure": report.measure, **figure}


def _lock(report_id: int, deed: Deed, by: Principal, at: datetime) -> tuple[Plan, GoalReport]:
    found = GoalReport.objects.select_related("plan").filter(pk=report_id).first()
    if found is None:
        raise NotFound("report.unknown")
    plan = lock_plan(year=found.plan.year, deed=deed, by=by, at=at, unit_id=found.unit_id)
    report = GoalReport.objects.select_for_update(of=("self",)).select_related("unit", "plan", "post").get(pk=report_id)
    reasons = find_objections(facts_of(report), post=by.post_code, account=by.account_id)
    if reasons:
        raise Refused(reasons[0], reasons=reasons)
    return plan, report
