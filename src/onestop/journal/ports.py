"""What the journal needs from outside: somebody who signs, and the machine's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.ports import Port


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature and the certificate that proves whose it is."""

    signature: bytes
    certificate_id: int


class Signer(Protocol):
    """Signs digests with named keys, and checks such signatures."""

    def sign(self, key: str, digest: bytes) -> Signed:
        """Sign a 32-byte SHA-256 digest with `key`. Raises `Unavailable` if the key cannot be used."""
        ...

    def verify(self, certificate_id: int, digest: bytes, signature: bytes, at: datetime) -> str | None:
        """Return None if the signature holds for that moment, else the reason as a code."""
        ...

    def key_of(self, certificate_id: int) -> str:
        """Return the name of the key that a certificate is for, as its authority signed it; empty if unknown."""
        ...


class MachineClock(Protocol):
    """The machine's own time, kept beside the effective time of each entry."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


signer: Port[Signer] = Port("journal.signer")
machine_clock: Port[MachineClock] = Port("journal.machine_clock")
