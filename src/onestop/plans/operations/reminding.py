"""Reminders that go out by themselves: once a task and reason, whatever how often this runs (nhắc việc)."""

from datetime import datetime

from onestop.plans.models import Reminder
from onestop.plans.operations.entries import local_day
from onestop.plans.queries.tasks import list_reminders


def remind(*, at: datetime) -> int:
    """Note a reminder for every task that has a new reason for one; how many were noted.

    It writes no journal entry: nobody decides anything, and the list of what is due is computed afresh at any time.
    """
    today = local_day(at)
    found = [
        Reminder(task=item.task, nearness=item.nearness, on=today) for item in list_reminders(at=at) if item.nearness
    ]
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(found, ignore_conflicts=True)
    return Reminder.objects.count() - before
