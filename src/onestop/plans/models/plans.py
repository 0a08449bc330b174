"""The plan of a year, its versions and their lines, the signed review sheets."""

from django.db import models
from django.db.models import F, Q

from onestop.agencies.models import Post, Posting, Unit
from onestop.plans.rules.kinds import Origin
from onestop.plans.rules.measures import Direction, Kind
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
    """A target given to a unit (chỉ tiêu được giao): about what, how much, weight, document and page, who answers.

    `indicator` is the code of an indicator, whose target is per cent, or of a measure of another kind
    (`rules.measures`).
    `base_numerator` and `base_denominator` are the figure of the year before by which it was scaled, if it was.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind], default=Kind.SHARE)
    direction = models.CharField(
        max_length=8, choices=[(way.value, way.value) for way in Direction], default=Direction.AT_LEAST
    )
    target = models.DecimalField(max_digits=18, decimal_places=2)
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
            models.CheckConstraint(
                condition=Q(target__gte=0) & (~Q(kind=Kind.SHARE) | Q(target__lte=100)), name="shares_are_per_cent"
            ),
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
    def is_share(self) -> bool:
        """True if the target is per cent of an indicator."""
        return self.kind == Kind.SHARE

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
