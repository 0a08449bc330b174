"""Tables of feedback: ratings."""

from typing import Any

from django.db import models
from django.db.models import Q

from onestop.dossiers.models import Dossier
from onestop.feedback.rules.ratings import BEST, WORST, Conduct, RatedBy


def _choices(enum: Any) -> list[tuple[Any, str]]:
    return [(item.value, item.name) for item in enum]


class Rating(models.Model):
    """What an applicant said of a dossier (phiếu đánh giá). Never changed: a correction is a row that names the old.

    `entry` is the number of its entry in the dossier's journal. `comment` is the applicant's own words: personal data,
    of which the journal holds the hash alone.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="ratings")
    entry = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField()
    contacts = models.PositiveSmallIntegerField(null=True)
    agencies = models.PositiveSmallIntegerField(null=True)
    conduct = models.CharField(max_length=8, blank=True, choices=_choices(Conduct))
    comment = models.TextField(blank=True)
    rated_by = models.CharField(max_length=12, choices=_choices(RatedBy))
    rated_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "entry"], name="a_rating_is_an_entry"),
            models.UniqueConstraint(fields=["dossier"], condition=Q(corrects=None), name="rated_first_once"),
            models.CheckConstraint(condition=Q(rating__gte=WORST, rating__lte=BEST), name="rated_in_five_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.rating}"
