"""What an entry is, how it is written down canonically, and how the chain is checked.

Canonical form: RFC 8785 (JSON Canonicalization Scheme). Floats are not allowed in entries: durations and
amounts are integers, shares are pairs of integers, so that every implementation writes the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT = "onestop/1"
GENESIS_HASH = bytes(32)
_MAX_SAFE = 2**53 - 1
_KIND = re.compile(r"[a-z][a-z_]{2,31}")


class NotCanonical(ValueError):
    """The value has no RFC 8785 form that every implementation agrees on."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: number and hash of its last entry."""

    sequence: int
    hash: bytes


GENESIS = Head(0, GENESIS_HASH)


@dataclass(frozen=True, slots=True)
class EntryBody:
    """Everything in an entry that its hash covers.

    `at` is when the deed took effect, `recorded_at` when the machine wrote it; both aware, to the microsecond.
    """

    stream: int
    sequence: int
    kind: str
    actor: str
    post: str
    unit: str
    on_behalf_of: str
    at: datetime
    recorded_at: datetime
    ground: str
    payload: dict[str, Any]
    previous: bytes


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it lies in the table, with what it claims about itself."""

    id: int
    body: EntryBody
    hash: bytes
    signature: bytes
    certificate_id: int


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing wrong in a chain: which entry, and how (altered, deleted, inserted, truncated ...)."""

    stream: int
    sequence: int
    code: str
    entry_id: int | None = None


def moment_text(moment: datetime) -> str:
    """Return `moment` as UTC text with microseconds, `2026-02-13T08:00:00.000000Z`. Naive raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a journal moment carries its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(body: EntryBody) -> bytes:
    """Return the RFC 8785 bytes of an entry. Raises `NotCanonical` for a payload with floats or odd keys."""
    _check(body.payload)
    return _dump(
        {
            "actor": body.actor,
            "at": moment_text(body.at),
            "format": FORMAT,
            "ground": body.ground,
            "kind": body.kind,
            "on_behalf_of": body.on_behalf_of,
            "payload": body.payload,
            "post": body.post,
            "previous": body.previous.hex(),
            "recorded_at": moment_text(body.recorded_at),
            "sequence": body.sequence,
            "stream": body.stream,
            "unit": body.unit,
        }
    )


def entry_hash(body: EntryBody) -> bytes:
    """Return the SHA-256 of the canonical form: the entry's own hash, and what its actor signs."""
    return hashlib.sha256(canonical(body)).digest()


def is_kind(kind: str) -> bool:
    """True if `kind` is a well-formed name of an event (snake case, 3 to 32 letters)."""
    return _KIND.fullmatch(kind) is not None


def find_break(entries: Iterable[StoredEntry], head: Head | None = None) -> Break | None:
    """Walk one stream in order and return the first break, or None if the chain holds.

    A missing number is `deleted`; a number met twice or a link that does not fit is `inserted`; a hash that does
    not match its content is `altered`, as is a last entry that is not the one of `head`; an end before `head` is
    `truncated`, one after it `inserted`. Signatures are checked elsewhere.
    """
    at = GENESIS
    stream = 0
    last: int | None = None
    for entry in entries:
        stream = entry.body.stream
        code = _fault(entry, at)
        if code:
            return Break(stream, min(entry.body.sequence, at.sequence + 1), code, entry.id)
        at = Head(entry.body.sequence, entry.hash)
        last = entry.id
    if head is not None and head != at:
        if head.sequence == at.sequence:
            return Break(stream, at.sequence, "altered", last)
        code = "truncated" if head.sequence > at.sequence else "inserted"
        return Break(stream, min(head.sequence, at.sequence) + 1, code)
    return None


def is_altered(entry: StoredEntry) -> bool:
    """True if an entry's content is not what its hash says."""
    try:
        return entry_hash(entry.body) != entry.hash
    except NotCanonical:  # an altered payload, e.g. with a float, has no canonical form at all
        return True


def may_sign(actor: str, key: str) -> bool:
    """True if the entry of this actor may bear a signature of this key: an officer's own, a system's for all others."""
    return key == actor if actor.startswith("officer:") else key.startswith("system:")


def _fault(entry: StoredEntry, before: Head) -> str | None:
    body = entry.body
    if body.sequence > before.sequence + 1:
        return "deleted"
    if body.sequence <= before.sequence:
        return "inserted"
    if is_altered(entry):
        return "altered"
    return None if body.previous == before.hash else "inserted"


def _dump(value: object) -> bytes:
    # With only ASCII keys, no floats and integers within 2^53, sorted keys and minimal separators are RFC 8785.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check(value: object) -> None:
    for item in _leaves(value):
        if item is None or isinstance(item, str | bool):
            continue
        if isinstance(item, int):
            if abs(item) > _MAX_SAFE:
                raise NotCanonical("integer beyond 2^53")
            continue
        raise NotCanonical(f"{type(item).__name__} has no place in a journal entry")


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonical("keys are ASCII text")
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
