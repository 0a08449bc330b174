"""Tasks: mine, those of a unit, what is due; one with its evidence."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from onestop.accounts.rules import Principal
from onestop.errors import NotFound
from onestop.plans.models import Evidence, Plan, PlanLine, Task
from onestop.plans.queries.plans import find_draft, find_version_in_force
from onestop.plans.rules.duties import Nearness, TaskFacts, nearness, task_state
from onestop.plans.rules.kinds import Deed, TaskState
from onestop.plans.rules.rights import permits
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import working_days_between

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task with its state at the moment asked for, and why its post is reminded of it, if it is."""

    task: Task
    state: TaskState
    nearness: Nearness | None


def list_tasks(*, by: Principal, at: datetime, mine: bool = False, unit: str = "") -> list[TaskShown]:
    """Return the tasks that `by` may see: given to the own post, or to units at or below it; the accepted ones last."""
    own = Q(post__code=by.post_code)
    rows = _shown().filter(own if mine else own | Q(unit_id__in=by.unit_ids))
    rows = rows.order_by(F("accepted_at").asc(nulls_first=True), "due_at", "id")
    if unit:
        rows = rows.filter(unit__code=unit)
    return [_with_state(task, at) for task in rows[:MOST_SHOWN]]


def get_task(task_id: int, *, by: Principal) -> Task:
    """Return a task that `by` may see. Raises `NotFound`."""
    own = Q(post__code=by.post_code) | Q(unit_id__in=by.unit_ids)
    task = _shown().filter(own, pk=task_id).first()
    if task is None:
        raise NotFound("task.unknown", task=task_id)
    return task


def find_evidence(task: Task, sha256: str) -> Evidence:
    """Return a file of a task by its hash. Raises `NotFound`."""
    found = task.evidence.filter(sha256=sha256).first()
    if found is None:
        raise NotFound("document.unknown")
    return found


def show_task(task: Task, at: datetime) -> TaskShown:
    """Return a task with its state at a moment."""
    return _with_state(task, at)


def list_reminders(*, at: datetime, by: Principal | None = None) -> list[TaskShown]:
    """Return every task that somebody is to be reminded of, the most urgent first; with `by`, only what concerns them.

    What waits for acceptance is shown to those who may accept it, the rest to the post that has it to do.
    """
    rows = [_with_state(task, at) for task in _shown().filter(accepted_at=None).order_by("due_at", "id")[:MOST_SHOWN]]
    return [item for item in rows if item.nearness and (by is None or _concerns(item, by))]


def facts_of(task: Task) -> TaskFacts:
    """Return what the rules need to know of a task. Who answers for its line: by the version in force, or the draft."""
    count = getattr(task, "evidence_count", None)
    return TaskFacts(
        due_at=task.due_at,
        done_at=task.done_at,
        accepted_at=task.accepted_at,
        evidence=task.evidence.count() if count is None else count,
        post=task.post.code,
        line_post=_line_post(task),
        done_by=task.done_by_id,
    )


def find_line(plan: Plan, *, unit_id: int, indicator: str, at: datetime) -> PlanLine | None:
    """Return the target that a task is about: of the version in force at `at`, else of the draft; or None."""
    version = find_version_in_force(plan, at) or find_draft(plan)
    if version is None or not indicator:
        return None
    return version.lines.filter(unit_id=unit_id, indicator=indicator).select_related("post").first()


def _line_post(task: Task) -> str:
    if not task.indicator:
        return ""
    line = find_line(task.plan, unit_id=task.unit_id, indicator=task.indicator, at=task.done_at or task.set_at)
    return line.post.code if line and line.post else ""


def _shown() -> "QuerySet[Task]":
    joined = Task.objects.select_related("plan", "unit", "post__unit", "set_by__account", "accepted_by__account")
    return joined.annotate(evidence_count=Count("evidence")).order_by("due_at", "id")


def _with_state(task: Task, at: datetime) -> TaskShown:
    count = int(getattr(task, "evidence_count", 0))
    facts = TaskFacts(task.due_at, task.done_at, task.accepted_at, count, task.post.code, "")
    left = working_days_between(get_calendar(), at, task.due_at) if task.accepted_at is None else 0
    return TaskShown(task, task_state(facts, at), nearness(facts, at, left))


def _concerns(item: TaskShown, by: Principal) -> bool:
    if item.nearness is not Nearness.WAITS:
        return item.task.post.code == by.post_code
    return item.task.post.code != by.post_code and permits(
        Deed.ACCEPT, by, plan_unit_id=item.task.plan.unit_id, unit_id=item.task.unit_id
    )
