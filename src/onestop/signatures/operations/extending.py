"""Carrying signatures on: the missing time stamp (B-T), all it takes to check them for decades (B-LT), and a time
stamp over the whole of it (B-LTA), again and again before algorithms or certificates give way.

What is there is not touched: a token goes into the room kept for it, everything else is added behind. Sources: ETSI EN
319 142-1, 5.4 (document security store, document time stamp) and 6.3 (levels).
"""

import hashlib
from datetime import datetime

from asn1crypto import cms as asn1_cms

from onestop.errors import Refused
from onestop.signatures.operations.existing import Signature, list_signatures
from onestop.signatures.operations.files import File, reading
from onestop.signatures.operations.placing import make_archive_room
from onestop.signatures.operations.revision import Revision
from onestop.signatures.operations.store import add_to_store
from onestop.signatures.rules.chains import Proofs, gather
from onestop.signatures.rules.order import Level
from onestop.trust import ports
from onestop.trust.rules import cms
from onestop.trust.rules.fitting import load


def extend_pdf(*, pdf: bytes, level: Level, at: datetime) -> bytes:
    """Return the signed paper carried on to a level at the moment `at`; extended to B-LTA again it is re-stamped.

    B-T puts a time stamp into the last signature, if it has none. B-LT adds the certificates and revocation lists of
    every signature and stamp, B-LTA a document time stamp over all of it. Raises `Invalid` (`pdf.*`), `Refused`
    (`pdf.not_signed`; `archive.followed` if the signature to be stamped is followed by others; `archive.chain_unknown`
    or `archive.revocation_unknown` if what a check will need is not at hand), `Unavailable` (the time stamps).
    """
    stamped = reading(pdf, lambda file: _stamp(file, at)) if level is not Level.B_B else pdf
    if level in {Level.B_B, Level.B_T}:
        return stamped
    return reading(stamped, lambda file: _keep(file, at, archive=level is Level.B_LTA))


def is_stamped(pdf: bytes) -> bool:
    """True if the last signature of a paper has its time stamp. Raises `Invalid`, `Refused` as `extend_pdf` does."""
    return reading(pdf, lambda file: _signatures(file)[-1].token is not None)


def archive_certificate(pdf: bytes) -> bytes:
    """Return the certificate (DER) of the newest document time stamp. Raises `Refused` (`archive.not_kept`)."""
    stamps = reading(pdf, lambda file: [one for one in list_signatures(file) if one.is_archive])
    if not stamps:
        raise Refused("archive.not_kept")
    content = stamps[-1].content
    (signer,) = content["signer_infos"]
    serial = signer["sid"].chosen["serial_number"].native
    return next(der for der in _enclosed(content) if load(der).serial_number == serial)


def _signatures(file: File) -> list[Signature]:
    found = list_signatures(file)
    if not found:
        raise Refused("pdf.not_signed")
    return found


def _stamp(file: File, at: datetime) -> bytes:
    last = _signatures(file)[-1]
    if last.token is not None:
        return file.data
    if last.end != len(file.data):
        raise Refused("archive.followed")
    (signer,) = last.content["signer_infos"]
    token = ports.time_stamps().stamp(hashlib.sha256(signer["signature"].native).digest(), at)
    return last.room.fill(cms.with_token(last.made, token))


def _keep(file: File, at: datetime, *, archive: bool) -> bytes:
    revision = Revision(file)
    add_to_store(revision, _proofs(_signatures(file), at))
    if not archive:
        return revision.finish()
    room = make_archive_room(revision, ports.time_stamps().max_bytes)
    hashed = hashlib.sha256()
    for part in room.covered():
        hashed.update(part)
    return room.fill(ports.time_stamps().stamp(hashed.digest(), at))


def _proofs(signatures: list[Signature], at: datetime) -> Proofs:
    """Gather what a check of these signatures will need, from what they hold and from the trust anchors."""
    anchors = ports.trust_anchors()
    holders = [one.content for one in signatures] + [one.token for one in signatures if one.token is not None]
    enclosed = tuple(dict.fromkeys(der for holder in holders for der in _enclosed(holder)))
    proofs = gather(enclosed, roots=anchors.roots(), intermediates=anchors.intermediates(), crls=anchors.crls(), at=at)
    if proofs.unknown:
        raise Refused("archive.chain_unknown", issuer=proofs.unknown[0])
    if proofs.without_list:
        raise Refused("archive.revocation_unknown", issuer=proofs.without_list[0])
    return proofs


def _enclosed(signed: asn1_cms.SignedData) -> list[bytes]:
    return [one.chosen.dump() for one in signed["certificates"] if one.name == "certificate"]
