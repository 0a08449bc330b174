"""One signer of a CMS signature or of a time-stamp token: do the bytes hold? Whom to believe is not asked here.

The cryptography is pyHanko's; around it stands what it leaves to its caller: every attribute once, the kind of content
named by the signature itself, and never a signature without signed attributes (it could be one over other content).
Sources: RFC 5652, 5.3, 5.6 and 11; RFC 5035; RFC 3161, 2.4.2; ETSI EN 319 122-1.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, parser, tsp, x509
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity

from onestop.trust.rules.certificates import LOCAL_ZONE
from onestop.validation.rules.evidence import Token
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.revocation import Statements

DigestOf = Callable[[str], bytes]
_HASHES = {"sha1", "sha224", "sha256", "sha384", "sha512", "md5", "sha3_256", "sha3_384", "sha3_512"}
_WEAK = {"md2", "md5", "sha1"}
_LEAST_BITS = {"rsa": 2048, "rsassa_pss": 2048, "dsa": 1 << 30, "ec": 224}  # DSA is no longer accepted at all
_MAX_SIGNERS = 64


@dataclass(slots=True)
class Signer:
    """What was found about one signer."""

    info: Any
    certificate: bytes = b""
    enclosed: tuple[bytes, ...] = ()
    intact: bool = False
    findings: list[Finding] = field(default_factory=list)


def read_signed_data(der: bytes) -> Any:
    """Return the SignedData of a CMS message. Raises ValueError for anything else, or bytes after it."""
    _, _, _, header, content, trailer = parser.parse(der)
    if der[len(header) + len(content) + len(trailer) :].strip(b"\0"):
        raise ValueError("bytes after the message")
    message = cms.ContentInfo.load(der)
    if message["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    if not 0 < len(message["content"]["signer_infos"]) <= _MAX_SIGNERS:
        raise ValueError("no signers, or too many")
    return message["content"]


def enclosed_content(signed_data: Any) -> bytes | None:
    """Return the content that a signature holds, or None if it is detached."""
    content = signed_data["encap_content_info"]["content"]
    return None if isinstance(content, core.Void) else bytes(content)


def check_signer(signed_data: Any, info: Any, digest_of: DigestOf, content_type: str = "data") -> Signer:
    """Check one signer against the digest of the content; `digest_of` computes it by the algorithm's name."""
    signer = Signer(info, enclosed=_certificates(signed_data))
    certificate = _find_certificate(signer)
    if certificate is None:
        signer.findings.append(Finding.NO_CERTIFICATE)
        return signer
    signer.certificate = certificate.dump()
    signer.enclosed = tuple(der for der in signer.enclosed if der != signer.certificate)
    signer.findings += _judge_algorithms(info, certificate)
    signer.findings += _judge_attributes(info, certificate, content_type)
    if signed_data["encap_content_info"]["content_type"].native != content_type:
        signer.findings.append(Finding.SIGNATURE_BROKEN)
    if Finding.SIGNATURE_BROKEN not in signer.findings:
        _judge_bytes(signer, certificate, digest_of, content_type)
    return signer


def _judge_bytes(signer: Signer, certificate: Any, digest_of: DigestOf, content_type: str) -> None:
    digest = digest_of(_digest_name(signer.info))
    try:
        intact, fits = validate_sig_integrity(signer.info, certificate, content_type, digest)
    except Exception:  # noqa: BLE001  unknown algorithms, keys that do not fit them, points off the curve
        signer.findings.append(Finding.SIGNATURE_BROKEN)
        return
    if not intact:
        signer.findings.append(Finding.ALTERED)
    if not fits:
        signer.findings.append(Finding.INVALID)
    signer.intact = bool(intact and fits)


def _judge_algorithms(info: Any, certificate: Any) -> Iterator[Finding]:
    named = {_digest_name(info), _hash_of_signature(info)}
    if not named <= _HASHES:
        yield Finding.UNSUPPORTED
    if named & _WEAK:
        yield Finding.WEAK
    if certificate.public_key.bit_size < _LEAST_BITS.get(certificate.public_key.algorithm, 0):
        yield Finding.WEAK_CERTIFICATE


def _hash_of_signature(info: Any) -> str:
    """The digest inside the signature; where the algorithm names none, that of the message."""
    try:
        return str(info["signature_algorithm"].hash_algo)
    except ValueError:
        return _digest_name(info)


def _judge_attributes(info: Any, certificate: Any, content_type: str) -> Iterator[Finding]:
    attributes = info["signed_attrs"]
    if isinstance(attributes, core.Void) or len(attributes) == 0:
        yield Finding.UNBOUND
        return
    kinds = [attribute["type"].dotted for attribute in attributes]
    values = {a["type"].native: a["values"] for a in attributes}
    said = values.get("content_type")
    twice = len(set(kinds)) < len(kinds) or any(len(found) != 1 for found in values.values())
    if twice or said is None or "message_digest" not in values or said[0].native != content_type:
        yield Finding.SIGNATURE_BROKEN
    named = get_signing_cert_attr(attributes)
    if named is None:
        yield Finding.CERTIFICATE_UNBOUND
    elif not check_ess_certid(certificate, named["certs"][0]):
        yield Finding.OTHER_CERTIFICATE


def _digest_name(info: Any) -> str:
    return str(info["digest_algorithm"]["algorithm"].native).lower()


def _certificates(signed_data: Any) -> tuple[bytes, ...]:
    return tuple(one.chosen.dump() for one in _each(signed_data["certificates"]) if one.name == "certificate")


def _find_certificate(signer: Signer) -> Any:
    """The certificate that the signer names by issuer and number, or by the identifier of its key."""
    sid = signer.info["sid"]
    for der in signer.enclosed:
        certificate = x509.Certificate.load(der)
        if sid.name == "issuer_and_serial_number":
            named = sid.chosen
            same = certificate.serial_number == named["serial_number"].native
            if same and _same_name(certificate.issuer, named["issuer"]):
                return certificate
        elif certificate.key_identifier == sid.chosen.native:
            return certificate
    return None


def _same_name(one: Any, other: Any) -> bool:
    """The same bytes, as nearly always, or the same by the rules of comparing names, which take far longer."""
    return bool(one.dump() == other.dump() or one == other)


def find_statements(signed_data: Any, info: Any) -> Statements:
    """Return the revocation lists and OCSP answers that a signature carries along."""
    crls, answers = [one.chosen.dump() for one in _each(signed_data["crls"]) if one.name == "crl"], []
    for kind, value in _attributes(info["signed_attrs"]):
        if kind == "adobe_revocation_info_archival":
            crls += [one.dump() for one in value["crl"] or ()]
            answers += [one.dump() for one in value["ocsp"] or ()]
    return Statements(tuple(crls), tuple(answers))


def claimed_time(info: Any) -> datetime | None:
    """Return the time that the signer claims."""
    claims = (value.native for kind, value in _attributes(info["signed_attrs"]) if kind == "signing_time")
    return plausible(next(claims, None))


def plausible(claim: Any) -> datetime | None:
    """Return a claimed time as a moment, or None for one that no clock shows; without a zone it is taken for local."""
    if not isinstance(claim, datetime) or not 1970 <= claim.year <= 2999:
        return None
    return claim if claim.tzinfo else claim.replace(tzinfo=LOCAL_ZONE)


def check_tokens(info: Any) -> tuple[Token, ...]:
    """Check the time stamps over a signature."""
    signature = info["signature"].native
    return tuple(
        check_token(value.dump(), lambda name: hash_of(name, signature))
        for kind, value in _attributes(info["unsigned_attrs"])
        if kind == "signature_time_stamp_token"
    )


def check_token(der: bytes, digest_of: DigestOf) -> Token:
    """Check a time-stamp token against the digest of what it stamps. Raises ValueError if it cannot be read."""
    signed_data = read_signed_data(der)
    content = enclosed_content(signed_data)
    if content is None:
        raise ValueError("an empty token")
    info = tsp.TSTInfo.load(content)
    imprint = info["message_imprint"]
    name = str(imprint["hash_algorithm"]["algorithm"].native)
    signer = check_signer(
        signed_data, signed_data["signer_infos"][0], lambda wanted: hash_of(wanted, content), "tst_info"
    )
    fits = imprint["hashed_message"].native == digest_of(name)
    alone = len(signed_data["signer_infos"]) == 1
    # RFC 3161 wants the certificate named; what else is wrong makes it no stamp at all
    sound = fits and alone and signer.intact and not signer.findings and name not in _WEAK
    found = () if sound else (Finding.STAMP_INVALID,)
    moment = plausible(info["gen_time"].native)
    if moment is None:
        raise ValueError("a token without a moment")
    return Token(moment, signer.certificate, signer.enclosed, found)


def spoil(token: Token) -> Token:
    """The token as one that does not hold, because of where it stands."""
    return Token(token.time, token.certificate, token.enclosed, (Finding.STAMP_INVALID,))


def hash_of(name: str, data: bytes) -> bytes:
    """Return the digest of some bytes. Raises ValueError for an algorithm that is not one of ours."""
    if name not in _HASHES:
        raise ValueError(name)
    return hashlib.new(name, data, usedforsecurity=False).digest()


def _attributes(attributes: Any) -> Iterator[tuple[str, Any]]:
    for attribute in _each(attributes):
        for value in attribute["values"]:
            yield attribute["type"].native, value


def _each(found: Any) -> Any:
    """The members of an optional part."""
    return () if isinstance(found, core.Void) else found
