"""Signing any file: a detached CAdES signature (`.p7s`) beside it, in one go or when the holder has answered.

ETSI EN 319 122-1, baseline B, or T with a time stamp over the signature.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from onestop.errors import Refused, Unavailable
from onestop.trust import ports
from onestop.trust.rules import cms, find_fault
from onestop.trust.rules.fitting import fits, load


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that waits for its signature."""

    key: str
    at: datetime
    chain: tuple[bytes, ...]
    attributes: bytes

    @property
    def digest(self) -> bytes:
        """What the key must sign."""
        return hashlib.sha256(self.attributes).digest()


def sign_file(*, digest: bytes, key: str, at: datetime, stamp: bool = True, patient: bool = False) -> bytes:
    """Return a detached signature (DER) over the file with this SHA-256: CAdES B-T with `stamp`, else B-B.

    A `patient` one is made even if the time-stamp authority is down. Raises `Refused` (`certificate.*`: not in force
    then), `Unavailable` (the key or the time stamps).
    """
    prepared = prepare_file(digest=digest, key=key, at=at)
    signature = ports.keys().sign(key, prepared.digest)
    return complete_file(prepared=prepared, signature=signature, stamp=stamp, patient=patient)


def prepare_file(*, digest: bytes, key: str, at: datetime) -> PreparedFile:
    """Say what must be signed; raises what `sign_file` raises."""
    chain = ports.keys().chain(key)
    fault = find_fault(load(chain[0]), at=at, revoked=ports.trust_anchors().revocations())
    if fault:
        raise Refused(fault, key=key)
    return PreparedFile(key, at, chain, cms.signed_attributes(digest, chain[0]))


def complete_file(*, prepared: PreparedFile, signature: bytes, stamp: bool = True, patient: bool = False) -> bytes:
    """Put the signature together. Raises `Refused` (`signature.invalid`) if it is not the key's over this digest."""
    if not fits(prepared.chain[0], prepared.digest, signature):
        raise Refused("signature.invalid", key=prepared.key)
    token = b""
    if stamp:
        try:
            token = ports.time_stamps().stamp(hashlib.sha256(signature).digest(), prepared.at)
        except Unavailable:
            if not patient:
                raise
    return cms.signed_data(chain=prepared.chain, attributes=prepared.attributes, signature=signature, token=token)
