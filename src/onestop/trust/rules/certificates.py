"""When a certificate may be relied on.

Source: Law on Electronic Transactions 20/2023/QH15, Art 22-23 (a signature is checked against the certificate in
force at the moment of signing); RFC 5280 for the mechanics.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature

LOCAL_ZONE = timezone(timedelta(hours=7))
FIRST_VALID = datetime(2023, 1, 1, tzinfo=LOCAL_ZONE)
"""The local authority's certificates are valid from here on, so that past days can be replayed."""
_MAX_CHAIN = 4

Revocations = Mapping[tuple[bytes, int], datetime]
"""Issuer (DER name) and serial number of a revoked certificate → the moment of its revocation."""


def certificate_id(der: bytes) -> int:
    """Return the number of a certificate: the first 63 bits of its SHA-256.

    It follows from the certificate itself, so signing needs no look-up to name the certificate.
    """
    return int.from_bytes(hashlib.sha256(der).digest()[:8], "big") >> 1


def find_fault(
    certificate: x509.Certificate, *, at: datetime, revoked: Revocations, chain: str | None = None
) -> str | None:
    """Return why a certificate may not be relied on at a moment, or None.

    `chain` is the outcome of `find_chain_fault`, which does not change and may be kept.
    Codes: `certificate.untrusted`, `certificate.not_yet_valid`, `certificate.expired`, `certificate.revoked`.
    """
    if chain:
        return chain
    if at < certificate.not_valid_before_utc:
        return "certificate.not_yet_valid"
    if at >= certificate.not_valid_after_utc:
        return "certificate.expired"
    since = revoked.get((certificate.issuer.public_bytes(), certificate.serial_number))
    return "certificate.revoked" if since is not None and since <= at else None


def find_chain_fault(
    certificate: x509.Certificate, roots: Sequence[x509.Certificate], intermediates: Sequence[x509.Certificate]
) -> str | None:
    """Return `certificate.untrusted` if no chain of signatures leads to one of `roots`, else None."""
    current = certificate
    for _ in range(_MAX_CHAIN):
        if _find_issuer(current, roots):
            return None
        issuer = _find_issuer(current, intermediates)
        if issuer is None or issuer == current:
            break
        current = issuer
    return "certificate.untrusted"


def link_chain(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """Return the certificate and, of the others, those that lead from it towards a root, which is left out."""
    chain = [certificate]
    for _ in range(_MAX_CHAIN):
        issuer = _find_issuer(chain[-1], others)
        if issuer is None or issuer.issuer == issuer.subject:
            break
        chain.append(issuer)
    return chain


def is_authority(certificate: x509.Certificate) -> bool:
    """True if the certificate may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _find_issuer(certificate: x509.Certificate, candidates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((c for c in candidates if is_authority(c) and issued(certificate, c)), None)


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """True if the signature on a certificate is its issuer's."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
