"""Tables of the dossier: its row, its parts, what was asked to be supplemented, the counter of codes."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from onestop.agencies.models import Posting, Unit
from onestop.applicants.models import Applicant
from onestop.catalogue.models import Procedure, ProcedureVersion
from onestop.dossiers.rules.filing import Channel, Filer, Given, ReturnWay
from onestop.dossiers.rules.states import TO_DO, State

JSON = dict[str, Any]


def _choices(enum: Any) -> list[tuple[Any, str]]:
    return [(item.value, item.name) for item in enum]


class Dossier(models.Model):
    """A dossier (hồ sơ). A projection of its journal; changed only through `operations.deeds.perform`.

    `receiving_unit` is the desk where it came in, `competent_unit` the agency that decides, `settling_unit` the
    division that handles it, `holder_unit` who has it now. `due_at` is the legal due moment, `indicator_due_at` the
    one that indicator 2.1 of Decision 766/QĐ-TTg counts, `appointed_at` the one the applicant was last told.
    `process` names the process template and its version.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=200)
    channel = models.PositiveSmallIntegerField(choices=_choices(Channel))
    filer = models.CharField(max_length=16, choices=_choices(Filer))
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    competent_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    settling_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    consulted_unit_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.PositiveSmallIntegerField(choices=_choices(State))
    process = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    step_role = models.CharField(max_length=24)
    assignee = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    answers: "models.JSONField[JSON, JSON]" = models.JSONField(default=dict)
    limit_case = models.CharField(max_length=60, blank=True)
    return_way = models.PositiveSmallIntegerField(choices=_choices(ReturnWay), default=ReturnWay.COUNTER)
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    clock_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    indicator_due_at = models.DateTimeField(null=True)
    appointed_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    waiting_from = models.DateTimeField(null=True)
    supplements = models.PositiveSmallIntegerField(default=0)
    reappointments = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    journal_sequence = models.PositiveIntegerField()
    journal_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(
                fields=["holder_unit", "step_role", "step_due_at", "id"],
                name="work_of_a_unit",
                condition=Q(state__in=sorted(TO_DO)),
            ),
            models.Index(fields=["receiving_unit", "-id"], name="received_at_a_desk"),
            models.Index(fields=["settling_unit", "-id"], name="settled_by_a_division"),
            models.Index(fields=["holder_unit", "-id"], name="held_by_a_unit"),
            models.Index(fields=["applicant", "-id"], name="of_an_applicant"),
            GinIndex(fields=["consulted_unit_ids"], name="consulted", condition=~Q(consulted_unit_ids=[])),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.SUBMITTED, State.NOT_ACCEPTED, State.WAITING_SUPPLEMENT, State.WITHDRAWN])
                | Q(accepted_at__isnull=False),
                name="handled_only_after_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(due_at__isnull=False), name="accepted_with_a_due_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | Q(returned_at__isnull=False), name="returned_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DossierPart(models.Model):
    """A part of a dossier (thành phần hồ sơ đã nộp): which required document, how given, which file.

    `signature` is what was found of the applicant's own signature when it came in (`rules.own_signatures`), with the
    name in its certificate as `signer`; `p7s_sha256` the signature's file if it came beside.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parts")
    document = models.CharField(max_length=60)
    given = models.CharField(max_length=12, choices=_choices(Given))
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    p7s_sha256 = models.CharField(max_length=64, blank=True)
    signature: "models.JSONField[JSON | None, JSON | None]" = models.JSONField(null=True)
    digitised_at = models.DateTimeField(null=True)
    digitised_by = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given__in=[Given.FILE, Given.SCAN, Given.COPY]) | ~Q(sha256=""), name="a_file_has_its_hash"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.document}"


class SupplementRequest(models.Model):
    """What the applicant was asked to supplement or complete (yêu cầu bổ sung): everything at once, with reasons."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests")
    round = models.PositiveSmallIntegerField()
    items: "models.JSONField[list[JSON], list[JSON]]" = models.JSONField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round"], name="one_request_a_round"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="one_open_request_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.round}"


class CodeCounter(models.Model):
    """The last number given at a unit on a local day; its row lock makes codes gapless (số thứ tự hồ sơ trong ngày)."""

    unit_code = models.CharField(max_length=24)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_code", "day"], name="one_counter_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.day}: {self.last}"
