"""Keys at a remote signing service (CSC API v2), where the holder must consent with two factors.

Either the service asks the holder on the telephone: `request`, and `collect` until the answer is there. Or the holder
types PIN and one-time code here: `request`, `confirm`, `collect`. What the service gives for it (the SAD) is good for
these digests alone, once, soon; it travels in the ticket, so any process may collect.
"""

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import utils

from onestop.errors import Unavailable
from onestop.trust.adapters.csc_client import Answer, CscClient, Service, ServiceRefused
from onestop.trust.ports import Consent, SignatureRequest
from onestop.trust.rules.algorithms import ecdsa_der
from onestop.trust.rules.names import is_key_name

T = TypeVar("T")
SHA256 = "2.16.840.1.101.3.4.2.1"
_SIGN_ALGORITHMS = {True: "1.2.840.10045.4.3.2", False: "1.2.840.113549.1.1.11"}  # ECDSA or RSA, with SHA-256
_KNOWN_SECONDS = 60.0
_TYPED, _ASKED, _GRANTED = "typed", "asked", "granted"


@dataclass(frozen=True, slots=True)
class Described:
    """What the service says of a key: certificates without the root, kind, its holder's factors, for how many."""

    chain: tuple[bytes, ...]
    is_ec: bool
    asks: tuple[str, ...]
    at_once: int


class CscKeys:
    """Keys of one service; a key's name is its holder's name there, unless `credentials` names the credential."""

    def __init__(self, service: Service, credentials: Mapping[str, str] | None = None) -> None:
        self._client = CscClient(service)
        self._credentials = dict(credentials or {})
        self._known: dict[str, tuple[float, Described]] = {}

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._describe(key).chain

    def consent(self, key: str) -> Consent | None:
        """Say what the service asks of the holder."""
        found = self._describe(key)
        return Consent(found.asks, found.at_once)

    def sign(self, key: str, digest: bytes) -> bytes:
        """Refuse: the holder must be asked."""
        self._describe(key)
        raise Unavailable("key.asks_holder", key=key)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask the holder on the telephone, if the service does; else wait for what the holder types."""
        asks = self._describe(key).asks
        ticket = f"{_TYPED}:" if asks else self._authorize(key, (digest, *more), {})
        return SignatureRequest(key, digest, ticket, asks, more)

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Hand on what the holder typed: it is sent once, and kept nowhere."""
        if not request.ticket.startswith(_TYPED):
            return request
        return replace(request, ticket=self._authorize(request.key, request.digests, factors), asks=())

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Return the signature, or None while the holder has not consented."""
        found = self.collect_all(request)
        return found[0] if found else None

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Return the signatures, or None while the holder has not consented."""
        state, _, value = request.ticket.partition(":")
        if state == _ASKED:
            check = partial(self._client.ask, "credentials/authorizeCheck", handle=value)
            state, _, value = self._call(request.key, check, _ticket).partition(":")
        return self._sign(request, value) if state == _GRANTED else None

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Refuse: the service makes keys, when their holders show it who they are."""
        raise Unavailable("key.made_elsewhere", key=key)

    def withdraw(self, key: str) -> None:
        """Forget what is known; the key itself is destroyed by the service, when its holder says so."""
        self._known.pop(key, None)

    def _sign(self, request: SignatureRequest, sad: str) -> tuple[bytes, ...]:
        is_ec = self._describe(request.key).is_ec
        act = partial(
            self._client.do,
            "signatures/signHash",
            credentialID=self._credential(request.key),
            SAD=sad,
            hashes=[_text(digest) for digest in request.digests],
            hashAlgorithmOID=SHA256,
            signAlgo=_SIGN_ALGORITHMS[is_ec],
        )
        made = self._call(request.key, act, partial(_signatures, n=len(request.digests)))
        return tuple(_as_der(signature) if is_ec else signature for signature in made)

    def _authorize(self, key: str, digests: tuple[bytes, ...], factors: Mapping[str, str]) -> str:
        """Return the ticket: the consent itself, or what to wait by."""
        given = [{"id": name, "value": value} for name, value in factors.items()]
        act = partial(
            self._client.do,
            "credentials/authorize",
            credentialID=self._credential(key),
            numSignatures=len(digests),
            hashes=[_text(digest) for digest in digests],
            hashAlgorithmOID=SHA256,
            **({"authData": given} if given else {}),
        )
        return self._call(key, act, _ticket)

    def _describe(self, key: str) -> Described:
        """Return what the service says of a key, asked again after a minute: certificates are renewed."""
        until, known = self._known.get(key, (0.0, None))
        if known is not None and time.monotonic() < until:
            return known
        number = self._credential(key)
        ask = partial(self._client.ask, "credentials/info", credentialID=number, certificates="chain", authInfo=True)
        found = self._call(key, ask, _described)
        self._known[key] = (time.monotonic() + _KNOWN_SECONDS, found)
        return found

    def _credential(self, key: str) -> str:
        if not is_key_name(key):
            raise Unavailable("key.unknown", key=key)
        if key not in self._credentials:
            found = self._call(key, partial(self._client.ask, "credentials/list", userID=key), _credential_ids)
            if not found:
                raise Unavailable("key.unknown", key=key)
            self._credentials[key] = found[0]
        return self._credentials[key]

    def _call(self, key: str, call: Callable[[], Answer], read: Callable[[Answer], T]) -> T:
        """Call the service and read its answer. Raises `Unavailable` for whatever comes of it but that."""
        try:
            return read(call())
        except ServiceRefused as error:
            raise _told(error, key) from error
        except (KeyError, IndexError, TypeError, ValueError) as error:  # an answer that is none
            raise Unavailable("keys.down", place=self._client.place, reason="answer") from error


def _told(error: ServiceRefused, key: str) -> Unavailable:
    if error.description == "Credential locked":
        return Unavailable("key.locked", key=key)
    if error.description == "Invalid parameter credentialID":
        return Unavailable("key.unknown", key=key)
    return Unavailable("key.refused", key=key, reason=error.description or error.code)


def _ticket(answer: Answer) -> str:
    return f"{_ASKED}:{answer.content['handle']}" if answer.waiting else f"{_GRANTED}:{answer.content['SAD']}"


def _described(answer: Answer) -> Described:
    found = [base64.b64decode(one) for one in answer.content["cert"]["certificates"]]
    parsed = [x509.load_der_x509_certificate(der) for der in found]
    return Described(
        chain=tuple(der for der, one in zip(found, parsed, strict=True) if one.issuer != one.subject),
        is_ec=_SIGN_ALGORITHMS[True] in answer.content["key"]["algo"],
        asks=tuple(str(one["id"]) for one in answer.content["auth"].get("objects", [])),
        at_once=max(1, int(answer.content.get("multisign", 1))),
    )


def _signatures(answer: Answer, n: int) -> list[bytes]:
    found = [base64.b64decode(one) for one in answer.content["signatures"]]
    if len(found) != n:
        raise ValueError(len(found))
    return found


def _credential_ids(answer: Answer) -> list[str]:
    return [str(one) for one in answer.content["credentialIDs"]]


def _text(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def _as_der(signature: bytes) -> bytes:
    """Services give ECDSA signatures in DER or as plain r and s."""
    try:
        utils.decode_dss_signature(signature)
    except ValueError:
        return ecdsa_der(signature)
    return signature
