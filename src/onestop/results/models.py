"""The settlement result as returned."""

from django.db import models

from onestop.agencies.models import Posting
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.filing import ReturnWay


class Result(models.Model):
    """A result returned (kết quả giải quyết thủ tục hành chính): by which way, to whom, electronic or not."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    sha256 = models.CharField(max_length=64, blank=True)
    is_electronic = models.BooleanField()
    way = models.PositiveSmallIntegerField(choices=[(way.value, way.name) for way in ReturnWay])
    receiver = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.way}"
