"""A proof that an entry of the journal stands in the public log, in one small file that its holder keeps.

Source: C2SP tlog-proof. The file's extra data disclose the entry to whoever holds the proof: the salt, and the entry's
canonical bytes, in three lines.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onestop.journal.rules.checkpoints import (
    Checkpoint,
    SignedCheckpoint,
    find_checkpoint_fault,
    parse_checkpoint,
    parse_number,
)
from onestop.journal.rules.leaves import LEAF_FORMAT, SALT_BYTES, commit
from onestop.journal.rules.merkle import hash_leaf, root_from_inclusion
from onestop.journal.rules.notes import NoteFault, VerifierKey, decode

HEADER = "c2sp.org/tlog-proof@v1"
LONGEST_PROOF = 256 * 1024
LONGEST_PATH = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof taken apart: which leaf, what it stands for, the way to the root, and the signed checkpoint."""

    index: int
    salt: bytes
    entry: bytes
    path: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def entry_hash(self) -> bytes:
        """The hash of the entry disclosed."""
        return hashlib.sha256(self.entry).digest()


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What a proof shows. It holds if there are no faults; then `entry` is what the log vouches for.

    Codes: `proof.unreadable`, `proof.nothing_disclosed`, `proof.not_included`, and those of `find_checkpoint_fault`.
    """

    faults: tuple[str, ...]
    index: int = 0
    entry: dict[str, Any] = field(default_factory=dict)
    entry_hash: bytes = b""
    signed: SignedCheckpoint | None = None

    @property
    def holds(self) -> bool:
        """True if the entry stands in the log of that checkpoint."""
        return not self.faults

    @property
    def head(self) -> Checkpoint | None:
        """The head of the log that the proof leads to."""
        return self.signed.head if self.signed else None

    @property
    def recorded_at(self) -> datetime | None:
        """When the machine says it wrote the entry."""
        text = self.entry.get("recorded_at")
        return datetime.fromisoformat(text) if isinstance(text, str) else None


def write_proof(proof: Proof) -> bytes:
    """Return the file."""
    extra = base64.b64encode(LEAF_FORMAT + proof.salt.hex().encode() + b"\n" + proof.entry).decode()
    path = "".join(f"{base64.b64encode(item).decode()}\n" for item in proof.path)
    return f"{HEADER}\nextra {extra}\nindex {proof.index}\n{path}\n".encode() + proof.checkpoint


def parse_proof(data: bytes) -> Proof:
    """Take a proof apart. Nothing is verified. Raises `NoteFault`."""
    head, blank, checkpoint = data.partition(b"\n\n")
    if len(data) > LONGEST_PROOF or not blank:
        raise NoteFault("no proof")
    try:
        first, *lines = head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NoteFault("no proof") from error
    extra = lines.pop(0).removeprefix("extra ") if lines and lines[0].startswith("extra ") else ""
    index = parse_number(lines.pop(0).removeprefix("index ")) if lines and lines[0].startswith("index ") else None
    path = tuple(decode(line) for line in lines)
    if first != HEADER or index is None or len(path) > LONGEST_PATH or any(len(item) != 32 for item in path):
        raise NoteFault("no proof")
    salt, entry = _disclosed(decode(extra))
    return Proof(index, salt, entry, path, checkpoint)


def check_proof(data: bytes, keys: Iterable[VerifierKey]) -> ProofReport:
    """Check a proof against the keys of the log it should be of."""
    try:
        proof = parse_proof(data)
        signed = parse_checkpoint(proof.checkpoint)
    except NoteFault:
        return ProofReport(("proof.unreadable",))
    if not proof.entry:
        return ProofReport(("proof.nothing_disclosed",), proof.index, signed=signed)
    leaf = hash_leaf(commit(proof.salt, proof.entry_hash))
    root = root_from_inclusion(proof.index, signed.head.size, leaf, proof.path)
    faults = [fault for fault in [find_checkpoint_fault(signed, keys)] if fault]
    if root != signed.head.root:
        faults.append("proof.not_included")
    return ProofReport(tuple(faults), proof.index, _read_entry(proof.entry), proof.entry_hash, signed)


def _disclosed(extra: bytes) -> tuple[bytes, bytes]:
    """Return salt and entry; both empty if the extra data are not ours."""
    salt, newline, entry = extra.removeprefix(LEAF_FORMAT).partition(b"\n")
    if not extra.startswith(LEAF_FORMAT) or not newline or len(salt) != 2 * SALT_BYTES:
        return b"", b""
    try:
        return bytes.fromhex(salt.decode()), entry
    except ValueError as error:
        raise NoteFault("no salt") from error


def _read_entry(entry: bytes) -> dict[str, Any]:
    try:
        found = json.loads(entry)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
