"""Tables of feedback: ratings, petitions, the counter of their codes."""

from typing import Any

from django.db import models
from django.db.models import Q

from onestop.accounts.models import Account
from onestop.agencies.models import Posting, Unit
from onestop.dossiers.models import Dossier
from onestop.feedback.rules.petitions import OPEN, Outcome, PetitionState, Topic
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


class Petition(models.Model):
    """Feedback or a petition (phản ánh, kiến nghị). A projection of its own register, changed only through deeds.

    `unit` is what it is about, the province if nothing nearer is known; `agency` who has to answer it. `account`,
    `name`, `phone` and `email` are the petitioner's: personal data, as is `text`; none of it stands in the journal.
    `complained_post` is the code of the post whose conduct it is about. `due_at` is when the answer is due,
    `waits_from` since when the petitioner is asked to make something clear.
    """

    code = models.CharField(max_length=20, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    topic = models.CharField(max_length=8, choices=_choices(Topic))
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    complained_post = models.CharField(max_length=40, blank=True)
    may_be_public = models.BooleanField(default=False)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=_choices(PetitionState))
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    waits_from = models.DateTimeField(null=True)
    question = models.TextField(blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    publish_due_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True, choices=_choices(Outcome))
    satisfied = models.BooleanField(null=True)
    last_entry = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="petitions_to_answer", condition=Q(state__in=sorted(OPEN))),
            models.Index(fields=["unit", "-id"], name="petitions_about_a_unit"),
            models.Index(fields=["agency", "-id"], name="petitions_of_an_agency"),
            models.Index(fields=["account", "-id"], name="petitions_of_an_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(phone="") | ~Q(email=""), name="petitions_can_be_answered"
            ),
            models.CheckConstraint(
                condition=~Q(state=PetitionState.ANSWERED) | Q(answered_at__isnull=False), name="answered_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def register(self) -> str:
        """The name of its register in the journal."""
        return f"petition:{self.code}"


class PetitionCounter(models.Model):
    """The last number given on a local day; its row lock makes codes gapless (số thứ tự phản ánh trong ngày)."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"
