"""A result as a credential in a wallet: what it says, what its holder may keep back, and the list of those revoked.

Sources: draft-ietf-oauth-sd-jwt-vc (form), OpenID for Verifiable Credential Issuance 1.0 (how it is handed out),
draft-ietf-oauth-status-list (revocation). Agency and kind of paper are always shown; everything about a person only if
its holder chooses so.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onestop.signatures.rules.sd_jwt import Disclosure, base64url, hide

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
LIFE_OF_OFFER = timedelta(minutes=15)
LIFE_OF_TOKEN = timedelta(minutes=10)
LIFE_OF_NONCE = timedelta(minutes=5)
CLOCK_SKEW = timedelta(minutes=2)
MOST_GUESSES = 5
MOST_OFFERS_A_DAY = 10
CODE_DIGITS = 6
SMALLEST_LIST = 1024
"""Bits of a status list at least, so that it does not tell how few credentials there are."""
_RENAMED = {"status": "marital_status", "title": "heading"}
"""Names of papers that mean something else in a token."""
_FRAME = {"agency", "agency_above", "place", "on", "look_up", "claim", "signer", "simulated", "recipients", "issuer"}


@dataclass(frozen=True, slots=True)
class Source:
    """What a credential is made from: the paper, its agency, and where its status stands."""

    template: str
    title: str
    content: Mapping[str, Any]
    agency_code: str
    agency_name: str
    issuer: str
    status_list: str
    status_index: int


def type_of(template: str) -> str:
    """Return the name of a kind of credential (`vct`)."""
    return f"urn:vn:onestop:result:{template}:1"


def choose_claims(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the holder may show or keep back: everything the paper says of persons and things."""
    said = {_RENAMED.get(name, name): value for name, value in content.items() if name not in _FRAME}
    return said | {"issued_on": content["on"]}


def compose_credential(
    source: Source, *, disclosures: Iterable[Disclosure], holder: Mapping[str, str], at: datetime
) -> dict[str, Any]:
    """Return the claims of the signed token, bound to the holder's key."""
    return {
        "iss": source.issuer,
        "iat": int(at.timestamp()),
        "vct": type_of(source.template),
        "title": source.title,
        "issuing_agency": {"code": source.agency_code, "name": source.agency_name},
        "cnf": {"jwk": dict(holder)},
        "status": {"status_list": {"idx": source.status_index, "uri": source.status_list}},
        **hide(disclosures),
    }


def compose_offer(*, issuer: str, template: str, code: str) -> dict[str, Any]:
    """Return the offer as a wallet reads it; the pin is no part of it."""
    grant = {"pre-authorized_code": code, "tx_code": {"input_mode": "numeric", "length": CODE_DIGITS}}
    return {"credential_issuer": issuer, "credential_configuration_ids": [template], "grants": {GRANT: grant}}


def find_code_fault(*, failures: int, expires_at: datetime, is_redeemed: bool, at: datetime) -> str | None:
    """Return why a code may not be redeemed whatever else is given, or None: used, too old, guessed at too often."""
    if is_redeemed:
        return "wallet.code_used"
    if at >= expires_at:
        return "wallet.code_expired"
    return "wallet.too_many_guesses" if failures >= MOST_GUESSES else None


def find_proof_fault(*, audience: str, issuer: str, proved_at: datetime, at: datetime) -> str | None:
    """Return what is wrong with a proof whose signature holds, or None."""
    if audience != issuer:
        return "wallet.proof_for_another"
    if not at - LIFE_OF_NONCE - CLOCK_SKEW <= proved_at <= at + CLOCK_SKEW:
        return "wallet.proof_old"
    return None


def encode_statuses(revoked: Iterable[int], count: int) -> str:
    """Return the list, a bit a credential: 1 if it holds no longer."""
    bits = bytearray(-(-max(count, SMALLEST_LIST) // 8))
    for index in revoked:
        bits[index // 8] |= 1 << index % 8
    return base64url(zlib.compress(bytes(bits), 9))


def compose_status_list(*, address: str, revoked: Iterable[int], count: int, at: datetime) -> dict[str, Any]:
    """Return the claims of the status list token."""
    return {
        "sub": address,
        "iat": int(at.timestamp()),
        "exp": int((at + timedelta(days=1)).timestamp()),
        "ttl": 600,
        "status_list": {"bits": 1, "lst": encode_statuses(revoked, count)},
    }
