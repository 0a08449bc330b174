"""The claim that a result carries in its QR code: what was issued, to whom, by whom, when, with which values.

A CBOR Web Token (RFC 8392) with numbered keys, signed as in `cose`, written as decimal digits behind `#` in the address
of the page that checks it: what stands behind `#` never leaves the browser, and a QR code holds three digits in ten
bits, so nothing else is as small. Level M at 25 mm with modules of at least 0.33 mm leaves version 14 at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import cbor2

from onestop.trust.rules import cose

ISSUER, ISSUED_AT, CLAIM_ID = 1, 6, 7
RESULT = -70001
"""A key for private use (RFC 8392, 9.1.1): number, title, dossier code, and the fields."""
NUMBER, TITLE, DOSSIER, FIELDS = 1, 2, 3, 4
CLAIM_ID_BYTES = 10
LARGEST_VERSION = 14
_VERSION_14_M_BITS = 365 * 8
_BYTE_HEAD, _NUMERIC_HEAD = 4 + 16, 4 + 12
_BITS_A_BYTE_IN_DIGITS = 8.03  # 10 bits for 3 digits, 8 / log2(10) digits for a byte

Value = tuple[int | str, str]
"""A field (its number in `Field`, or its printed label) and its value as printed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of a result (xác nhận kết quả): `issuer` is the agency's code, `claim_id` names it."""

    issuer: str
    issued_at: datetime
    claim_id: bytes
    number: str
    title: str
    dossier_code: str
    fields: tuple[Value, ...]


def encode_claim(claim: Claim) -> bytes:
    """Return the claim as CBOR; the moment to the second."""
    said = {NUMBER: claim.number, TITLE: claim.title, DOSSIER: claim.dossier_code, FIELDS: dict(claim.fields)}
    return cose.encode(
        {
            ISSUER: claim.issuer,
            ISSUED_AT: int(claim.issued_at.timestamp()),
            CLAIM_ID: claim.claim_id,
            RESULT: said,
        }
    )


def decode_claim(payload: bytes) -> Claim:
    """Return what a payload claims. Raises `ValueError` if it is not a claim."""
    try:
        token: Mapping[int, Any] = cbor2.loads(payload)
        said: Mapping[int, Any] = token[RESULT]
        claim = Claim(
            issuer=_text(token[ISSUER]),
            issued_at=datetime.fromtimestamp(token[ISSUED_AT], UTC),
            claim_id=bytes(token[CLAIM_ID]),
            number=_text(said[NUMBER]),
            title=_text(said[TITLE]),
            dossier_code=_text(said[DOSSIER]),
            fields=tuple((label, _text(value)) for label, value in said[FIELDS].items()),
        )
    except Exception as error:  # whatever the decoder meets in bytes from anywhere
        raise ValueError("not a claim") from error
    return claim


def fit(claim: Claim, room: int) -> Claim:
    """Return the claim with as many fields as the code has room for, the first being the most important.

    `room` is in bytes of the signed message. If even the bare claim is too long, its title is shortened.
    """
    while claim.fields and _size(claim) > room:
        claim = replace(claim, fields=claim.fields[:-1])
    while len(claim.title) > 1 and _size(claim) > room:
        claim = replace(claim, title=claim.title[:-2].rstrip() + "…")
    return claim


def room_behind(address: str) -> int:
    """Return how many bytes a message may have in a code of version 14, level M, behind this address."""
    bits = _VERSION_14_M_BITS - _BYTE_HEAD - 8 * len(address.encode()) - _NUMERIC_HEAD
    return int(bits / _BITS_A_BYTE_IN_DIGITS)


def to_digits(message: bytes) -> str:
    """Return a message as decimal digits. Its first byte is never zero, so nothing is lost."""
    return str(int.from_bytes(message, "big"))


def from_digits(text: str) -> bytes:
    """Return the message behind digits, or behind the whole address. Raises `ValueError`."""
    digits = text.strip().rpartition("#")[2].strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4000:
        raise ValueError("not a claim")
    number = int(digits)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _size(claim: Claim) -> int:
    return len(cose.assemble(cose.protected_header(bytes(8)), encode_claim(claim), bytes(64)))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
