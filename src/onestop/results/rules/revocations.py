"""Why a result is revoked, and the list that tells everybody: short, dated, signed, and silent about people.

The list names claims by the first 8 bytes of their SHA-256, so that only who holds a result finds it there. It is CBOR,
signed as in `trust.rules.cose`: 13 bytes a revoked result, in order.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

import cbor2

from onestop.trust.rules import cose

MADE_AT, ROWS = 1, 2
NAME_BYTES, ROW_BYTES = 8, 13


class RevocationCause(IntEnum):
    """Why a result holds no longer (lý do thu hồi, hủy bỏ kết quả). The numbers are for ever: lists hold them."""

    ISSUED_IN_ERROR = 1  # cấp sai, có sai sót
    FALSE_PAPERS = 2  # giả mạo giấy tờ, khai không đúng sự thật
    WITHOUT_COMPETENCE = 3  # cấp không đúng thẩm quyền
    CONDITIONS_LOST = 4  # không còn đủ điều kiện
    BY_JUDGMENT = 5  # theo bản án, quyết định có hiệu lực
    AT_REQUEST = 6  # theo đề nghị của người được cấp
    NEVER_ISSUED = 9  # ký rồi nhưng chưa bao giờ được ban hành


GIVEN_BY_OFFICERS = tuple(cause for cause in RevocationCause if cause is not RevocationCause.NEVER_ISSUED)


@dataclass(frozen=True, slots=True)
class Revoked:
    """A claim that holds no longer: from when, and why."""

    claim_id: bytes
    at: datetime
    cause: RevocationCause


def find_refusals(*, reason: str, ground: str, is_revoked: bool) -> tuple[str, ...]:
    """Return every reason against revoking: no reason or legal ground named, or revoked already."""
    checks = (
        ("revocation.without_reason", not reason.strip()),
        ("revocation.without_ground", not ground.strip()),
        ("revocation.revoked_already", is_revoked),
    )
    return tuple(code for code, wrong in checks if wrong)


def name_of(claim_id: bytes) -> bytes:
    """Return under which name a claim stands on the list."""
    return hashlib.sha256(claim_id).digest()[:NAME_BYTES]


def encode_list(revoked: Iterable[Revoked], made_at: datetime) -> bytes:
    """Return the list as CBOR: when it was made, and name, second and cause of each claim, in order of names."""
    rows = sorted(
        name_of(one.claim_id) + int(one.at.timestamp()).to_bytes(4, "big") + bytes([one.cause]) for one in revoked
    )
    return cose.encode({MADE_AT: int(made_at.timestamp()), ROWS: b"".join(rows)})


def find_in_list(payload: bytes, claim_id: bytes) -> tuple[datetime, int] | None:
    """Return since when and why a claim is on the list, or None. Raises `ValueError` if it is no list."""
    rows: bytes = cbor2.loads(payload)[ROWS]
    if len(rows) % ROW_BYTES:
        raise ValueError("not a list")
    name = name_of(claim_id)
    for start in range(0, len(rows), ROW_BYTES):
        if rows[start : start + NAME_BYTES] == name:
            row = rows[start : start + ROW_BYTES]
            return datetime.fromtimestamp(int.from_bytes(row[8:12], "big"), UTC), row[12]
    return None
