"""Entries of the journal as files that other programs check: the canonical bytes, and a CAdES signature beside them.

The journal keeps the bare signature. All else follows from the entry and the certificate on record (`rules.cades`).
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.errors import NotFound
from onestop.journal.rules import StoredEntry, canonical
from onestop.trust import ports
from onestop.trust.queries.certificates import find_certificate_der
from onestop.trust.rules import cms
from onestop.trust.rules.certificates import link_chain
from onestop.trust.rules.fitting import load


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """An entry to hand out: `content` (JSON, RFC 8785) and `signature` (detached CMS, DER)."""

    content: bytes
    signature: bytes


def sign_off(entry: StoredEntry) -> SignedEntry:
    """Return an entry as its actor signed it; whether it holds is told by whoever checks.

    Raises `NotFound` (`certificate.unknown`).
    """
    certificate = find_certificate_der(entry.certificate_id)
    if certificate is None:
        raise NotFound("certificate.unknown", certificate=entry.certificate_id)
    made = cms.signed_data(
        chain=_chain(certificate),
        attributes=cms.signed_attributes(entry.hash, certificate),
        signature=entry.signature,
    )
    return SignedEntry(canonical(entry.body), made)


def _chain(certificate: bytes) -> tuple[bytes, ...]:
    others: list[x509.Certificate] = [load(der) for der in ports.trust_anchors().intermediates()]
    return tuple(one.public_bytes(Encoding.DER) for one in link_chain(load(certificate), others))
