"""A checkpoint: how large the log is and to which root it hashes, as the text of a signed note.

Source: C2SP tlog-checkpoint. Extension lines are read past and never written.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from onestop.journal.rules.notes import SIGNATURE, Note, NoteFault, VerifierKey, decode, find_signatures, parse_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the note that carries it."""

    head: Checkpoint
    note: Note


def parse_checkpoint(data: bytes) -> SignedCheckpoint:
    """Take a checkpoint apart. Nothing is verified. Raises `NoteFault`."""
    note = parse_note(data)
    lines = note.text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise NoteFault("no checkpoint")
    origin, size, root = lines[:3]
    if parse_number(size) is None or len(decode(root)) != 32:
        raise NoteFault("no checkpoint")
    return SignedCheckpoint(Checkpoint(origin, int(size), decode(root)), note)


def parse_number(text: str) -> int | None:
    """Return a whole number written without leading zeroes, or None."""
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or (text[0] == "0" and text != "0"):
        return None
    return int(text)


def find_checkpoint_fault(signed: SignedCheckpoint, keys: Iterable[VerifierKey]) -> str | None:
    """Return why a checkpoint is not that of the log with these keys, or None.

    Codes: `log.other_origin`, `log.unsigned` (none of the keys has signed), `log.bad_signature`.
    """
    own = [key for key in keys if key.kind == SIGNATURE]
    if signed.head.origin not in {key.name for key in own}:
        return "log.other_origin"
    found = find_signatures(signed.note, own)
    if not found:
        return "log.unsigned"
    return None if all(found.values()) else "log.bad_signature"
