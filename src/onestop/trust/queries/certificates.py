"""Reading the certificates on record."""

from datetime import datetime

from django.db.models import F

from onestop.errors import NotFound
from onestop.trust.models import Certificate


def find_certificate_der(number: int) -> bytes | None:
    """Return a certificate as DER by its number, or None."""
    der = Certificate.objects.filter(id=number).values_list("der", flat=True).first()
    return None if der is None else bytes(der)


def get_certificate(number: int) -> Certificate:
    """Return a certificate by its number. Raises `NotFound`."""
    found = Certificate.objects.filter(id=number).first()
    if found is None:
        raise NotFound("certificate.unknown", certificate=number)
    return found


def find_current_certificate(key: str) -> Certificate | None:
    """Return the certificate that `key` signs with now, or None."""
    return Certificate.objects.filter(key=key, superseded_at=None, revoked_at=None).first()


def list_certificates(key: str = "") -> list[Certificate]:
    """Return all certificates of a key (or of all keys), those in use first."""
    rows = Certificate.objects.filter(key=key) if key else Certificate.objects.all()
    newest = (F("revoked_at").desc(nulls_first=True), F("superseded_at").desc(nulls_first=True))
    return list(rows.order_by(*newest, "key"))


def list_expiring(until: datetime) -> list[Certificate]:
    """Return the current certificates that end before a moment: whose keys need renewal."""
    rows = Certificate.objects.filter(superseded_at=None, revoked_at=None, valid_until__lt=until)
    return list(rows.order_by("valid_until", "key"))
