"""The settlement result as returned, as revoked, and the lists that say so."""

from django.db import models
from django.db.models import Q

from onestop.agencies.models import Posting
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.filing import ReturnWay
from onestop.results.rules.revocations import GIVEN_BY_OFFICERS


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


class Revocation(models.Model):
    """A result revoked (thu hồi, hủy bỏ kết quả): from when, why, on what legal ground, by whom. Never undone.

    `claim_id` is that of the claim in its QR code; empty if the result bears none.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="revocation")
    claim_id = models.BinaryField(max_length=16)
    cause = models.PositiveSmallIntegerField(choices=[(cause.value, cause.name) for cause in GIVEN_BY_OFFICERS])
    reason = models.CharField(max_length=1000)
    ground = models.CharField(max_length=200)
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(ground=""), name="revoked_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.cause}"


class RevocationList(models.Model):
    """A signed list of what was revoked until a moment (danh sách kết quả bị thu hồi), as it was published."""

    made_at = models.DateTimeField(unique=True)
    message = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class KeptResult(models.Model):
    """The form of a result that outlives its certificates (bản lưu trữ dài hạn, PAdES B-LTA), beside the original.

    `original_sha256` is the sealed file it was made of, `renew_at` from when on it has to be stamped again, `stamps`
    how often it was.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="kept_result")
    original_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    stamped_at = models.DateTimeField()
    holds_until = models.DateTimeField()
    renew_at = models.DateTimeField(db_index=True)
    stamps = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.stamped_at:%Y-%m-%d}"


class CredentialOffer(models.Model):
    """An offer of a credential to a wallet (mã nhận giấy tờ vào ví điện tử): codes and token are kept as hashes."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="credential_offers")
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=64)
    failures = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  none is not an empty one
    token_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.made_at:%Y-%m-%d %H:%M}"


class Credential(models.Model):
    """A credential in a wallet (giấy tờ điện tử trong ví): for which dossier, to which key, where its status is."""

    offer = models.OneToOneField(CredentialOffer, models.PROTECT, related_name="credential")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField(unique=True)
    holder = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.status_index}"


class SpentNonce(models.Model):
    """A nonce that a wallet has used (số dùng một lần): it is not taken a second time."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
