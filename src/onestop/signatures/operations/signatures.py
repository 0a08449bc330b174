"""Signing a paper: in one go with a key at hand, or prepared now and completed when the holder has answered."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509

from onestop.errors import Refused, Unavailable
from onestop.signatures.operations.placing import Room, Wish, make_room
from onestop.signatures.rules import Box
from onestop.trust import ports
from onestop.trust.rules import SignatureRole, cms, find_fault
from onestop.trust.rules.certificates import LOCAL_ZONE
from onestop.trust.rules.fitting import fits, load


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A paper that waits for its signature; `digest` is what the key must sign (SHA-256, 32 bytes)."""

    key: str
    at: datetime
    stamp: bool
    patient: bool
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
    patient: bool = False,
    box: Box | None = None,
) -> bytes:
    """Return the PDF with one more PAdES signature (B-T with `stamp`, else B-B), added without touching the rest.

    `at` is the moment claimed, and attested by the local time-stamp authority; `box` the place, by default that of
    the role (`rules.DEFAULT_PLACES`), unless a field was kept for it. A `patient` signature is made even if the
    time-stamp authority is down: `extend_pdf` stamps it later. Raises `Invalid` (`pdf.too_large`, `pdf.not_readable`,
    `pdf.locked`, `pdf.form_locked`, `box.no_page`, `box.outside_page`), `Refused` (`certificate.*`: the certificate is
    not in force then; `signature.out_of_order`), `Unavailable` (the key or the time stamps).
    """
    prepared = prepare_pdf(
        pdf=pdf, key=key, at=at, role=role, name_shown=name_shown, reason=reason, stamp=stamp, patient=patient, box=box
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
    patient: bool = False,
    box: Box | None = None,
) -> PreparedPdf:
    """Make room for the signature and say what must be signed; raises what `sign_pdf` raises."""
    chain = ports.keys().chain(key)
    fault = find_fault(load(chain[0]), at=at, revoked=ports.trust_anchors().revocations())
    if fault:
        raise Refused(fault, key=key)
    size = cms.size_limit(chain, ports.time_stamps().max_bytes if stamp else 0)
    texts = _texts(name_shown, _organisation(chain[0]), at)
    room = make_room(pdf, Wish(role, texts, name_shown, reason, at, box, size))
    hashed = hashlib.sha256()
    for part in room.covered():
        hashed.update(part)
    return PreparedPdf(key, at, stamp, patient, room, chain, cms.signed_attributes(hashed.digest(), chain[0]))


def complete_pdf(*, prepared: PreparedPdf, signature: bytes) -> bytes:
    """Put the signature (ECDSA in DER, or raw RSA) in its place, time-stamped if that was asked for.

    Raises `Refused` (`signature.invalid`) if it was not made with the key of the certificate over this digest.
    """
    if not fits(prepared.chain[0], prepared.digest, signature):
        raise Refused("signature.invalid", key=prepared.key)
    imprint = hashlib.sha256(signature).digest()
    token = _token(imprint, prepared) if prepared.stamp else b""
    made = cms.signed_data(chain=prepared.chain, attributes=prepared.attributes, signature=signature, token=token)
    return prepared.room.fill(made)


def _token(imprint: bytes, prepared: PreparedPdf) -> bytes:
    try:
        return ports.time_stamps().stamp(imprint, prepared.at)
    except Unavailable:
        if not prepared.patient:
            raise
        return b""


def _texts(name_shown: str, organisation: str, at: datetime) -> tuple[str, ...]:
    """What the box shows: who, which agency (unless it is the same), when (ISO 8601, to the second)."""
    time = at.astimezone(LOCAL_ZONE).isoformat(timespec="seconds")
    agency = () if organisation in {"", name_shown} else (f"Cơ quan: {organisation}",)
    return (f"Ký bởi: {name_shown}", *agency, f"Thời gian: {time}")


@lru_cache(maxsize=4096)
def _organisation(der: bytes) -> str:
    found = load(der).subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return str(found[0].value) if found else ""
