"""Process templates, and consultations that run beside the line."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onestop.agencies.models import Posting, Unit
from onestop.dossiers.models import Dossier


class ProcessTemplate(models.Model):
    """A process template (quy trình nội bộ, quy trình điện tử). Never changed: a change is the next version.

    `procedures` are the codes it is for; the general template has none.
    """

    code = models.CharField(max_length=48)
    version = models.PositiveIntegerField()
    procedures = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    in_force_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_template_a_version")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """How a dossier names the template and version it runs under."""
        return f"{self.code}@{self.version}"


class Consultation(models.Model):
    """A question to another unit, with its deadline, and the opinion given (lấy ý kiến)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    opinion = models.TextField(blank=True)
    agrees = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "unit"], condition=Q(answered_at__isnull=True), name="one_open_question_a_unit"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="an_opinion_is_due_after_the_question"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} ? {self.unit_id}"


class Appraisal(models.Model):
    """What the specialist found and proposes (phiếu thẩm định); the latest one counts."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="appraisals")
    proposal = models.CharField(max_length=12)
    findings = models.TextField(blank=True)
    reasons: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.proposal}"
