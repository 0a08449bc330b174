"""What a wallet has to know before it asks: issuer, authorization server, keys (OpenID4VCI 1.0, 12; SD-JWT VC, 5)."""

import base64
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse

from onestop.documents.rules.papers import SLIPS, TEMPLATES
from onestop.results.rules.credentials import GRANT, type_of
from onestop.signatures.rules.sd_jwt import CREDENTIAL, base64url, public_jwk
from onestop.trust.queries.published import list_published

_ALGORITHMS = ["ES256"]


def issuer_metadata() -> dict[str, Any]:
    """Return the metadata of the credential issuer."""
    return {
        "credential_issuer": settings.PUBLIC_ADDRESS,
        "credential_endpoint": address_of("api:credential"),
        "nonce_endpoint": address_of("api:nonce"),
        "display": [
            {"name": "Cổng dịch vụ công tỉnh Quảng Ninh", "locale": "vi"},
            {"name": "Public services of Quảng Ninh", "locale": "en"},
        ],
        "credential_configurations_supported": {
            name: _configuration(name, template.title) for name, template in TEMPLATES.items() if name not in SLIPS
        },
    }


def server_metadata() -> dict[str, Any]:
    """Return the metadata of the authorization server (RFC 8414); it knows one grant, and clients need no name."""
    return {
        "issuer": settings.PUBLIC_ADDRESS,
        "token_endpoint": address_of("api:token"),
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def key_metadata() -> dict[str, Any]:
    """Return the keys that sign credentials and status lists, as JWK set of the issuer."""
    keys = []
    for one in list_published():
        public_key = x509.load_der_x509_certificate(one.certificate).public_key()
        if one.key.startswith("seal:") or one.revoked_at or not isinstance(public_key, ec.EllipticCurvePublicKey):
            continue
        named = {"kid": base64url(one.key_id), "use": "sig", "alg": "ES256"}
        keys.append({**public_jwk(public_key), **named, "x5c": [base64.b64encode(one.certificate).decode()]})
    return {"issuer": settings.PUBLIC_ADDRESS, "jwks": {"keys": keys}}


def address_of(route: str) -> str:
    """Return the whole address of a route, as outsiders reach it."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(route)}"


def _configuration(template: str, title: str) -> dict[str, Any]:
    return {
        "format": CREDENTIAL,
        "vct": type_of(template),
        "scope": template,
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": _ALGORITHMS,
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": _ALGORITHMS}},
        "credential_metadata": {"display": [{"name": title, "locale": "vi"}]},
    }
