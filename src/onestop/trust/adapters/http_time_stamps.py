"""An outside time-stamp authority over HTTP or HTTPS (RFC 3161, 3.4): any of them, believed only if checked.

A query that got lost is sent again after a pause, with another number. When the authority stays dead it is left alone
for a while: signing goes on without waiting for it, and the paper is stamped later.
"""

import http.client
import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from onestop.errors import Unavailable
from onestop.trust.adapters.breaker import Breaker
from onestop.trust.ports import TrustAnchors
from onestop.trust.rules.tokens import Believed, Query, find_token_fault, read_answer, token_moment

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_OK, _SERVER_ERROR = 200, 500
_LOST = (OSError, http.client.HTTPException)
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StampService:
    """Where the authority is, and how long it is waited for; `authority` is whom to believe over TLS, if not all."""

    url: str
    policy: str = ""
    authority: Path | None = None
    seconds: float = 3.0
    tries: int = 2
    pause_seconds: float = 0.2
    max_bytes: int = 8000


class HttpTimeStamps:
    """Asks one authority for tokens; safe for threads. `clock` is ours, and tells whether its clock is right."""

    def __init__(
        self,
        service: StampService,
        anchors: Callable[[], TrustAnchors],
        clock: Callable[[], datetime],
        breaker: Breaker | None = None,
    ) -> None:
        self._service = service
        self._anchors = anchors
        self._clock = clock
        self._breaker = breaker or Breaker()

    @property
    def max_bytes(self) -> int:
        """The most bytes that a token may take."""
        return self._service.max_bytes

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        """Return a token over a SHA-256 digest.

        Raises `Unavailable`: `time_stamps.down`, `time_stamps.refused`, `time_stamps.not_believed`.
        """
        if not self._breaker.lets_through():
            raise self._down("left alone for a while")
        tries = 1 if self._breaker.is_open else self._service.tries
        reason = ""
        for number in range(tries):
            if number:
                time.sleep(self._service.pause_seconds * 2 ** (number - 1))
            query = Query(digest, secrets.randbits(63) | 1 << 62, self._service.policy)
            answer, reason = self._ask(query.as_bytes())
            if answer:
                self._breaker.succeeded()
                return self._checked(answer, query)
        self._breaker.failed()
        raise self._down(reason)

    def _ask(self, query: bytes) -> tuple[bytes, str]:
        """Return a token not yet checked, or why there is none for now."""
        try:
            status, body = self._send(query)
        except _LOST as error:
            return b"", type(error).__name__
        if status >= _SERVER_ERROR:
            return b"", str(status)
        answer = read_answer(body) if status == _OK else None
        if answer is None:
            raise self._unusable("time_stamps.not_believed" if status == _OK else "time_stamps.refused", str(status))
        if answer.passing:
            return b"", answer.reason
        if answer.reason:
            raise self._unusable("time_stamps.refused", answer.reason)
        return answer.token, ""

    def _send(self, query: bytes) -> tuple[int, bytes]:
        place = urlsplit(self._service.url)
        connection = self._connect(place.scheme, place.netloc)
        try:
            path = (place.path or "/") + (f"?{place.query}" if place.query else "")
            connection.request("POST", path, query, {"Content-Type": _QUERY, "Accept": _REPLY})
            answer = connection.getresponse()
            return answer.status, answer.read(2 * self._service.max_bytes)
        finally:
            connection.close()

    def _connect(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if scheme == "https":
            context = _tls(self._service.authority)
            return http.client.HTTPSConnection(netloc, timeout=self._service.seconds, context=context)
        return http.client.HTTPConnection(netloc, timeout=self._service.seconds)

    def _checked(self, token: bytes, query: Query) -> bytes:
        anchors = self._anchors()
        believed = Believed(_load(anchors.roots()), _load(anchors.intermediates()), anchors.revocations())
        fault = find_token_fault(token, query, believed)
        if not fault and abs(token_moment(token) - self._clock()) > _CLOCKS_DIFFER:
            fault = "clock"
        if not fault and len(token) > self._service.max_bytes:
            fault = "size"
        if fault:
            raise self._unusable("time_stamps.not_believed", fault)
        return token

    def _unusable(self, code: str, reason: str) -> Unavailable:
        """It answers, but not so that it can be used: counted like silence."""
        self._breaker.failed()
        return Unavailable(code, authority=urlsplit(self._service.url).netloc, reason=reason)

    def _down(self, reason: str) -> Unavailable:
        return Unavailable("time_stamps.down", authority=urlsplit(self._service.url).netloc, reason=reason)


@lru_cache(maxsize=4)
def _tls(authority: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority) if authority else None)


@lru_cache(maxsize=16)
def _load(certificates: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_der_x509_certificate(one) for one in certificates)
