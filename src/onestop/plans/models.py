"""The tables of the plan: the plan of a year, its versions, their lines, tasks with evidence, signed review sheets."""

from django.db import models
from django.db.models import F, Q

from onestop.accounts.models import Account
from onestop.agencies.models import Post, Posting, Unit
from onestop.plans.rules.kinds import Origin
from onestop.plans.rules.targets import Assigned, Base


class Plan(models.Model):
    """The action plan of a year (kế hoạch hành động năm). What happened to it stands in a register of the journal.

    `last_entry` is the number of the register's last entry: a page made from an older one is told so.
    """

    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    last_entry = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="one_plan_a_year_and_unit"),
            models.CheckConstraint(condition=Q(year__gte=2020, year__lte=2100), name="plans_are_of_a_real_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id}"

    @property
    def register(self) -> str:
        """The name of its register in the journal."""
        return f"plan:{self.year}:{self.unit.code}"


class PlanVersion(models.Model):
    """A version of a plan (bản kế hoạch): the first, or an amendment with its reason. Once signed it never changes."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    content_sha256 = models.CharField(max_length=64, blank=True)
    entry = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number"),
            models.UniqueConstraint(fields=["plan"], condition=Q(signed_at=None), name="one_draft_at_a_time"),
            models.CheckConstraint(
                condition=Q(signed_at=None, content_sha256="") | Q(signed_at__isnull=False) & ~Q(content_sha256=""),
                name="a_signed_version_has_its_hash",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="an_amendment_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class PlanLine(models.Model):
    """A target given to a unit (chỉ tiêu được giao): indicator, per cent, weight, document and page, who answers.

    `base_numerator` and `base_denominator` are the figure of the year before by which it was scaled, if it was.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    target = models.DecimalField(max_digits=5, decimal_places=2)
    weight = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=12, choices=[(origin.value, origin.value) for origin in Origin])
    document = models.CharField(max_length=200)
    page = models.CharField(max_length=40, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    base_numerator = models.PositiveIntegerField(null=True)
    base_denominator = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["unit__code", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["version", "unit", "indicator"], name="one_target_a_unit_and_indicator"),
            models.CheckConstraint(condition=Q(target__gte=0, target__lte=100), name="targets_are_per_cent"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="targets_weigh_something"),
            models.CheckConstraint(
                condition=Q(base_numerator=None, base_denominator=None)
                | Q(base_numerator__lte=F("base_denominator"), base_numerator__isnull=False),
                name="a_base_is_two_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator} {self.target}"

    @property
    def base(self) -> Base | None:
        """The figure of the year before, if it is known."""
        if self.base_numerator is None or self.base_denominator is None:
            return None
        return Base(self.base_numerator, self.base_denominator)

    @property
    def assigned(self) -> Assigned:
        """The line as the rules take it."""
        return Assigned(self.unit.code, self.target, self.base)


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


class ReviewSheet(models.Model):
    """The signed review of a unit's quarter (phiếu rà soát quý): the paper, by its hash, and the figures' moment."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit", "quarter"], name="one_review_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="a_year_has_four_quarters"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.unit_id} Q{self.quarter}"
