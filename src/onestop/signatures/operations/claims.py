"""Signing what stands by itself: a claim in a QR code (COSE), a credential or a list for wallets (JWS)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from onestop.signatures.rules import sd_jwt
from onestop.trust import ports
from onestop.trust.rules import cose


def sign_message(*, payload: bytes, key: str) -> bytes:
    """Return a COSE_Sign1 message. The key must be ECDSA P-256. Raises `Unavailable` if it cannot sign."""
    protected = cose.protected_header(cose.key_id(ports.keys().chain(key)[0]))
    return cose.assemble(protected, payload, _sign(key, cose.to_be_signed(protected, payload)))


def sign_token(*, kind: str, claims: Mapping[str, Any], key: str) -> str:
    """Return a JWS in compact form (RFC 7515), `kind` being its `typ`; the certificates stand in its header (`x5c`)."""
    signed = sd_jwt.signing_input(sd_jwt.header(kind, ports.keys().chain(key)), claims)
    return f"{signed}.{sd_jwt.base64url(_sign(key, signed.encode()))}"


def _sign(key: str, data: bytes) -> bytes:
    return cose.raw_signature(ports.keys().sign(key, hashlib.sha256(data).digest()))
