"""The journal's signer: every entry is signed with the actor's key and checked against the certificate on record.

What the key signs are the CMS attributes over the entry's hash (`rules.cades`): the signature of any entry can be
handed out as a CAdES file that other programs check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from onestop.journal.ports import Signed
from onestop.trust.ports import Keys, TrustAnchors
from onestop.trust.rules.algorithms import PublicKey, fits, usable
from onestop.trust.rules.cades import attributes_digest
from onestop.trust.rules.certificates import certificate_id, find_chain_fault, find_fault


@dataclass(frozen=True, slots=True)
class Known:
    """A certificate on record, taken apart once."""

    der: bytes
    certificate: x509.Certificate
    key: str
    public_key: PublicKey
    chain_fault: str | None


class JournalSigner:
    """Signs with `keys`, checks with the certificates that `find_certificate` knows by number (DER or None)."""

    def __init__(
        self,
        keys: Callable[[], Keys],
        anchors: Callable[[], TrustAnchors],
        find_certificate: Callable[[int], bytes | None],
    ) -> None:
        self._keys = keys
        self._anchors = anchors
        self._find_certificate = find_certificate
        self._known: dict[int, Known] = {}
        self._ids: dict[bytes, int] = {}

    def sign(self, key: str, digest: bytes) -> Signed:
        """Sign the attributes over a 32-byte digest. Raises `Unavailable` if the key cannot be used."""
        keys = self._keys()
        certificate = keys.chain(key)[0]
        while True:
            signature = keys.sign(key, attributes_digest(digest, certificate))
            current = keys.chain(key)[0]
            if current == certificate:
                return Signed(signature, self._id(certificate))
            certificate = current  # the key was renewed meanwhile

    def verify(self, certificate_id: int, digest: bytes, signature: bytes, at: datetime) -> str | None:
        """Return None if the signature holds for that moment, else the reason.

        Codes: `certificate.unknown`, `signature.invalid`, and those of `rules.find_fault`.
        """
        known = self._known.get(certificate_id) or self._learn(certificate_id)
        if known is None:
            return "certificate.unknown"
        if not fits(known.public_key, attributes_digest(digest, known.der), signature):
            return "signature.invalid"
        return find_fault(known.certificate, at=at, revoked=self._anchors().revocations(), chain=known.chain_fault)

    def key_of(self, certificate_id: int) -> str:
        """Return the name of the key, as it stands in the certificate that the authority signed; empty if unknown."""
        known = self._known.get(certificate_id) or self._learn(certificate_id)
        return known.key if known else ""

    def _id(self, der: bytes) -> int:
        number = self._ids.get(der)
        return number if number is not None else self._ids.setdefault(der, certificate_id(der))

    def _learn(self, number: int) -> Known | None:
        """Look the certificate up. One whose content is not what its number says is as good as none."""
        der = self._find_certificate(number)
        if der is None or certificate_id(der) != number:
            return None
        certificate = x509.load_der_x509_certificate(der)
        public_key = usable(certificate.public_key())
        if public_key is None:
            return None
        anchors = self._anchors()
        fault = find_chain_fault(
            certificate,
            roots=[x509.load_der_x509_certificate(root) for root in anchors.roots()],
            intermediates=[x509.load_der_x509_certificate(other) for other in anchors.intermediates()],
        )
        known = Known(der, certificate, _key_named_in(certificate), public_key, fault)
        if not fault:
            self._known[number] = known
        return known


def _key_named_in(certificate: x509.Certificate) -> str:
    named = certificate.subject.get_attributes_for_oid(x509.NameOID.USER_ID)
    return str(named[0].value) if named else ""
