"""Whether a certificate may be signed with: by whom it names, what it was made for, and whether it holds then.

Sources: Law on Electronic Transactions 20/2023/QH15, Art 22-23, 25 (a signature is made with a certificate in force, by
the one it names); RFC 5280, 4.2.1.3 and 4.2.1.12 (usage); Decree 23/2025/NĐ-CP (certificates of persons and bodies).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from onestop.trust.rules.algorithms import usable
from onestop.trust.rules.certificates import Revocations, find_fault

_NAME_LIMIT = 64  # X.520 ub-common-name: longer names are cut in certificates
PAPERS = ".papers"
_NOT_FOR_PAPERS = frozenset(
    {
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CODE_SIGNING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    }
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it must be: the name of their key, and the name of the person or the body."""

    key: str
    name: str


def find_certificate_faults(
    certificate: x509.Certificate,
    *,
    holder: Holder,
    at: datetime,
    revoked: Revocations,
    chain_fault: str | None = None,
) -> tuple[str, ...]:
    """Return every reason why nothing may be signed with this certificate at that moment.

    Codes: `certificate.of_another`, `certificate.wrong_usage`, `certificate.weak_key`, and those of `find_fault`. A
    revocation counts from its moment on: what was signed before holds.
    """
    return tuple(_faults(certificate, holder, at, revoked, chain_fault))


def holder_key(key: str) -> str:
    """Return the name that stands in certificates: a second key of an officer, for papers only, bears the first's."""
    return key.removesuffix(PAPERS)


def _faults(
    certificate: x509.Certificate, holder: Holder, at: datetime, revoked: Revocations, chain_fault: str | None
) -> Iterator[str]:
    if not _names(certificate, holder):
        yield "certificate.of_another"
    if not may_sign_papers(certificate):
        yield "certificate.wrong_usage"
    if usable(certificate.public_key()) is None:
        yield "certificate.weak_key"
    if chain_fault:
        yield chain_fault
    term = find_fault(certificate, at=at, revoked={})
    if term:
        yield term
    since = revoked.get((certificate.issuer.public_bytes(), certificate.serial_number))
    if since is not None and since <= at:
        yield "certificate.revoked"


def _names(certificate: x509.Certificate, holder: Holder) -> bool:
    """True if it bears the key's name, or, of an outside authority that does not know our names, the holder's."""
    numbers = _texts(certificate, NameOID.USER_ID)
    if any(number.partition(":")[0] in {"officer", "seal", "claim", "system"} for number in numbers):
        return holder_key(holder.key) in {holder_key(number) for number in numbers}
    wanted = plain(holder.name)[:_NAME_LIMIT]
    return bool(wanted) and any(
        plain(name)[:_NAME_LIMIT] == wanted for name in _texts(certificate, NameOID.COMMON_NAME)
    )


def plain(name: str) -> str:
    """Return a name for comparing: one Unicode form, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def may_sign_papers(certificate: x509.Certificate) -> bool:
    """True if its key usage allows signatures, it is no authority's, and it was not made for something else alone."""
    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        if usage.key_cert_sign or not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        purposes = set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return True
    return not purposes <= _NOT_FOR_PAPERS


def _texts(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(one.value) for one in certificate.subject.get_attributes_for_oid(oid)]
