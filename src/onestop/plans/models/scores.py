"""What the head of a unit says of its officials beside what the journal counts."""

from django.db import models
from django.db.models import Q

from onestop.agencies.models import Posting


class GeneralScore(models.Model):
    """Points of the general criteria of an official for a year (điểm tiêu chí chung): never changed, the last holds.

    `entry` is the id of the journal entry by which the head gave them.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=4, decimal_places=1)
    reason = models.CharField(max_length=500)
    given_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["posting", "year"], name="general_scores_of_a_posting")]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="general_points_are_of_100"),
            models.CheckConstraint(condition=~Q(reason=""), name="general_points_have_their_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.year} {self.points}"
