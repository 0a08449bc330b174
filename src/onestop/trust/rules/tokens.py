"""Time-stamp queries and what must hold of the answer before it is believed (RFC 3161, 2.4.2 and 2.3)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.trust.rules import cms, der
from onestop.trust.rules.certificates import Revocations, find_chain_fault, find_fault


class _Response(core.Sequence):  # type: ignore[misc]  # a library without types
    """TimeStampResp; a refusal holds no token."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", asn1_cms.ContentInfo, {"optional": True})]


_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_GRANTED = {"granted", "granted_with_mods"}
_FOR_NOW = {"time_not_available", "system_failure"}


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the digest (SHA-256), a number that the answer must repeat, the policy wanted, or none."""

    digest: bytes
    nonce: int
    policy: str = ""

    def as_bytes(self) -> bytes:
        """Return the request (DER), the certificates of the answer asked for as well."""
        return der.sequence(
            der.integer(1),
            der.sequence(cms.SHA256, der.octets(self.digest)),
            der.oid(self.policy) if self.policy else b"",
            der.integer(self.nonce),
            der.TRUE,
        )


@dataclass(frozen=True, slots=True)
class Believed:
    """Whom to believe: roots, further issuers, and what was revoked."""

    roots: Sequence[x509.Certificate]
    intermediates: Sequence[x509.Certificate]
    revoked: Revocations


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a token (DER), or why there is none; `passing` if it may be had later."""

    token: bytes = b""
    reason: str = ""
    passing: bool = False


def read_answer(data: bytes) -> Answer | None:
    """Take a response apart; None if it is none."""
    try:
        answer = _Response.load(data, strict=True)
        status = answer["status"]
        if status["status"].native in _GRANTED:
            return Answer(answer["time_stamp_token"].dump())
        reasons = set(status["fail_info"].native or ())
        return Answer(reason=", ".join(sorted(reasons)) or "rejection", passing=bool(reasons & _FOR_NOW))
    except (ValueError, TypeError, KeyError):
        return None


def find_token_fault(token: bytes, query: Query, believed: Believed) -> str | None:
    """Return why a token does not answer the query, or None.

    Codes: `unreadable`, `imprint`, `nonce`, `policy`, `signature`, `purpose`, and those of `find_fault`.
    """
    try:
        signed = asn1_cms.ContentInfo.load(token)["content"]
        info = _info(signed)
        return _find_fault(signed, info, query, believed)
    except Exception:  # noqa: BLE001  an answer made to confuse its reader is a finding, not a crash
        return "unreadable"


def find_stamp_fault(token: bytes, digest: bytes, believed: Believed) -> str | None:
    """Return why a token, whoever asked for it, does not attest that a digest was there; or None.

    Codes: `unreadable`, `imprint`, `signature`, `purpose`, and those of `find_fault`.
    """
    try:
        signed = asn1_cms.ContentInfo.load(token)["content"]
        info = _info(signed)
        return _find_imprint_fault(info, digest) or _find_signer_fault(signed, info, believed)
    except (ValueError, TypeError, LookupError, AttributeError, x509.InvalidVersion, UnsupportedAlgorithm):
        return "unreadable"


def token_moment(token: bytes) -> datetime:
    """Return the moment that a token attests."""
    moment: datetime = _info(asn1_cms.ContentInfo.load(token)["content"])["gen_time"].native
    return moment


def _info(signed: Any) -> Any:
    return tsp.TSTInfo.load(bytes(signed["encap_content_info"]["content"]))


def _find_fault(signed: Any, info: Any, query: Query, believed: Believed) -> str | None:
    fault = _find_imprint_fault(info, query.digest)
    if fault:
        return fault
    if info["nonce"].native != query.nonce:
        return "nonce"
    if query.policy and info["policy"].dotted != query.policy:
        return "policy"
    return _find_signer_fault(signed, info, believed)


def _find_imprint_fault(info: Any, digest: bytes) -> str | None:
    imprint = info["message_imprint"]
    stamped = (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native)
    return None if stamped == ("sha256", digest) else "imprint"


def _find_signer_fault(signed: Any, info: Any, believed: Believed) -> str | None:
    enclosed = [x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"]]
    (signer,) = signed["signer_infos"]
    own = _signer_certificate(signer, enclosed)
    if not _is_signed(signed, signer, own):
        return "signature"
    if not _is_for_time_stamps(own):
        return "purpose"
    chain = find_chain_fault(own, believed.roots, [*believed.intermediates, *(one for one in enclosed if one != own)])
    return find_fault(own, at=info["gen_time"].native, revoked=believed.revoked, chain=chain)


def _signer_certificate(signer: Any, enclosed: Sequence[x509.Certificate]) -> x509.Certificate:
    named = signer["sid"].chosen
    wanted = (named["issuer"].dump(), named["serial_number"].native)
    fitting = [one for one in enclosed if (one.issuer.public_bytes(), one.serial_number) == wanted]
    return fitting[0]


def _is_signed(signed: Any, signer: Any, certificate: x509.Certificate) -> bool:
    """True if the attributes name this content and this certificate, and are signed with its key."""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    kind = signed["encap_content_info"]["content_type"].native
    if not kind == attributes["content_type"][0].native == "tst_info":
        return False
    content = bytes(signed["encap_content_info"]["content"])
    if attributes["message_digest"][0].native != hashlib.new(algorithm, content).digest():
        return False
    return _fits(certificate, signer["signature"].native, signer["signed_attrs"].untag().dump(), _HASHES[algorithm]())


def _fits(certificate: x509.Certificate, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _is_for_time_stamps(certificate: x509.Certificate) -> bool:
    """True if the certificate is for time stamps and nothing else, and says so critically (RFC 3161, 2.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):  # missing, twice, or not to be read
        return False
    return usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
