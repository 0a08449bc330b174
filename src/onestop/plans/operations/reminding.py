"""Reminders that go out by themselves, each once, whatever how often this runs (nhắc việc).

Each is an entry of the register `reminders`, not of the plan's own: nobody decided anything about the plan, so no page
of it has grown old. `notices` tells it to the posts that the entry names.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from onestop.accounts.rules import SYSTEM
from onestop.journal.operations import record_in_register
from onestop.journal.queries import list_register
from onestop.plans.models import Reminder, Task
from onestop.plans.operations.entries import local_day
from onestop.plans.queries.reminders import Due, find_nobody_due, list_reviews_due, posts_to_accept
from onestop.plans.queries.tasks import list_reminders
from onestop.plans.rules.duties import Nearness
from onestop.plans.rules.reminders import REGISTER


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Remind of every task that has a new reason for it; how many reminders went out."""
    today, sent = local_day(at), 0
    _hold()
    for item in list_reminders(at=at):
        if item.nearness is None:
            continue
        _, is_new = Reminder.objects.get_or_create(task=item.task, nearness=item.nearness, defaults={"on": today})
        if is_new:
            _enter_task(item.task, item.nearness, at)
            sent += 1
    return sent


@transaction.atomic
def remind_of_plan(*, at: datetime) -> int:
    """Remind of reviews to be signed and of targets for which nobody answers; how many reminders went out."""
    _hold()
    nobody = find_nobody_due(at=at)
    due = [*list_reviews_due(at=at), *([nobody] if nobody else [])]
    known = {entry.payload.get("key") for entry in list_register(REGISTER)} if due else set()
    new = [item for item in due if item.key not in known]
    for item in new:
        _enter(item, at)
    return len(new)


def _enter_task(task: Task, nearness: Nearness, at: datetime) -> None:
    posts = posts_to_accept(task) if nearness is Nearness.WAITS else (task.post.code,)
    told: dict[str, Any] = {"task": task.pk, "title": task.title, "due_at": task.due_at.isoformat()}
    _enter(Due(f"plan_task_{nearness.value}", f"task:{task.pk}:{nearness.value}", posts, told), at)


def _enter(due: Due, at: datetime) -> None:
    payload = {"key": due.key, **due.told, "posts": list(due.posts)}
    record_in_register(REGISTER, kind=due.kind, by=SYSTEM, at=at, payload=payload)


def _hold() -> None:
    """Of two at once, the second waits and finds what the first has noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('plans.reminders', 0))")
