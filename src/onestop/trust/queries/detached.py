"""What holds of a signature over a digest that stands by itself, such as one of the journal."""

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from onestop.trust import ports
from onestop.trust.queries.anchors import Trust
from onestop.trust.rules import BREAKING, Finding, SignatureReport

_PREHASHED = ec.ECDSA(utils.Prehashed(hashes.SHA256()))


def verify_detached(
    *, digest: bytes, signature: bytes, certificate: bytes, at: datetime, anchors: ports.TrustAnchors | None = None
) -> SignatureReport:
    """Check a raw ECDSA signature over a SHA-256 digest against a certificate (DER), judged at the moment `at`."""
    try:
        parsed = x509.load_der_x509_certificate(certificate)
    except ValueError:
        return SignatureReport("", "", "", at, None, False, False, True, "", "", (Finding.SIGNATURE_BROKEN,))
    findings = Trust(anchors or ports.trust_anchors()).find_faults(certificate, at, at)
    trusted, intact = BREAKING.isdisjoint(findings), _fits(parsed, digest, signature)
    if not intact:
        findings.append(Finding.INVALID)
    return SignatureReport(
        signer=_name(parsed, x509.NameOID.COMMON_NAME),
        organisation=_name(parsed, x509.NameOID.ORGANIZATION_NAME),
        role="",
        signed_at=at,
        stamped_at=None,
        intact=intact,
        trusted=trusted,
        covers_whole=True,
        serial=f"{parsed.serial_number:x}",
        reason="",
        findings=tuple(findings),
    )


def _fits(certificate: x509.Certificate, digest: bytes, signature: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, digest, _PREHASHED)
    except (InvalidSignature, ValueError):
        return False
    return True


def _name(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
