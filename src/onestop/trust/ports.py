"""What trust needs from outside: keys, an authority that certifies them, time stamps, and whom to believe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.ports import Port
from onestop.trust.rules.certificates import Revocations
from onestop.trust.rules.names import KeyKind, RevocationReason
from onestop.trust.rules.trust_lists import Service


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate is for: the key's name, the person or body, its organisation, and the period."""

    key: str
    common_name: str
    organisation: str
    kind: KeyKind
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """What the holder of a key must do for each signature, or for so many of them `at_once`.

    `asks` names what is typed here (`PIN`, `OTP`); empty: the keeper asks the holder by itself, as on a telephone.
    """

    asks: tuple[str, ...] = ()
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    """A signature asked for, perhaps answered much later: a card, a telephone, a remote service.

    `asks` names what the holder must type here (`PIN`, `OTP`), to be handed on by `confirm`; empty: nothing. `more` are
    further digests that the same consent is for.
    """

    key: str
    digest: bytes
    ticket: str = ""
    asks: tuple[str, ...] = ()
    more: tuple[bytes, ...] = ()

    @property
    def digests(self) -> tuple[bytes, ...]:
        """Everything asked for, in order."""
        return (self.digest, *self.more)


class Keys(Protocol):
    """Private keys that never leave their keeper.

    All sign SHA-256 digests; the certificate's key says how: ECDSA on P-256, the signature in DER, or RSA of 2048
    bits and more, PKCS#1 v1.5 over the DigestInfo (`rules.algorithms`).

    Every method raises `Unavailable`: `key.unknown`, `key.asks_holder` (only `request`/`collect` will do),
    `key.locked` (wrong secret, or too many of them), `keys.down` (token or service cannot be reached), `keys.none`.
    """

    def chain(self, key: str) -> tuple[bytes, ...]:
        """Return the certificates of `key` as DER, its own first, without the root."""
        ...

    def consent(self, key: str) -> Consent | None:
        """Say what the holder must do before `key` signs; None: nothing, `sign` will do. Nobody is asked yet."""
        ...

    def sign(self, key: str, digest: bytes) -> bytes:
        """Sign a 32-byte digest at once."""
        ...

    def request(self, key: str, digest: bytes, *more: bytes) -> SignatureRequest:
        """Ask for a signature, or for at most `Consent.at_once`; local keys answer at the first `collect`."""
        ...

    def confirm(self, request: SignatureRequest, factors: Mapping[str, str]) -> SignatureRequest:
        """Hand on what the holder typed, by the names of the keeper (`PIN`, `OTP`); return the request to collect.

        Needed only where the keeper does not ask the holder by itself. Raises `Unavailable` (`key.refused`: wrong).
        """
        ...

    def collect(self, request: SignatureRequest) -> bytes | None:
        """Return the (first) signature asked for, or None while the holder has not answered.

        Raises `Unavailable` (`key.refused`: the holder said no, or answered too late).
        """
        ...

    def collect_all(self, request: SignatureRequest) -> tuple[bytes, ...] | None:
        """Return every signature asked for, in the order of the digests; else as `collect`."""
        ...

    def enrol(self, key: str, certify: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """Make a new pair under this name, have its public key (SPKI, DER) certified, keep both; return the chain.

        Raises `Unavailable` (`key.made_elsewhere`) where only the keeper makes keys.
        """
        ...

    def withdraw(self, key: str) -> None:
        """Destroy the private key; unknown names are no error."""
        ...


class Authority(Protocol):
    """Issues and revokes certificates. Raises `Unavailable` (`authority.none`)."""

    def issue(self, subject: Subject, public_key: bytes) -> tuple[bytes, ...]:
        """Certify a public key (SPKI, DER); return the chain as DER, the new certificate first, without the root."""
        ...

    def revoke(self, serial: int, at: datetime, reason: RevocationReason) -> None:
        """Publish that a certificate holds no longer from `at` on; doing it twice keeps the first moment."""
        ...


class TimeStamps(Protocol):
    """An RFC 3161 time-stamp authority. Raises `Unavailable` (`time_stamps.none`, `time_stamps.down`)."""

    @property
    def max_bytes(self) -> int:
        """The most bytes that a token takes."""
        ...

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        """Return a token (DER ContentInfo) over a SHA-256 digest.

        The local authority attests the moment handed in; an outside one attests its own and ignores `at`.
        """
        ...


class TrustAnchors(Protocol):
    """Whom to believe, and which certificates were revoked."""

    def roots(self) -> tuple[bytes, ...]:
        """Return the trusted self-signed certificates as DER."""
        ...

    def intermediates(self) -> tuple[bytes, ...]:
        """Return further issuing certificates as DER."""
        ...

    def crls(self) -> tuple[bytes, ...]:
        """Return the certificate revocation lists as DER."""
        ...

    def revocations(self) -> Revocations:
        """Return (issuer, serial) → moment of every revocation on a list whose signature holds."""
        ...

    def services(self) -> tuple[Service, ...]:
        """Return the services of the trust lists: believed for their kind, while they were granted."""
        ...


keys: Port[Keys] = Port("trust.keys")
authority: Port[Authority] = Port("trust.authority")
time_stamps: Port[TimeStamps] = Port("trust.time_stamps")
trust_anchors: Port[TrustAnchors] = Port("trust.trust_anchors")
