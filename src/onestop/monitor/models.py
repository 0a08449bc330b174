"""What the centre keeps: every submission as evidence, and the figures of those that count; what a member has sent."""

from typing import Any

from django.db import models
from django.db.models import F, Q


class Submission(models.Model):
    """One submission as it came in (lần gửi báo cáo): document and signature byte for byte, and what was found.

    Never changed. `is_counted` is true if nothing in it refuses it; `day` and `sequence` are unknown if it could not
    be read. `is_simulated` marks a nation made up to try things out.
    """

    member = models.CharField(max_length=8)
    day = models.DateField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)
    document = models.BinaryField()
    signature = models.BinaryField(blank=True)
    signer = models.CharField(max_length=250, blank=True)
    received_at = models.DateTimeField()
    is_counted = models.BooleanField()
    faults: "models.JSONField[list[list[str]], list[list[str]]]" = models.JSONField(default=list)
    is_simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "day"], condition=Q(is_counted=True), name="one_counted_submission_a_day"
            ),
            models.CheckConstraint(
                condition=Q(is_counted=False) | Q(day__isnull=False, sequence__isnull=False),
                name="what_counts_can_be_read",
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="submissions_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.day}"


class MemberFigure(models.Model):
    """One figure of one member on one day (số liệu của đơn vị): two whole numbers, and of how many."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="figures")
    member = models.CharField(max_length=8)
    day = models.DateField()
    code = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    population = models.BigIntegerField()
    denominator = models.BigIntegerField()
    numerator = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "day", "code"], name="one_figure_a_member_and_day"),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, numerator__lte=F("denominator"), denominator__lte=F("population")),
                name="a_part_is_no_more_than_the_whole",
            ),
        ]
        indexes = [models.Index(fields=["code", "day"], name="figures_of_a_day")]

    def __str__(self) -> str:
        return f"{self.member} {self.day} {self.code}: {self.numerator}/{self.denominator}"


class FactsRequest(models.Model):
    """The centre asks a member for the facts behind a report (yêu cầu gửi số liệu gốc). Never changed.

    It is open until facts are compared after it.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="facts_requests")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.asked_at:%Y-%m-%d}"


class Comparison(models.Model):
    """What counts for a day, held against the member's own facts (đối chiếu với số liệu gốc). Never changed.

    `digest` is the SHA-256 of the manifest of the facts, which names every file. Without differences, all agrees.
    `compared_by` is empty where the machine did it by itself.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comparisons")
    digest = models.CharField(max_length=64)
    compared_at = models.DateTimeField()
    compared_by = models.CharField(max_length=120, blank=True)
    differences: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "digest"], name="facts_are_compared_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.digest[:8]}: {len(self.differences)}"


class MemberKey(models.Model):
    """Whose signature a member's aggregates bear (chữ ký của đơn vị báo cáo): the holder its certificate names."""

    member = models.CharField(max_length=8)
    holder = models.CharField(max_length=250)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "valid_from"], name="one_holder_a_member_and_day")]

    def __str__(self) -> str:
        return f"{self.member}: {self.holder}"


class Composed(models.Model):
    """An aggregate that this province has composed and signed (báo cáo đã lập), until and after it was sent."""

    day = models.DateField(unique=True)
    sequence = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    document = models.BinaryField()
    signature = models.BinaryField()
    composed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.day} {self.sequence}"
