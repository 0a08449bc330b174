"""Keys whose holder must say yes each time, as a telephone or a remote service asks: the answer comes later.

In the process only, over other keys; it shows how a remote service fits, and lets the split way be tried out.
"""

import secrets
from collections.abc import Callable, Mapping

from onestop.errors import Unavailable
from onestop.trust.ports import Consent, Keys, SignatureRequest


class HeldKeys:
    """Lets `inner` sign only what the holder has confirmed."""

    def __init__(self, inner: Keys) -> None:
        self._inner = inner
        self._waiting: dict[str, SignatureRequest] = {}
        self._confirmed: dict[str, tuple[bytes, ...]] = {}

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key`."""
        return self._inner.chain(key)

    def consent(self, key: str) -> Consent | None:
        """The holder says yes elsewhere, to one at a time."""
        self._inner.chain(key)
        return Consent()

    def sign(self, key: str, digest: bytes) -> bytes:
        """Refuse: the holder must be asked."""
        self._inner.chain(key)
        raise Unavailable("key.asks_holder", key=key)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask the holder."""
        self._inner.chain(key)
        request = SignatureRequest(key, digest, secrets.token_urlsafe(16), more=more)
        self._waiting[request.ticket] = request
        return request

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """The holder says yes."""
        waiting = self._waiting.pop(request.ticket)
        self._confirmed[request.ticket] = tuple(self._inner.sign(waiting.key, digest) for digest in waiting.digests)
        return request

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Return the signature once, or None while the holder has not said yes."""
        found = self.collect_all(request)
        return found[0] if found else None

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Return the signatures once, or None while the holder has not said yes."""
        return self._confirmed.pop(request.ticket, None)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair where the keys are kept."""
        return self._inner.enrol(key, certify)

    def withdraw(self, key: str) -> None:
        """Destroy the private key, and forget what waits for it."""
        self._inner.withdraw(key)
        self._waiting = {ticket: one for ticket, one in self._waiting.items() if one.key != key}
