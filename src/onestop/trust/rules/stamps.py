"""Reading a time stamp that stands by itself, and judging it without any framework. Source: RFC 3161; RFC 5652.

Whoever watches the public log needs no more than this: which digest, which moment, by whom.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.trust.rules.certificates import find_chain_fault

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token says: the moment, the SHA-256 digest stamped, and the certificates that came with it."""

    at: datetime
    digest: bytes
    signer: x509.Certificate
    enclosed: tuple[x509.Certificate, ...]
    is_intact: bool


def read_stamp(token: bytes) -> Stamp | None:
    """Take a token (DER ContentInfo) apart and check its own signature; None if it is no time stamp over SHA-256."""
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        info = signed["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        if not isinstance(info, tsp.TSTInfo) or imprint["hash_algorithm"]["algorithm"].native != "sha256":
            return None
        enclosed = tuple(x509.load_der_x509_certificate(item.chosen.dump()) for item in signed["certificates"])
        (signer,) = signed["signer_infos"]
        certificate = _find_signer(signer, enclosed)
        if certificate is None:
            return None
        intact = _is_intact(signer, certificate, bytes(signed["encap_content_info"]["content"]))
        return Stamp(info["gen_time"].native, imprint["hashed_message"].native, certificate, enclosed, intact)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def find_stamp_fault(stamp: Stamp | None, digest: bytes, roots: Sequence[x509.Certificate]) -> str | None:
    """Return why a stamp does not attest this digest, or None. Without `roots`, whose it is is not asked.

    Codes: `stamp.invalid`, `stamp.of_another`, `stamp.untrusted`.
    """
    if stamp is None or not stamp.is_intact or not _may_stamp(stamp):
        return "stamp.invalid"
    if stamp.digest != digest:
        return "stamp.of_another"
    untrusted = roots and find_chain_fault(stamp.signer, roots, stamp.enclosed)
    return "stamp.untrusted" if untrusted else None


def _find_signer(signer: cms.SignerInfo, enclosed: Sequence[x509.Certificate]) -> x509.Certificate | None:
    identifier = signer["sid"].chosen
    issuer, serial = identifier["issuer"].dump(), identifier["serial_number"].native
    return next((c for c in enclosed if c.issuer.public_bytes() == issuer and c.serial_number == serial), None)


def _is_intact(signer: cms.SignerInfo, certificate: x509.Certificate, content: bytes) -> bool:
    attributes = signer["signed_attrs"]
    digests = [item["values"][0].native for item in attributes if item["type"].native == "message_digest"]
    name = signer["digest_algorithm"]["algorithm"].native
    algorithm = _HASHES.get(name)
    if algorithm is None or digests != [hashlib.new(name, content).digest()]:
        return False
    return _fits(certificate, signer["signature"].native, attributes.untag().dump(), algorithm)


def _fits(certificate: x509.Certificate, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
            return True
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
            return True
    except InvalidSignature:
        return False
    return False


def _may_stamp(stamp: Stamp) -> bool:
    """True if the certificate is for time stamping and was in force at that moment."""
    try:
        uses = stamp.signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    is_for_time = ExtendedKeyUsageOID.TIME_STAMPING in uses
    return is_for_time and stamp.signer.not_valid_before_utc <= stamp.at <= stamp.signer.not_valid_after_utc
