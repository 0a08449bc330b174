"""A wallet of the standard library alone: it asks over HTTP, and has its own arithmetic for ES256."""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = tuple[int, int] | None


def _add(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return None
    if one == other:
        slope = (3 * one[0] ** 2 - 3) * pow(2 * one[1], -1, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P) % P
    x = (slope**2 - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def _times(number: int, point: Point) -> tuple[int, int]:
    found: Point = None
    while number:
        found = _add(found, point) if number & 1 else found
        point, number = _add(point, point), number >> 1
    assert found is not None
    return found


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def part(token: str, number: int) -> dict[str, Any]:
    """One part of a token: header or claims."""
    given = token.split("~", maxsplit=1)[0].split(".")[number]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    return found


@dataclass
class Wallet:
    """Holds a key, and asks an issuer for what was offered."""

    secret: int = field(default_factory=lambda: 1 + secrets.randbelow(N - 1))

    @property
    def jwk(self) -> dict[str, str]:
        x, y = _times(self.secret, G)
        return {"kty": "EC", "crv": "P-256", "x": text(x.to_bytes(32, "big")), "y": text(y.to_bytes(32, "big"))}

    def prove(self, *, audience: str, nonce: str, at: int, kind: str = "openid4vci-proof+jwt", **head: Any) -> str:
        header = {"alg": "ES256", "typ": kind, "jwk": self.jwk} | head
        claims = {"aud": audience, "iat": at, "nonce": nonce}
        signed = ".".join(text(json.dumps(one).encode()) for one in (header, claims))
        digest = int.from_bytes(hashlib.sha256(signed.encode()).digest(), "big")
        k = 1 + secrets.randbelow(N - 1)
        r = _times(k, G)[0] % N
        s = pow(k, -1, N) * (digest + r * self.secret) % N
        return f"{signed}.{text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def read_offer(link: str) -> dict[str, Any]:
    """What the link in the QR code says."""
    address = urllib.parse.urlsplit(link)
    assert address.scheme == "openid-credential-offer"
    found: dict[str, Any] = json.loads(urllib.parse.parse_qs(address.query)["credential_offer"][0])
    return found


def get(address: str) -> tuple[int, str]:
    return _ask(urllib.request.Request(address))


def post(address: str, body: bytes, kind: str, token: str = "") -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(address, data=body, headers={"Content-Type": kind}, method="POST")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    status, said = _ask(request)
    return status, json.loads(said)


def post_form(address: str, **fields: str) -> tuple[int, dict[str, Any]]:
    return post(address, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")


def post_json(address: str, data: Any, token: str = "") -> tuple[int, dict[str, Any]]:
    return post(address, json.dumps(data).encode(), "application/json", token)


def _ask(request: urllib.request.Request) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
