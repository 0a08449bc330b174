"""The tables of applicants, their representatives, and of who read their data."""

from django.db import models
from django.db.models import F, Q

from onestop.accounts.models import Account
from onestop.applicants.rules import ApplicantKind, RepresentationGround, Sex


class Applicant(models.Model):
    """A person or organisation that asks for something (tổ chức, cá nhân nộp hồ sơ).

    `commune_code` is the code of a unit as text: the chapter of agencies stands on the same floor. `sort_key` and
    `search_key` are made from the name by the rules.
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in ApplicantKind])
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=260, db_collation="C")
    search_key = models.CharField(max_length=200)
    personal_id = models.CharField(max_length=12, null=True, blank=True, unique=True)
    tax_code = models.CharField(max_length=13, null=True, blank=True, unique=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=[(sex.value, sex.value) for sex in Sex], default=Sex.UNSTATED.value)
    nationality = models.CharField(max_length=2, default="VN")
    address = models.CharField(max_length=300, blank=True)
    commune_code = models.CharField(max_length=24, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="applicant")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ApplicantKind]), name="applicants_are_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicantKind.CITIZEN.value) | Q(personal_id__isnull=True),
                name="only_citizens_have_a_personal_id",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicantKind.CITIZEN.value) | Q(account__isnull=True),
                name="only_citizens_are_an_account",
            ),
            models.CheckConstraint(
                condition=Q(personal_id__isnull=True) | Q(personal_id__regex=r"^[0-9]{12}$"),
                name="personal_ids_have_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(tax_code__isnull=True) | Q(tax_code__regex=r"^[0-9]{10}([0-9]{2,3})?$"),
                name="tax_codes_have_10_12_or_13_digits",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="applicants_by_name"),
            models.Index(fields=["search_key"], name="applicants_by_search_key", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone"], name="applicants_by_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class Representation(models.Model):
    """One applicant acting for another (đại diện, uỷ quyền) for a half-open period."""

    principal = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="represented_by")
    representative = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="represents")
    ground = models.CharField(max_length=24, choices=[(ground.value, ground.value) for ground in RepresentationGround])
    document_number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="representations_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("representative")), name="nobody_represents_the_own_person"
            ),
            models.UniqueConstraint(
                fields=["principal", "representative", "ground"],
                condition=Q(valid_until__isnull=True),
                name="one_open_representation_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.principal_id}"


class ReadRecord(models.Model):
    """Somebody read an applicant's data (nhật ký khai thác dữ liệu cá nhân). Written once, never changed.

    `what` says what was read, e.g. `profile` or `dossier:H49.21-260105-0007`.
    """

    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="reads")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_code = models.CharField(max_length=40, blank=True)
    unit_code = models.CharField(max_length=24, blank=True)
    what = models.CharField(max_length=80)
    ground = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["applicant", "-at"], name="reads_of_an_applicant")]

    def __str__(self) -> str:
        return f"{self.what} of {self.applicant_id}"
