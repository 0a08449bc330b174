"""What holds of a signature over a digest that stands by itself, such as one of the journal."""

from dataclasses import replace
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from onestop.trust import ports
from onestop.validation.queries.anchors import Trust, load
from onestop.validation.queries.judging import judge
from onestop.validation.rules.evidence import Contents, Signed
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.kinds import FileKind
from onestop.validation.rules.reports import SignatureReport

_PREHASHED = ec.ECDSA(utils.Prehashed(hashes.SHA256()))


def verify_detached(
    *, digest: bytes, signature: bytes, certificate: bytes, at: datetime, anchors: ports.TrustAnchors | None = None
) -> SignatureReport:
    """Check a raw ECDSA signature over a SHA-256 digest against a certificate (DER), judged at the moment `at`."""
    parsed = load(certificate)
    if parsed is None:
        return SignatureReport("", "", "", at, None, False, False, True, "", "", (Finding.SIGNATURE_BROKEN,))
    signed = Signed(certificate=certificate, claimed=at, intact=_fits(parsed, digest, signature), whole=True)
    if not signed.intact:
        signed.add(Finding.INVALID)
    trust = Trust(anchors or ports.trust_anchors())
    (report,) = judge(Contents((signed,)), trust, at, FileKind.UNKNOWN).signatures
    return replace(report, findings=tuple(found for found in report.findings if found is not Finding.NO_STAMP))


def _fits(certificate: x509.Certificate, digest: bytes, signature: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, digest, _PREHASHED)
    except (InvalidSignature, ValueError):
        return False
    return True
