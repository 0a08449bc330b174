"""Credentials that show only what their holder wants to show: SD-JWT VC, and the proofs of wallets.

Sources: RFC 7515 (JWS), RFC 7638 (thumbprints), RFC 9901 (SD-JWT), draft-ietf-oauth-sd-jwt-vc, OpenID for Verifiable
Credential Issuance 1.0, Appendix F.1 (`jwt` proofs). ES256 throughout.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from onestop.trust.rules import cose

Json = Mapping[str, Any]
CREDENTIAL, PROOF, STATUS_LIST = "dc+sd-jwt", "openid4vci-proof+jwt", "statuslist+jwt"
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One claim that the holder may show or keep: a salt, its name, its value."""

    salt: str
    name: str
    value: Any

    @property
    def text(self) -> str:
        """As it travels behind the token."""
        return base64url(json.dumps([self.salt, self.name, self.value], ensure_ascii=False).encode())

    @property
    def digest(self) -> str:
        """As it stands, hidden, in the signed token."""
        return base64url(hashlib.sha256(self.text.encode()).digest())


def base64url(data: bytes) -> str:
    """Return bytes as text without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    """Return the bytes behind such a text. Raises `ValueError`."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def header(kind: str, chain: Sequence[bytes]) -> Json:
    """Return the header of a token signed with the key of this chain (DER, the signer's first)."""
    return {
        "alg": "ES256",
        "typ": kind,
        "kid": base64url(cose.key_id(chain[0])),
        "x5c": [base64.b64encode(der).decode() for der in chain],
    }


def signing_input(head: Json, claims: Json) -> str:
    """Return what is signed of a token."""
    return f"{_encode(head)}.{_encode(claims)}"


def hide(disclosures: Iterable[Disclosure]) -> Json:
    """Return what a token says of claims that are disclosed apart: their digests, in an order that tells nothing."""
    return {"_sd": sorted(disclosure.digest for disclosure in disclosures), "_sd_alg": "sha-256"}


def combine(token: str, disclosures: Iterable[Disclosure]) -> str:
    """Return the credential as it is issued: the token and every disclosure."""
    return "~".join((token, *(disclosure.text for disclosure in disclosures), ""))


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """Return a P-256 key as JWK."""
    numbers = key.public_numbers()
    x, y = (base64url(part.to_bytes(32, "big")) for part in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def thumbprint(jwk: Json) -> str:
    """Return the SHA-256 thumbprint of a P-256 key (RFC 7638)."""
    plain = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    return base64url(hashlib.sha256(json.dumps(plain, separators=(",", ":"), sort_keys=True).encode()).digest())


@dataclass(frozen=True, slots=True)
class Proof:
    """A wallet's proof that it holds a key: the key, and what the proof says. Its signature holds."""

    jwk: dict[str, str]
    audience: str
    nonce: str
    issued_at: int


def read_proof(token: str) -> Proof:
    """Check a proof's form and signature. Raises `ValueError`; audience, nonce and time are judged by whoever asked."""
    if len(token) > _LONGEST or token.count(".") != 2:
        raise ValueError("not a token")
    signed, _, signature = token.rpartition(".")
    head, claims = (_decode(part) for part in signed.split("."))
    if head.get("alg") != "ES256" or head.get("typ") != PROOF or "crit" in head:
        raise ValueError("not a proof")
    jwk = _plain_jwk(head.get("jwk"))
    _check(jwk, signed.encode(), unbase64url(signature))
    audience, nonce, at = claims.get("aud"), claims.get("nonce"), claims.get("iat")
    if not isinstance(audience, str) or not isinstance(nonce, str) or not isinstance(at, int):
        raise ValueError("not a proof")  # noqa: TRY004  one error for whatever strangers send
    return Proof(jwk, audience, nonce, at)


def _plain_jwk(jwk: Any) -> dict[str, str]:
    """Return a public P-256 key alone: a private part, or a name of another key, is refused."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or "d" in jwk:
        raise ValueError("not a public key")
    return {name: str(jwk.get(name, "")) for name in ("kty", "crv", "x", "y")}


def _check(jwk: Json, signed: bytes, signature: bytes) -> None:
    x, y = (int.from_bytes(unbase64url(jwk[name]), "big") for name in ("x", "y"))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    if len(signature) != 64:
        raise ValueError("not a signature")
    try:
        key.verify(cose.der_signature(signature), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise ValueError("the signature does not hold") from error


def _encode(value: Json) -> str:
    return base64url(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _decode(text: str) -> dict[str, Any]:
    found = json.loads(unbase64url(text))
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004
    return found
