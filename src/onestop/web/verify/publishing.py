"""What the house publishes so that anybody can check its results: whom to believe, as plain JSON."""

import base64
import hashlib
from typing import Any

from onestop.trust.queries.published import PublishedKey, published_trust

FORMAT = "onestop-trust/1"


def trust_document() -> dict[str, Any]:
    """Return roots, issuing certificates, revoked certificates and keys, always in the same order."""
    trust = published_trust()
    return {
        "format": FORMAT,
        "roots": [_base64(der) for der in trust.roots],
        "intermediates": [_base64(der) for der in trust.intermediates],
        "revoked": [
            {"issuer": hashlib.sha256(issuer).hexdigest(), "serial": f"{serial:x}", "at": at.isoformat()}
            for issuer, serial, at in trust.revoked
        ],
        "keys": [_key(key) for key in trust.keys],
    }


def _key(key: PublishedKey) -> dict[str, str | None]:
    return {
        "id": key.key_id.hex(),
        "key": key.key,
        "holder": key.holder,
        "certificate": _base64(key.certificate),
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def _base64(der: bytes) -> str:
    return base64.b64encode(der).decode()
