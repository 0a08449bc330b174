"""Tables of the catalogue: sectors, procedures, their versions, electronic forms."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from onestop.catalogue.rules.kinds import Applicability, OnlineLevel, ProcedureKind, ProcedureState

JSON = dict[str, Any]


def _choices(enum: Any) -> list[tuple[str, str]]:
    return [(item.value, item.name) for item in enum]


class Named(models.Model):
    """Something with a name in Vietnamese, perhaps also in English and Urdu, and a key that sorts it in Vietnamese."""

    names: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()
    sort_key = models.CharField(max_length=2400, db_collation="C", editable=False)

    class Meta:
        abstract = True

    def name(self, language: str = "vi") -> str:
        """Return the name in `language`, else the Vietnamese one."""
        return self.names.get(language) or self.names["vi"]

    def __str__(self) -> str:
        return self.names.get("vi", "")


class Sector(Named):
    """A sector of procedures (lĩnh vực). `code` is our own slug, `national_code` the national one where known."""

    code = models.CharField(max_length=40, unique=True)
    national_code = models.CharField(max_length=20, blank=True)


class Procedure(Named):
    """An administrative procedure (thủ tục hành chính), as the national catalogue lists it.

    What may change with a decision stands in its versions. `applicability` is an inference, and `facts_source` says so.
    The `search_` columns are computed in Python, so that no locale of the database matters.
    """

    code = models.CharField(max_length=12, unique=True)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="procedures")
    levels = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    applicant_kinds = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    kind = models.CharField(max_length=12, choices=_choices(ProcedureKind))
    state = models.CharField(max_length=12, choices=_choices(ProcedureState))
    applicability = models.CharField(max_length=20, choices=_choices(Applicability))
    agency = models.TextField(blank=True)
    promulgated_by = models.CharField(max_length=300, blank=True)
    is_curated = models.BooleanField(default=False)
    successor = models.CharField(max_length=12, blank=True)
    provincial_online_examples = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    facts_source: "models.JSONField[JSON, JSON]" = models.JSONField(default=dict)
    as_of = models.CharField(max_length=80, blank=True)
    prominence = models.SmallIntegerField(default=0, editable=False)
    search_name = models.CharField(max_length=1600, editable=False)
    search_accented = models.CharField(max_length=1600, editable=False)
    search_other = models.CharField(max_length=2400, blank=True, editable=False)
    search_words = models.TextField(editable=False)
    search_vector = models.GeneratedField(
        expression=Func(Func(F("search_words"), Value(" "), function="string_to_array"), function="array_to_tsvector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="procedures_by_name"),
            models.Index(fields=["sector", "sort_key", "id"], name="procedures_of_a_sector"),
            GinIndex(fields=["search_vector"], name="procedures_by_words"),
            GinIndex(fields=["search_words"], opclasses=["gin_trgm_ops"], name="procedures_by_likeness"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]\.[0-9]{6}$"), name="procedures_have_a_national_code"
            ),
            models.CheckConstraint(condition=~Q(search_words=""), name="procedures_can_be_found"),
        ]


class EForm(models.Model):
    """An electronic form (mẫu đơn điện tử) in one version; immutable, a change is a new version.

    `procedures` are the codes it serves; the form with none serves every procedure that has no form of its own.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    titles: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()
    procedures = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    content: "models.JSONField[JSON, JSON]" = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_form_a_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class ProcedureVersion(models.Model):
    """A version of a procedure (phiên bản), made by a decision of publication (quyết định công bố).

    In force from `effective_from` until before `effective_until`; an empty period means that it was replaced on the
    day it came. Immutable but for being ended. `effective_assumed` marks a first day that the source does not tell;
    `is_imported` tells a version of the national catalogue from one that an authority of the province published here.
    `decided_on` is the day on which the decision was signed. `is_eligible` says whether the procedure can be done
    full-process at all (đủ điều kiện toàn trình), None where nobody has said; `eligibility_reason` why not.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    effective_assumed = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=True)
    online_level = models.CharField(max_length=12, choices=_choices(OnlineLevel))
    online_submission = models.BooleanField(null=True)
    online_basis = models.CharField(max_length=120, blank=True)
    is_eligible = models.BooleanField(null=True)
    eligibility_reason = models.CharField(max_length=300, blank=True)
    content: "models.JSONField[JSON, JSON]" = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="versions_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(online_level__in=[level.value for level in OnlineLevel]), name="versions_have_a_known_level"
            ),
            ExclusionConstraint(
                name="versions_do_not_overlap",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_until"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"
