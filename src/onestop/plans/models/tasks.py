"""Tasks of a plan, their evidence, and whom it was reminded of."""

from django.db import models
from django.db.models import Q

from onestop.accounts.models import Account
from onestop.agencies.models import Post, Posting, Unit
from onestop.plans.models.plans import Plan


class Task(models.Model):
    """What is to be done for a line of the plan, by whom, until when (nhiệm vụ)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=2000, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    sent_back = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["post", "due_at"], name="open_tasks_of_a_post", condition=Q(accepted_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(done_at__isnull=False), name="only_what_is_done_is_accepted"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A file that shows a task was done (minh chứng)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["task", "sha256"], name="evidence_is_added_once")]

    def __str__(self) -> str:
        return self.file_name


class Reminder(models.Model):
    """That a post was reminded of a task on a day, and why (nhắc việc): once a day and reason."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders")
    nearness = models.CharField(max_length=8)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "nearness"], name="reminded_once_a_reason")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.nearness} {self.on}"
