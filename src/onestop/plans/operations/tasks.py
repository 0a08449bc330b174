"""Tasks: set, reported done with evidence, accepted by somebody else or sent back (nhiệm vụ, nghiệm thu)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post
from onestop.agencies.queries import get_unit
from onestop.documents.rules import KeptFile
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.plans.models import Evidence, Plan, Task
from onestop.plans.operations.entries import enter, local_day, lock_plan, posting_of
from onestop.plans.queries.measures import find_kind
from onestop.plans.queries.tasks import facts_of, find_line
from onestop.plans.rules.duties import find_acceptance_objections, find_hand_in_objections
from onestop.plans.rules.kinds import Deed
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import TimeLimit, promise

LONGEST_TITLE = 300
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """A task as somebody sets it: due at the close of the day `due_on`, or after `limit` by the legal clock.

    Without a post, whoever answers for the line does it.
    """

    unit: str
    title: str
    indicator: str = ""
    post: str = ""
    due_on: date | None = None
    limit: TimeLimit | None = None


@transaction.atomic
def set_task(*, year: int, task: TaskGiven, by: Principal, at: datetime) -> Task:
    """Give a task. Raises `Invalid` with every fault."""
    unit = get_unit(task.unit)
    plan = lock_plan(year=year, deed=Deed.SET_TASK, by=by, at=at, unit_id=unit.pk)
    post = _post_for(plan, task, unit.pk, at)
    due_at = _due(task, at)
    faults = _faults(task, post, due_at, at)
    if faults or post is None or due_at is None:
        raise Invalid("plan.unusable", faults=faults)
    row = Task.objects.create(
        plan=plan,
        unit=unit,
        indicator=task.indicator,
        title=task.title.strip(),
        post=post,
        due_at=due_at,
        set_at=at,
        set_by_id=posting_of(by),
    )
    told = {"task": row.pk, "unit": unit.code, "indicator": task.indicator, "title": row.title, "post": post.code}
    enter(plan, Deed.SET_TASK, by, at, {**told, "due_at": due_at.isoformat()})
    return row


@transaction.atomic
def hand_in(*, task_id: int, files: Sequence[KeptFile], note: str = "", by: Principal, at: datetime) -> Task:
    """Report a task done, with its evidence. Raises `Refused` with every reason."""
    plan, task = _lock(task_id, Deed.HAND_IN, by, at)
    reasons = find_hand_in_objections(facts_of(task), len(files))
    if reasons:
        raise Refused(reasons[0], reasons=reasons, task=task_id)
    for file in files:
        Evidence.objects.get_or_create(
            task=task,
            sha256=file.sha256,
            defaults={"file_name": file.name, "size": file.size, "media_type": file.media_type, "added_at": at},
        )
    task.done_at, task.done_by_id, task.note, task.sent_back = at, by.account_id, note.strip()[:LONGEST_NOTE], ""
    task.save(update_fields=["done_at", "done_by", "note", "sent_back"])
    hashes = sorted(task.evidence.values_list("sha256", flat=True))
    enter(plan, Deed.HAND_IN, by, at, {"task": task.pk, "evidence": hashes, "late": at > task.due_at})
    return task


@transaction.atomic
def accept_task(*, task_id: int, by: Principal, at: datetime) -> Task:
    """Accept the evidence of a task. Never by who does it, answers for it or reported it: `Refused`."""
    plan, task = _lock(task_id, Deed.ACCEPT, by, at)
    _refuse_own(task, by)
    task.accepted_at, task.accepted_by_id = at, posting_of(by)
    task.save(update_fields=["accepted_at", "accepted_by"])
    enter(plan, Deed.ACCEPT, by, at, {"task": task.pk, "title": task.title, "post": task.post.code})
    return task


@transaction.atomic
def send_task_back(*, task_id: int, reason: str, by: Principal, at: datetime) -> Task:
    """Send a task back with the reason: it is open again, its due date stays."""
    plan, task = _lock(task_id, Deed.SEND_BACK, by, at)
    if not reason.strip():
        raise Invalid("plan.unusable", faults=(Fault("reason", "plan.no_reason"),))
    _refuse_own(task, by)
    task.done_at, task.done_by, task.sent_back = None, None, reason.strip()[:500]
    task.save(update_fields=["done_at", "done_by", "sent_back"])
    told = {"task": task.pk, "title": task.title, "post": task.post.code, "due_at": task.due_at.isoformat()}
    enter(plan, Deed.SEND_BACK, by, at, {**told, "reason": task.sent_back})
    return task


def _lock(task_id: int, deed: Deed, by: Principal, at: datetime) -> tuple[Plan, Task]:
    found = Task.objects.select_related("plan", "post", "unit").filter(pk=task_id).first()
    if found is None:
        raise NotFound("task.unknown", task=task_id)
    plan = lock_plan(year=found.plan.year, deed=deed, by=by, at=at, unit_id=found.unit_id, post=found.post.code)
    task = Task.objects.select_for_update(of=("self",)).select_related("plan", "post", "unit").get(pk=task_id)
    return plan, task


def _refuse_own(task: Task, by: Principal) -> None:
    reasons = find_acceptance_objections(facts_of(task), post=by.post_code, account=by.account_id)
    if reasons:
        raise Refused(reasons[0], reasons=reasons, task=task.pk)


def _post_for(plan: Plan, task: TaskGiven, unit_id: int, at: datetime) -> Post | None:
    if task.post:
        return Post.objects.filter(code=task.post).first()
    line = find_line(plan, unit_id=unit_id, indicator=task.indicator, at=at)
    return line.post if line else None


def _due(task: TaskGiven, at: datetime) -> datetime | None:
    calendar = get_calendar()
    if task.limit is not None:
        return promise(calendar, at, task.limit).due_at
    return calendar.closes_at(task.due_on) if task.due_on else None


def _faults(task: TaskGiven, post: Post | None, due_at: datetime | None, at: datetime) -> tuple[Fault, ...]:
    known = not task.indicator or find_kind(task.indicator, local_day(at)) is not None
    checks = (
        ("title", "task.no_title", not task.title.strip()),
        ("title", "targets.too_long", len(task.title) > LONGEST_TITLE),
        ("indicator", "targets.unknown_indicator", not known),
        ("post", "task.nobody", post is None),
        ("due_on", "task.no_due_day", due_at is None),
        ("due_on", "task.due_in_the_past", due_at is not None and due_at <= at),
    )
    params = {"found": task.indicator, "expected": str(LONGEST_TITLE)}
    return tuple(Fault(name, code, params) for name, code, wrong in checks if wrong)
