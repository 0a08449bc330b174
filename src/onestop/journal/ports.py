"""What the journal and its log need from outside: who signs and attests, where files lie, the machine's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onestop.journal.rules.notes import NoteSignature, VerifierKey
from onestop.journal.rules.witnessing import Answer
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


class LogKey(Protocol):
    """The key of the public log. Every method raises `Unavailable` if it cannot be used."""

    def verifier(self) -> VerifierKey:
        """Return the public key, named as the log."""
        ...

    def sign(self, text: str) -> NoteSignature:
        """Sign a checkpoint."""
        ...


class Notary(Protocol):
    """Attests a checkpoint besides the log's own key. Raises `Unavailable`; it is asked again later."""

    def seal(self, data: bytes) -> bytes:
        """Return the agency's detached signature with its certificate (CMS, DER)."""
        ...

    def stamp(self, data: bytes, at: datetime) -> bytes:
        """Return an RFC 3161 token over the data (DER)."""
        ...


class LogFiles(Protocol):
    """The files of the public log, which any web server can serve. Names are relative, with slashes."""

    def read(self, name: str) -> bytes | None:
        """Return a file, or None if there is none."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file: a reader sees it whole, or as it was before. It is on disk when this returns."""
        ...

    def drop(self, name: str) -> None:
        """Remove a folder with its files; none is no error."""
        ...


class Witnesses(Protocol):
    """Other houses that see whether our log only grows."""

    def ask(self, address: str, body: bytes) -> Answer | None:
        """Ask one to cosign a checkpoint; None if it does not answer."""
        ...


signer: Port[Signer] = Port("journal.signer")
machine_clock: Port[MachineClock] = Port("journal.machine_clock")
log_key: Port[LogKey] = Port("journal.log_key")
notary: Port[Notary] = Port("journal.notary")
log_files: Port[LogFiles] = Port("journal.log_files")
witnesses: Port[Witnesses] = Port("journal.witnesses")
