"""What a log asks a witness, and how a witness answers. Source: C2SP tlog-witness, `add-checkpoint`."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from onestop.journal.rules.checkpoints import parse_number
from onestop.journal.rules.notes import (
    COSIGNATURE,
    Note,
    NoteFault,
    NoteSignature,
    VerifierKey,
    holds,
    parse_signatures,
)


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness we ask: its key, and where it listens (empty if it comes by itself)."""

    key: VerifierKey
    address: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a line of configuration: the key, then perhaps a space and the address. Raises `NoteFault`."""
        key, _, address = text.strip().partition(" ")
        witness = cls(VerifierKey.parse(key), address.strip().rstrip("/"))
        if witness.key.kind != COSIGNATURE:
            raise NoteFault("no key of a witness")
        return witness


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness said: the HTTP status and the text."""

    status: int
    text: str

    @property
    def known_size(self) -> int | None:
        """The size it knows, if that is why it said no."""
        return parse_number(self.text.strip()) if self.status == 409 else None


def write_request(old: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """Return the body of a request to cosign a checkpoint, with the proof that it goes on from size `old`."""
    lines = "".join(f"{base64.b64encode(item).decode()}\n" for item in path)
    return f"old {old}\n{lines}\n".encode() + checkpoint


def select_cosignatures(lines: str, text: str, keys: Iterable[VerifierKey]) -> tuple[NoteSignature, ...]:
    """Return the lines that are cosignatures of these witnesses over a checkpoint's text; all others are ignored."""
    known = {(key.name, key.id): key for key in keys if key.kind == COSIGNATURE}
    try:
        found = parse_signatures(lines) if lines else ()
    except NoteFault:
        return ()
    return tuple(
        line for line in found if (key := known.get((line.name, line.key_id))) is not None and holds(key, text, line)
    )


def find_cosigners(note: Note, keys: Iterable[VerifierKey]) -> tuple[str, ...]:
    """Return the names of those witnesses whose cosignature on a note holds."""
    lines = "".join(map(str, note.signatures))
    return tuple(dict.fromkeys(line.name for line in select_cosignatures(lines, note.text, keys)))
