"""Slips once made."""

from django.db import models

from onestop.dossiers.models import Dossier
from onestop.notices.rules.slips import SlipKind


class Slip(models.Model):
    """A slip as it was issued (phiếu): which entry it belongs to, and the sealed file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.name) for kind in SlipKind])
    number = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="one_slip_an_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
