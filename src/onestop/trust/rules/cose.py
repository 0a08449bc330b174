"""COSE_Sign1 with ES256: a signed message of a few dozen bytes more than what it says.

Sources: RFC 9052 (structure), RFC 9053 (ES256: the signature is r and s, 32 bytes each), RFC 8949 section 4.2 (the one
way in which equal content is written). The key is named by the first 8 bytes of its certificate's SHA-256.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

TAG = 18
ALGORITHM, KEY_ID = 1, 4
ES256 = -7
_HALF = 32


@dataclass(frozen=True, slots=True)
class Message:
    """A message taken apart, not yet checked: which key is named, what is said, what was signed, the signature."""

    key_id: bytes
    payload: bytes
    signed: bytes
    signature: bytes


def key_id(certificate: bytes) -> bytes:
    """Return the 8 bytes by which a message names the certificate (DER) of its key."""
    return hashlib.sha256(certificate).digest()[:8]


def encode(value: Any) -> bytes:
    """Return a value as CBOR, always the same bytes."""
    return cbor2.dumps(value, canonical=True)


def protected_header(key: bytes) -> bytes:
    """Return the protected header of a message signed with the key of this id."""
    return encode({ALGORITHM: ES256, KEY_ID: key})


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Return the bytes over whose SHA-256 the signature is made (RFC 9052, 4.4)."""
    return encode(["Signature1", protected, b"", payload])


def assemble(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """Return the message; `signature` is r and s, 64 bytes."""
    return encode(cbor2.CBORTag(TAG, [protected, {}, payload, signature]))


def parse(message: bytes) -> Message:
    """Take a message apart. Raises `ValueError` for anything that is not exactly one message of this kind."""
    try:
        tagged = cbor2.loads(message)
        protected, unprotected, payload, signature = tagged.value
        header = cbor2.loads(protected)
        named = header[KEY_ID]
        fits = tagged.tag == TAG and unprotected == {} and header == {ALGORITHM: ES256, KEY_ID: named}
    except Exception as error:  # whatever the decoder meets in bytes from anywhere
        raise ValueError("not a signed message") from error
    parts = (named, payload, signature)
    if not fits or not all(isinstance(part, bytes) for part in parts) or len(signature) != 2 * _HALF:
        raise ValueError("not a signed message")
    if assemble(protected, payload, signature) != message:  # nothing behind it, nothing written in another way
        raise ValueError("not written canonically")
    return Message(named, payload, to_be_signed(protected, payload), signature)


def raw_signature(der: bytes) -> bytes:
    """Return an ECDSA P-256 signature as r and s; given as DER, as keys make it."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def der_signature(raw: bytes) -> bytes:
    """Return an ECDSA signature as DER; given as r and s."""
    return encode_dss_signature(int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big"))
