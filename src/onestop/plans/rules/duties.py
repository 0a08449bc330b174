"""Tasks: how far one is, what may be done to it next, when its responsible is reminded (nhiệm vụ, nhắc việc)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onestop.plans.rules.kinds import TaskState

SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What decides about a task. `post` is to do it, `line_post` answers for the line it belongs to."""

    due_at: datetime
    done_at: datetime | None
    accepted_at: datetime | None
    evidence: int
    post: str
    line_post: str
    done_by: int | None = None


class Nearness(StrEnum):
    """Why somebody is reminded (lý do nhắc)."""

    SOON = "soon"  # sắp đến hạn: trong 3 ngày làm việc
    TODAY = "today"  # đến hạn hôm nay
    LATE = "late"  # quá hạn
    WAITS = "waits"  # đã hoàn thành, chờ nghiệm thu


def task_state(facts: TaskFacts, at: datetime) -> TaskState:
    """Return the state of a task at a moment."""
    if facts.accepted_at is not None and facts.accepted_at <= at:
        return TaskState.ACCEPTED
    if facts.done_at is not None and facts.done_at <= at:
        return TaskState.DONE
    return TaskState.LATE if at > facts.due_at else TaskState.OPEN


def was_late(facts: TaskFacts) -> bool:
    """True if it was reported done after it was due."""
    return facts.done_at is not None and facts.done_at > facts.due_at


def find_hand_in_objections(facts: TaskFacts, new_files: int) -> tuple[str, ...]:
    """Return why a task cannot be reported done: it is already, or there is nothing to show for it."""
    reasons = []
    if facts.done_at is not None:
        reasons.append("task.done_already")
    if not facts.evidence + new_files:
        reasons.append("task.no_evidence")
    return tuple(reasons)


def find_acceptance_objections(facts: TaskFacts, *, post: str, account: int | None) -> tuple[str, ...]:
    """Return why this person cannot accept a task, or send it back.

    Separation of duties: neither the post that does it, nor the one that answers for the line, nor the person who
    reported it, in whatever post they act now.
    """
    reasons = []
    if facts.done_at is None:
        reasons.append("task.not_done_yet")
    if facts.accepted_at is not None:
        reasons.append("task.accepted_already")
    if post in {facts.post, facts.line_post} - {""} or (account is not None and account == facts.done_by):
        reasons.append("task.own_evidence")
    return tuple(reasons)


def nearness(facts: TaskFacts, at: datetime, working_days_left: int) -> Nearness | None:
    """Return why somebody is to be reminded of a task at `at`, or None. Days are working days of the calendar."""
    match task_state(facts, at):
        case TaskState.LATE:
            return Nearness.LATE
        case TaskState.DONE:
            return Nearness.WAITS
        case TaskState.OPEN if working_days_left <= 0:
            return Nearness.TODAY
        case TaskState.OPEN if working_days_left <= SOON_DAYS:
            return Nearness.SOON
    return None
