"""The paper that comes out: its number, its content, and each stage of its signing."""

from typing import Any

from django.db import models
from django.db.models import Q

from onestop.agencies.models import Posting
from onestop.dossiers.models import Dossier


class ResultPaper(models.Model):
    """The document of a result (văn bản kết quả) on its way from typeset to signed to sealed; each stage is kept.

    `waits_since` is set while its last signature has no time stamp yet, because no authority answered then.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result_paper")
    template = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    signed_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    waits_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["waits_since"], condition=Q(waits_since__isnull=False), name="papers_without_stamp")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, sealed_sha256="")
                | Q(sealed_at__isnull=False) & ~Q(sealed_sha256=""),
                name="a_sealed_paper_has_its_file",
            )
        ]

    def __str__(self) -> str:
        return self.number


class InitialledPaper(models.Model):
    """A paper that the head of division has initialled (văn bản đã ký nháy) and the leader will sign, as it is now."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="initialled_paper")
    number = models.CharField(max_length=60)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    claim_id = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    initialled_at = models.DateTimeField()
    initialled_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number


class NumberCounter(models.Model):
    """The last number of a series of an agency in a year (số văn bản): gapless, by row lock."""

    agency_code = models.CharField(max_length=24)
    series = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "series", "year"], name="one_counter_a_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.last}/{self.year} {self.series} {self.agency_code}"
