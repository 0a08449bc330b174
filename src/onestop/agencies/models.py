"""The tables of units, their succession, posts, postings and delegations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onestop.accounts.models import Account
from onestop.accounts.rules import Role
from onestop.agencies.rules import ActingForm, SuccessionShare, UnitKind, agency_name


class Named(models.Model):
    """Something with a name in Vietnamese, mostly in English, sometimes in Urdu."""

    names: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()

    class Meta:
        abstract = True

    def name(self, language: str = "vi") -> str:
        """Return the name in `language`, else the Vietnamese one."""
        return self.names.get(language) or self.names["vi"]

    def __str__(self) -> str:
        return self.names.get("vi", "")


class Structure(models.Model):
    """The organisation as a whole (cơ cấu tổ chức): one row, whose version changes with every change of units.

    By it a process knows whether its copy of the tree still holds.
    """

    version = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.version)


class Unit(Named):
    """An agency or a part of one (đơn vị), valid for a half-open period of days.

    `code` is our own (the real H49.xx codes of the province are not public); `agency_code` is the column for the
    electronic identifier of Decision 20/2020/QĐ-TTg once known. `national_code` is the code of the administrative
    unit. `path` is the codes from the province down, each ended by `/`.
    """

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in UnitKind])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    seat = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=120, unique=True)
    type = models.CharField(max_length=40, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    national_code = models.CharField(max_length=8, blank=True, db_index=True)
    is_vertical = models.BooleanField(default=False)
    sectors = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="units_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="units_are_of_a_known_kind"
            ),
        ]

    def agency_name(self, language: str = "vi") -> str:
        """Return the name of the agency: of `Phường Hà Tu`, `Ủy ban nhân dân phường Hà Tu`."""
        return agency_name(UnitKind(self.kind), self.name(language), language)


class Succession(models.Model):
    """One unit taking over another, wholly or partly, on a day (kế thừa đơn vị).

    Of the parts, exactly one `is_main`: figures of the predecessor that cannot be divided are shown there.
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    share = models.CharField(max_length=8, choices=[(share.value, share.value) for share in SuccessionShare])
    is_main = models.BooleanField(default=False)
    on = models.DateField()
    ground = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="one_succession_a_pair_and_day"),
            models.UniqueConstraint(fields=["predecessor"], condition=Q(is_main=True), name="one_main_successor"),
            models.CheckConstraint(
                condition=Q(share=SuccessionShare.PART.value) | Q(is_main=True), name="a_whole_succession_is_main"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}>{self.successor_id} {self.share}"


class Post(Named):
    """A post in a unit, with the role that goes with it (vị trí việc làm). Several officers may hold one post."""

    code = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="posts_have_a_known_role"),
        ]


class Posting(models.Model):
    """An account holding a post for a half-open period (bố trí vào vị trí việc làm): this makes an officer."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="postings")
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    decision_number = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gte=F("held_from")),
                name="postings_end_after_they_begin",
            ),
            models.UniqueConstraint(
                fields=["account", "post"], condition=Q(held_until__isnull=True), name="one_open_posting_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}@{self.post_id}"


class Delegation(models.Model):
    """An officer letting another act in the own post for a period (uỷ quyền, ký thay).

    `verbs` names what may be done; empty means all that the post allows. The ground and the number of the document
    are on record, since whatever is signed so must name them.
    """

    from_posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="delegations_given")
    to_posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="delegations_held")
    form = models.CharField(max_length=12, choices=[(form.value, form.value) for form in ActingForm])
    verbs = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    ground = models.CharField(max_length=200)
    document_number = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="delegations_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=~Q(from_posting=F("to_posting")), name="nobody_delegates_to_the_own_posting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_posting_id}>{self.to_posting_id} {self.document_number}"
