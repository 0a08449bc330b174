"""Figures as they were signed for: kept whole, never changed."""

from typing import Any

from django.db import models
from django.db.models import Q

JSON = dict[str, Any]


class Snapshot(models.Model):
    """The figures of a unit for one period, as known at one moment (bản chốt số liệu).

    Prepared by one person, signed by another; once signed it stays, and a later change is the next `number` with its
    reason. `content` holds definitions, calendar, catalogue and counts by version, `content_hash` its SHA-256;
    `dossiers_hash` is that of the list of dossiers behind it. `quality` is what the report on the data found before
    (code, found, of; nothing found is left out). `entry` is the id of the journal entry that signs it.
    """

    unit = models.CharField(max_length=24)
    number = models.PositiveIntegerField()
    period_from = models.DateTimeField()
    as_of = models.DateTimeField()
    known_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    content_hash = models.CharField(max_length=64)
    dossiers_count = models.PositiveIntegerField()
    dossiers_hash = models.CharField(max_length=64)
    quality: "models.JSONField[list[JSON] | None, list[JSON] | None]" = models.JSONField(null=True)
    prepared_by = models.CharField(max_length=40)
    prepared_at = models.DateTimeField()
    signed_by = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-as_of", "unit", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "period_from", "as_of", "number"], name="one_snapshot_a_number"),
            models.UniqueConstraint(
                fields=["unit", "period_from", "as_of"], condition=Q(entry=None), name="one_unsigned_snapshot"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_later_snapshot_has_its_reason"),
            models.CheckConstraint(
                condition=Q(entry=None, signed_at=None, signed_by="")
                | (Q(entry__isnull=False, signed_at__isnull=False) & ~Q(signed_by="")),
                name="a_signed_snapshot_is_in_the_journal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.as_of:%Y-%m-%d} #{self.number}"
