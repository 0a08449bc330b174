"""The table of alerts: open ones, and those that are over."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onestop.agencies.models import Unit
from onestop.alerts.rules.episodes import Key
from onestop.alerts.rules.kinds import AlertKind


class Alert(models.Model):
    """One episode of something going wrong (cảnh báo): what, where, since when, until when, who was told.

    `posts` are the posts that were told; `begun_entry` and `ended_entry` the entries of the journal that told them.
    """

    kind = models.CharField(max_length=16, choices=[(kind.value, kind.name) for kind in AlertKind])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60, blank=True)
    facts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    posts = ArrayField(models.CharField(max_length=40), default=list)
    begun_at = models.DateTimeField()
    begun_entry = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_entry = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "subject"], condition=Q(ended_at=None), name="one_open_alert_of_a_trouble"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="alerts_end_after_they_begin"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-begun_at"], name="alerts_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id} {self.subject}"

    @property
    def key(self) -> Key:
        """What makes two alerts the same trouble; the unit must have been read with it."""
        return AlertKind(self.kind), self.unit.code, self.subject

    @property
    def params(self) -> dict[str, Any]:
        """What fills its words."""
        return {**self.facts, "unit": self.unit.code}
