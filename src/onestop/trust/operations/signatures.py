"""Signing a paper: in one go with a key at hand, or prepared now and completed when the holder has answered."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from onestop.errors import Refused
from onestop.trust import ports
from onestop.trust.operations.placing import Room, Wish, make_room
from onestop.trust.rules import Box, SignatureRole, cms, find_fault
from onestop.trust.rules.certificates import LOCAL_ZONE

_PREHASHED = ec.ECDSA(utils.Prehashed(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A paper that waits for its signature; `digest` is what the key must sign (SHA-256, 32 bytes)."""

    key: str
    at: datetime
    stamp: bool
    room: Room
    chain: tuple[bytes, ...]
    attributes: bytes

    @property
    def digest(self) -> bytes:
        """The digest to be signed."""
        return hashlib.sha256(self.attributes).digest()


def sign_pdf(
    *,
    pdf: bytes,
    key: str,
    at: datetime,
    role: SignatureRole,
    name_shown: str,
    reason: str = "",
    stamp: bool = True,
    box: Box | None = None,
) -> bytes:
    """Return the PDF with one more PAdES signature (B-T with `stamp`, else B-B), added without touching the rest.

    `at` is the moment claimed, and attested by the local time-stamp authority; `box` the place, by default that of
    the role (`rules.DEFAULT_PLACES`). Raises `Invalid` (`pdf.not_readable`, `pdf.locked`, `box.no_page`,
    `box.outside_page`), `Refused` (`certificate.*`: the certificate is not in force then), `Unavailable` (the key or
    the time stamps).
    """
    prepared = prepare_pdf(
        pdf=pdf, key=key, at=at, role=role, name_shown=name_shown, reason=reason, stamp=stamp, box=box
    )
    return complete_pdf(prepared=prepared, signature=ports.keys().sign(key, prepared.digest))


def prepare_pdf(
    *,
    pdf: bytes,
    key: str,
    at: datetime,
    role: SignatureRole,
    name_shown: str,
    reason: str = "",
    stamp: bool = True,
    box: Box | None = None,
) -> PreparedPdf:
    """Make room for the signature and say what must be signed; raises what `sign_pdf` raises."""
    chain = ports.keys().chain(key)
    fault = find_fault(_parse(chain[0]), at=at, revoked=ports.trust_anchors().revocations())
    if fault:
        raise Refused(fault, key=key)
    size = cms.size_limit(chain, ports.time_stamps().max_bytes if stamp else 0)
    texts = _texts(name_shown, _organisation(chain[0]), at)
    room = make_room(pdf, Wish(role, texts, name_shown, reason, at, box, size))
    hashed = hashlib.sha256()
    for part in room.covered():
        hashed.update(part)
    return PreparedPdf(key, at, stamp, room, chain, cms.signed_attributes(hashed.digest(), chain[0]))


def complete_pdf(*, prepared: PreparedPdf, signature: bytes) -> bytes:
    """Put the signature (ECDSA, DER) in its place, time-stamped if that was asked for.

    Raises `Refused` (`signature.invalid`) if it was not made with the key of the certificate over this digest.
    """
    public_key = _parse(prepared.chain[0]).public_key()
    assert isinstance(public_key, ec.EllipticCurvePublicKey)
    try:
        public_key.verify(signature, prepared.digest, _PREHASHED)
    except InvalidSignature as error:
        raise Refused("signature.invalid", key=prepared.key) from error
    imprint = hashlib.sha256(signature).digest()
    token = ports.time_stamps().stamp(imprint, prepared.at) if prepared.stamp else b""
    made = cms.signed_data(chain=prepared.chain, attributes=prepared.attributes, signature=signature, token=token)
    return prepared.room.fill(made)


def _texts(name_shown: str, organisation: str, at: datetime) -> tuple[str, ...]:
    """What the box shows: who, which agency (unless it is the same), when (ISO 8601, to the second)."""
    time = at.astimezone(LOCAL_ZONE).isoformat(timespec="seconds")
    agency = () if organisation in {"", name_shown} else (f"Cơ quan: {organisation}",)
    return (f"Ký bởi: {name_shown}", *agency, f"Thời gian: {time}")


@lru_cache(maxsize=4096)
def _parse(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)


@lru_cache(maxsize=4096)
def _organisation(der: bytes) -> str:
    found = _parse(der).subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return str(found[0].value) if found else ""
