"""What revocation lists and OCSP answers say of a certificate, and until when they say it.

Sources: RFC 5280, 5 and 6.3 (lists); RFC 6960 (OCSP). Each is believed only if the certificate's own issuer signed
it, or for OCSP somebody whom the issuer certified for nothing else. Lists that tell only part (indirect, delta, by
reason) are not believed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

_PARTIAL = (x509.IssuingDistributionPoint, x509.DeltaCRLIndicator)
_WEAK = (hashes.MD5, hashes.SHA1)
_FORGIVING = {
    x509.ReasonFlags.unspecified, x509.ReasonFlags.affiliation_changed, x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revocation:
    """What is known: revoked since when (None: not revoked), and whether anything is known for the moment asked."""

    since: datetime | None = None
    known: bool = False
    forgiving: bool = False
    """The reason leaves what was made before untouched (RFC 3161, section 4)."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Lists and OCSP answers as DER, from wherever they came: each proves itself."""

    crls: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


NOTHING_SAID = Statements()


def find_revocation(
    certificate: x509.Certificate, issuer: x509.Certificate, statements: Statements, at: datetime
) -> Revocation:
    """Return what the statements says of a certificate at a moment."""
    said = [*_from_lists(certificate, issuer, statements.crls, at), *_from_answers(certificate, issuer, statements, at)]
    revoked = [found for found in said if found.since]
    known = any(found.known for found in said)
    if not revoked:
        return Revocation(None, known)
    first = min(revoked, key=lambda found: found.since or at)
    return Revocation(first.since, True, all(found.forgiving for found in revoked))


def _from_lists(
    certificate: x509.Certificate, issuer: x509.Certificate, crls: tuple[bytes, ...], at: datetime
) -> Iterable[Revocation]:
    for der in crls:
        crl = _load_crl(der)
        if crl is None or crl.issuer != certificate.issuer or not _signed_by(der, issuer):
            continue
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        current = _speaks_of(at, crl.last_update_utc, crl.next_update_utc)
        heard = crl.last_update_utc < certificate.not_valid_after_utc or _keeps_expired(crl)
        since = entry.revocation_date_utc if entry else None
        yield Revocation(since, current and heard, entry is not None and _reason(entry) in _FORGIVING)


def _from_answers(
    certificate: x509.Certificate, issuer: x509.Certificate, statements: Statements, at: datetime
) -> Iterable[Revocation]:
    for der in statements.answers:
        answer = _load_answer(der)
        if answer is None or not _answered_for(answer, issuer):
            continue
        for one in answer.responses:
            if one.serial_number != certificate.serial_number or not _same_issuer(one, issuer):
                continue
            since = one.revocation_time_utc
            good = one.certificate_status is not ocsp.OCSPCertStatus.UNKNOWN
            current = good and _speaks_of(at, one.this_update_utc, one.next_update_utc)
            yield Revocation(since, current, one.revocation_reason in {None, *_FORGIVING})


def _speaks_of(at: datetime, made: datetime, until: datetime | None) -> bool:
    """True if a statement is newer than the moment, or had not run out then."""
    return made >= at or (until is not None and at <= until)


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return x509.ReasonFlags.unspecified


def _keeps_expired(crl: x509.CertificateRevocationList) -> bool:
    """True if the list goes on naming certificates after their end (X.509, expiredCertsOnCRL)."""
    return any(extension.oid.dotted_string == "2.5.29.60" for extension in crl.extensions)


@lru_cache(maxsize=64)
def _load_crl(der: bytes) -> x509.CertificateRevocationList | None:
    try:
        crl = x509.load_der_x509_crl(der)
        partial = any(isinstance(extension.value, _PARTIAL) for extension in crl.extensions)
        weak = isinstance(crl.signature_hash_algorithm, _WEAK)
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None
    return None if partial or weak else crl


@lru_cache(maxsize=256)
def _signed_by(der: bytes, issuer: x509.Certificate) -> bool:
    crl = _load_crl(der)
    try:
        return crl is not None and _may(issuer, "crl_sign") and crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


@lru_cache(maxsize=64)
def _load_answer(der: bytes) -> ocsp.OCSPResponse | None:
    try:
        answer = ocsp.load_der_ocsp_response(der)
        successful = answer.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
        return answer if successful and not isinstance(answer.signature_hash_algorithm, _WEAK) else None
    except (ValueError, UnsupportedAlgorithm):
        return None


def _answered_for(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """True if the issuer signed the answer, or somebody certified by it for just that."""
    return any(_fits(answer, c) for c in (issuer, *answer.certificates) if c == issuer or _answers_for(c, issuer))


def _answers_for(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _fits(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    key: Any = signer.public_key()
    signature, signed, digest = answer.signature, answer.tbs_response_bytes, answer.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest:
            key.verify(signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest:
            key.verify(signature, signed, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _same_issuer(one: Any, issuer: x509.Certificate) -> bool:
    named = hashes.Hash(one.hash_algorithm)
    named.update(issuer.subject.public_bytes())
    key = hashes.Hash(one.hash_algorithm)
    key.update(_key_bits(issuer))
    return bool(one.issuer_name_hash == named.finalize() and one.issuer_key_hash == key.finalize())


def _key_bits(certificate: x509.Certificate) -> bytes:
    """The subject's public key as the bare bit string that OCSP hashes."""
    from asn1crypto import keys

    spki = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return bytes(keys.PublicKeyInfo.load(spki)["public_key"].contents[1:])


def _may(certificate: x509.Certificate, use: str) -> bool:
    try:
        return bool(getattr(certificate.extensions.get_extension_for_class(x509.KeyUsage).value, use))
    except x509.ExtensionNotFound:
        return True
