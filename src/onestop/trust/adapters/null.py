"""Nothing there: every use says so, nothing is pretended."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NoReturn

from onestop.errors import Unavailable
from onestop.trust.ports import Consent, SignatureRequest, Subject
from onestop.trust.rules.certificates import Revocations
from onestop.trust.rules.names import RevocationReason
from onestop.trust.rules.trust_lists import Service


class NoKeys:
    """No key at all."""

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Refuse."""
        _refuse(key)

    def consent(self, key: str) -> Consent | None:
        """Refuse."""
        _refuse(key)

    def sign(self, key: str, digest: bytes) -> bytes:
        """Refuse."""
        _refuse(key)

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Refuse."""
        _refuse(key)

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Refuse."""
        _refuse(request.key)

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Refuse."""
        _refuse(request.key)

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Refuse."""
        _refuse(request.key)

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Refuse."""
        _refuse(key)

    def withdraw(self, key: str) -> None:
        """There is nothing to destroy."""


class NoAuthority:
    """Certifies nobody."""

    def issue(self, subject: Subject, public_key: bytes) -> tuple[bytes, ...]:
        """Refuse."""
        raise Unavailable("authority.none", key=subject.key)

    def revoke(self, serial: int, at: datetime, reason: RevocationReason) -> None:
        """Refuse: a revocation that nobody publishes would not hold."""
        raise Unavailable("authority.none")


class NoTimeStamps:
    """Attests no time."""

    max_bytes = 0

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        """Refuse."""
        raise Unavailable("time_stamps.none")


class NoAnchors:
    """Believes nobody."""

    def roots(self) -> tuple[bytes, ...]:
        """Return none."""
        return ()

    def intermediates(self) -> tuple[bytes, ...]:
        """Return none."""
        return ()

    def crls(self) -> tuple[bytes, ...]:
        """Return none."""
        return ()

    def revocations(self) -> Revocations:
        """Return none."""
        return {}

    def services(self) -> tuple[Service, ...]:
        """Return none."""
        return ()


def _refuse(key: str) -> NoReturn:
    raise Unavailable("keys.none", key=key)
