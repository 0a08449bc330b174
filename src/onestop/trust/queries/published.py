"""The certificates that anybody needs to check what was issued here: of claims, of seals, of the lists."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.db.models import Q

from onestop.trust import ports
from onestop.trust.models import Certificate
from onestop.trust.rules import cose
from onestop.trust.rules.certificates import find_chain_fault

_PUBLISHED = Q(key__startswith="claim:") | Q(key__startswith="seal:") | Q(key="system:status")


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key as outsiders know it: its id in messages, its name here, whose it is, its certificate and its life."""

    key_id: bytes
    key: str
    holder: str
    certificate: bytes
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None

    def find_fault(self, at: datetime) -> str | None:
        """Return why the key may not be relied on for something of that moment, or None."""
        if self.revoked_at is not None:
            return "certificate.revoked"
        if at < self.valid_from:
            return "certificate.not_yet_valid"
        return "certificate.expired" if at >= self.valid_until else None


def list_published() -> list[PublishedKey]:
    """Return every published key, also those no longer used: old results are checked with them."""
    return [_published(row) for row in Certificate.objects.filter(_PUBLISHED).order_by("key", "valid_from", "id")]


def find_published(key_id: bytes) -> PublishedKey | None:
    """Return the published key of this id if its certificate leads to a trusted root, else None."""
    row = Certificate.objects.filter(_PUBLISHED, id=int.from_bytes(key_id, "big") >> 1).first()
    found = _published(row) if row is not None else None
    return found if found is not None and found.key_id == key_id and _is_trusted(found.certificate) else None


def is_signed(message: cose.Message, certificate: bytes) -> bool:
    """True if a message was signed with the key of this certificate."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(cose.der_signature(message.signature), message.signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _published(row: Certificate) -> PublishedKey:
    der = bytes(row.der)
    return PublishedKey(
        cose.key_id(der), row.key, row.common_name, der, row.valid_from, row.valid_until, row.revoked_at
    )


def _is_trusted(der: bytes) -> bool:
    anchors = ports.trust_anchors()
    roots, others = (
        [x509.load_der_x509_certificate(other) for other in kept] for kept in (anchors.roots(), anchors.intermediates())
    )
    return find_chain_fault(x509.load_der_x509_certificate(der), roots, others) is None


@dataclass(frozen=True, slots=True)
class PublishedTrust:
    """Whom an outsider has to believe to check what was issued here; `revoked` is issuer (DER), serial, moment."""

    roots: tuple[bytes, ...]
    intermediates: tuple[bytes, ...]
    revoked: tuple[tuple[bytes, int, datetime], ...]
    keys: tuple[PublishedKey, ...]


def published_trust() -> PublishedTrust:
    """Return the roots, the issuing certificates, what was revoked, and every published key."""
    anchors = ports.trust_anchors()
    revoked = sorted((issuer, serial, at) for (issuer, serial), at in anchors.revocations().items())
    return PublishedTrust(anchors.roots(), anchors.intermediates(), tuple(revoked), tuple(list_published()))
