"""What units report of their targets by hand."""

from django.db import models
from django.db.models import Q

from onestop.accounts.models import Account
from onestop.agencies.models import Post, Posting, Unit
from onestop.plans.models.plans import Plan


class GoalReport(models.Model):
    """A figure that nothing on record measures, as a unit reported it with evidence (báo cáo kết quả chỉ tiêu).

    It counts from the moment at which somebody else accepted it; of several accepted ones the last, by `reached_on`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    reached_on = models.DateField()
    note = models.CharField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-reached_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit", "measure"],
                condition=Q(accepted_at=None, sent_back_at=None),
                name="one_waiting_report_a_measure",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="reported_figures_are_not_negative"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(sent_back_at=None, accepted_by__isnull=False),
                name="a_report_is_accepted_or_sent_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.measure} {self.value}"

    @property
    def is_waiting(self) -> bool:
        """True if nobody has accepted it or sent it back yet."""
        return self.accepted_at is None and self.sent_back_at is None
