"""What units told of their targets by hand: waiting, accepted, sent back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from onestop.accounts.rules import Principal
from onestop.errors import NotFound
from onestop.plans.models import GoalReport, Plan, PlanLine
from onestop.plans.queries.measures import get_measure
from onestop.plans.queries.plans import find_version_in_force, list_lines
from onestop.plans.queries.tasks import find_line
from onestop.plans.rules.kinds import Deed
from onestop.plans.rules.measures import Measure, Source
from onestop.plans.rules.reports import ReportFacts, find_objections
from onestop.plans.rules.rights import permits

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class GoalToReport:
    """A target of a unit that is reported by hand: its line, what was told last, and what `by` may do about it."""

    line: PlanLine
    measure: Measure
    last: GoalReport | None
    may_report: bool


def list_to_report(plan: Plan, *, unit_id: int, by: Principal, at: datetime) -> list[GoalToReport]:
    """Return the targets of a unit that nothing on record measures, by the version in force."""
    version = find_version_in_force(plan, at)
    if version is None:
        return []
    found = []
    for line in list_lines(version).filter(unit_id=unit_id).exclude(kind="share"):
        measure = get_measure(line.indicator)
        if measure.source is not Source.BY_HAND:
            continue
        last = _shown().filter(plan=plan, unit_id=unit_id, measure=line.indicator).order_by("-id").first()
        answers = line.post.code if line.post else ""
        may = permits(Deed.REPORT, by, plan_unit_id=plan.unit_id, unit_id=unit_id, post=answers)
        found.append(GoalToReport(line, measure, last, may and not (last and last.is_waiting)))
    return found


def list_waiting(*, by: Principal) -> list[GoalReport]:
    """Return the reports that `by` may accept or send back, the oldest first."""
    rows = _shown().filter(accepted_at=None, sent_back_at=None, unit_id__in=by.unit_ids).order_by("reported_at")
    return [row for row in rows[:MOST_SHOWN] if may_judge(row, by)]


def list_reports(*, by: Principal, unit_id: int | None = None) -> list[GoalReport]:
    """Return what was reported for units that `by` may see, the newest first."""
    rows = _shown().filter(unit_id__in=by.unit_ids | {by.unit_id})
    return list((rows if unit_id is None else rows.filter(unit_id=unit_id)).order_by("-reported_at")[:MOST_SHOWN])


def get_report(report_id: int, *, by: Principal) -> GoalReport:
    """Return one report that `by` may see: of the own unit or one below. Raises `NotFound`."""
    row = _shown().filter(pk=report_id, unit_id__in=by.unit_ids | {by.unit_id}).first()
    if row is None:
        raise NotFound("report.unknown")
    return row


def may_judge(report: GoalReport, by: Principal) -> bool:
    """True if `by` may accept a report or send it back."""
    permitted = permits(Deed.ACCEPT_REPORT, by, plan_unit_id=report.plan.unit_id, unit_id=report.unit_id)
    return permitted and not find_objections(facts_of(report), post=by.post_code, account=by.account_id)


def facts_of(report: GoalReport) -> ReportFacts:
    """Return what the rules need to know of a report."""
    line = find_line(report.plan, unit_id=report.unit_id, indicator=report.measure, at=report.reported_at)
    answers = line.post.code if line and line.post else ""
    return ReportFacts(report.reported_by_id, report.post.code, answers, report.is_waiting)


def _shown() -> "QuerySet[GoalReport]":
    return GoalReport.objects.select_related("plan", "unit", "post", "reported_by", "accepted_by__account")
