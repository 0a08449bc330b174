"""The one table of this chapter."""

from typing import Any

from django.db import models


class WorkingCalendarVersion(models.Model):
    """A version of the working calendar (lịch làm việc), of the province (`unit_code` empty) or of one unit.

    Never edited: a new notice is a new version, valid from its day on. `content` has the shape of `rules.as_payload`.
    """

    unit_code = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    legal_basis = models.CharField(max_length=500)
    published_by = models.CharField(max_length=80)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "version"], name="one_calendar_a_number"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="calendars_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code or 'province'} {self.version}"
