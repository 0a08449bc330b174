"""Trust anchors as the checking library wants them, taken apart once."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko_certvalidator import ValidationContext

from onestop.trust.ports import TrustAnchors
from onestop.trust.rules.certificates import find_chain_fault, find_fault
from onestop.trust.rules.reports import Finding


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a check believes."""

    anchors: TrustAnchors

    def context(self, moment: datetime) -> ValidationContext:
        """Return the library's context for one moment; nothing is ever fetched."""
        return ValidationContext(
            trust_roots=_parse_all(self.anchors.roots()),
            other_certs=_parse_all(self.anchors.intermediates()),
            crls=_parse_lists(self.anchors.crls()),
            moment=moment,
            best_signature_time=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )

    def find_faults(
        self, der: bytes, moment: datetime, revoked_by: datetime | None, enclosed: tuple[bytes, ...] = ()
    ) -> list[Finding]:
        """Return all that is wrong with a certificate; `enclosed` certificates may link it to a root.

        It is judged at `moment`; revocation counts up to `revoked_by`, or whenever it was if that is None: without an
        attested time a signer's word does not help against revocation.
        """
        certificate = x509.load_der_x509_certificate(der)
        others = (*self.anchors.intermediates(), *enclosed)
        found = [Finding.UNTRUSTED] if find_chain_fault(certificate, _load(self.anchors.roots()), _load(others)) else []
        fault = find_fault(certificate, at=moment, revoked={})
        if fault:
            found.append(Finding(fault))
        issuer = certificate.issuer.public_bytes()
        since = self.anchors.revocations().get((issuer, certificate.serial_number))
        if since is not None and (revoked_by is None or since <= revoked_by):
            found.append(Finding.REVOKED)
        if issuer not in _list_issuers(self.anchors.crls()):
            found.append(Finding.REVOCATION_UNKNOWN)
        return found

    def leads_nowhere(self, der: bytes, enclosed: tuple[bytes, ...]) -> bool:
        """True if an enclosed certificate was issued by none of those at hand, itself apart."""
        certificate = x509.load_der_x509_certificate(der)
        if der in self.anchors.roots() or certificate.issuer == certificate.subject:
            return False
        others = _load((*self.anchors.roots(), *self.anchors.intermediates(), *enclosed))
        return find_chain_fault(certificate, others, []) is not None


def _load(certificates: tuple[bytes, ...]) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(der) for der in certificates]


@lru_cache(maxsize=16)
def _parse_all(certificates: tuple[bytes, ...]) -> list[Any]:
    return [asn1_x509.Certificate.load(der) for der in certificates]


@lru_cache(maxsize=16)
def _parse_lists(lists: tuple[bytes, ...]) -> list[Any]:
    return [asn1_crl.CertificateList.load(der) for der in lists]


@lru_cache(maxsize=16)
def _list_issuers(lists: tuple[bytes, ...]) -> frozenset[bytes]:
    return frozenset(x509.load_der_x509_crl(der).issuer.public_bytes() for der in lists)
