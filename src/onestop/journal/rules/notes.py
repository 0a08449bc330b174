"""Signed notes: a text, a blank line, and lines of signatures.

Sources: C2SP signed-note (Ed25519 is signature type 1), C2SP tlog-cosignature (a witness's Ed25519 with the time, 4).
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE, COSIGNATURE = 1, 4
LONGEST_NOTE = 64 * 1024
_DASH = "\u2014 "
_ED25519_BYTES, _TIME_BYTES, _ID_BYTES = 64, 8, 4


class NoteFault(ValueError):
    """The text is no signed note, or the key no key of one."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; `kind` is 1 for a log, 4 for a witness."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as it is handed around: `name+id+base64`. Raises `NoteFault`."""
        name, _, rest = text.strip().partition("+")
        number, _, encoded = rest.partition("+")
        data = decode(encoded)
        if not is_key_name(name) or len(data) != 1 + 32 or data[0] not in (SIGNATURE, COSIGNATURE):
            raise NoteFault("no key of a log or a witness")
        key = cls(name, data[0], data[1:])
        if key.id.hex() != number:
            raise NoteFault("the key does not fit its number")
        return key

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash of name, kind and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A line below a note: who signed, with which key, and the signature."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.data).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note taken apart: the text with its last newline, and the signatures."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"


def parse_note(data: bytes) -> Note:
    """Take a signed note apart. Nothing is verified. Raises `NoteFault`."""
    if len(data) > LONGEST_NOTE:
        raise NoteFault("too long")
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteFault("not UTF-8") from error
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or any(ord(letter) < 32 and letter != "\n" for letter in whole):
        raise NoteFault("no signed note")
    return Note(text + "\n", parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[NoteSignature, ...]:
    """Read lines of signatures. Raises `NoteFault`."""
    return tuple(_parse_line(line) for line in lines.removesuffix("\n").split("\n"))


def find_signatures(note: Note, keys: Iterable[VerifierKey]) -> dict[VerifierKey, bool]:
    """Return which of these keys have signed, and whether each signature holds. Signatures of others are ignored."""
    known = {(key.name, key.id): key for key in keys}
    found: dict[VerifierKey, bool] = {}
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is not None:
            found[key] = found.get(key, True) and holds(key, note.text, line)
    return found


def holds(key: VerifierKey, text: str, line: NoteSignature) -> bool:
    """True if the signature was made by this key over this text."""
    signature, message = line.data, text.encode()
    if key.kind == COSIGNATURE:
        signature = line.data[_TIME_BYTES:]
        message = _cosigned(text, int.from_bytes(line.data[:_TIME_BYTES], "big"))
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature:
        return False
    return len(signature) == _ED25519_BYTES


def cosigned_at(line: NoteSignature) -> datetime:
    """Return when a witness says it cosigned. Raises `NoteFault` for a time nobody can mean."""
    try:
        return datetime.fromtimestamp(int.from_bytes(line.data[:_TIME_BYTES], "big"), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NoteFault("no time") from error


def sign(name: str, private: Ed25519PrivateKey, text: str) -> NoteSignature:
    """Sign a text as a log does."""
    return NoteSignature(name, verifier_of(name, private, SIGNATURE).id, private.sign(text.encode()))


def cosign(name: str, private: Ed25519PrivateKey, text: str, at: datetime) -> NoteSignature:
    """Sign a checkpoint's text as a witness does, with the time."""
    seconds = int(at.timestamp())
    signature = private.sign(_cosigned(text, seconds))
    key_id = verifier_of(name, private, COSIGNATURE).id
    return NoteSignature(name, key_id, seconds.to_bytes(_TIME_BYTES, "big") + signature)


def verifier_of(name: str, private: Ed25519PrivateKey, kind: int) -> VerifierKey:
    """Return the public side of a key. Raises `NoteFault` for a name that notes cannot carry."""
    if not is_key_name(name):
        raise NoteFault("no name of a key")
    return VerifierKey(name, kind, private.public_key().public_bytes_raw())


def is_key_name(name: str) -> bool:
    """True for a name without spaces and plus signs."""
    return bool(name) and "+" not in name and len(name.split()) == 1 and name == name.strip() and name.isprintable()


def decode(text: str) -> bytes:
    """Read standard base64. Raises `NoteFault`."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NoteFault("not base64") from error


def _parse_line(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = decode(encoded)
    if not line.startswith(_DASH) or not is_key_name(name) or len(data) <= _ID_BYTES:
        raise NoteFault("no line of a signature")
    return NoteSignature(name, data[:_ID_BYTES], data[_ID_BYTES:])


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
