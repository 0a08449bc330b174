"""The one table of trust: whose certificates are on record."""

from django.db import models
from django.db.models import F, Q

from onestop.trust.rules import KeyKind


class Certificate(models.Model):
    """A certificate (chứng thư số) of a key known here; never deleted, since old signatures are checked with it.

    `id` is the first 63 bits of the certificate's SHA-256. A renewed certificate is superseded, not revoked: what
    was signed with it holds on.
    """

    id = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.name) for kind in KeyKind])
    common_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=250, blank=True)
    serial = models.CharField(max_length=40)
    der = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    issued_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(superseded_at__isnull=True, revoked_at__isnull=True),
                name="one_current_certificate_a_key",
            ),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="certificate_period_is_real"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="revocation_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["key"], name="certificates_by_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.serial}"
