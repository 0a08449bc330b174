"""Figures told by hand: what may be reported, and who may accept it (báo cáo kết quả, nghiệm thu)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onestop.errors import Fault
from onestop.plans.rules.importing import UNFIT
from onestop.plans.rules.measures import Measure, Source, is_value

LONGEST_NOTE = 2000
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports: the figure since the begin of the year, and the day up to which it counts."""

    value: Decimal
    reached_on: date
    has_evidence: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What decides about a report: who made it, in which post, which post answers for the line, and its state."""

    reported_by: int | None
    post: str
    line_post: str
    is_waiting: bool


def find_faults(measure: Measure, told: Told, *, year: int, today: date) -> tuple[Fault, ...]:
    """Return everything that keeps a report from being taken."""
    checks = (
        ("value", UNFIT.get(measure.kind, "targets.outside"), not is_value(measure.kind, told.value)),
        ("measure", "report.measured", measure.source is not Source.BY_HAND),
        ("reached_on", "report.outside_the_year", told.reached_on.year != year or told.reached_on > today),
        ("evidence", "task.no_evidence", not told.has_evidence),
        ("note", "targets.too_long", len(told.note) > LONGEST_NOTE),
    )
    params = {"found": str(told.value), "expected": str(LONGEST_NOTE)}
    return tuple(Fault(name, code, params) for name, code, wrong in checks if wrong)


def find_objections(facts: ReportFacts, *, post: str, account: int | None) -> tuple[str, ...]:
    """Return why this person cannot accept a report, or send it back.

    Separation of duties as for tasks: neither the post that reported, nor the one that answers for the target, nor the
    person who reported it, in whatever post they act now.
    """
    reasons = []
    if not facts.is_waiting:
        reasons.append("report.judged_already")
    if post in {facts.post, facts.line_post} - {""} or (account is not None and account == facts.reported_by):
        reasons.append("task.own_evidence")
    return tuple(reasons)
