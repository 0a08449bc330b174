"""How values are written in a PDF (ISO 32000-2, 7.3), as far as an update needs it: taken apart and put together.

Values stay the bytes they are written as; only dictionaries and arrays are opened, one level at a time. Whatever is
unusual raises `Unusual`, and the general reader takes over.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

Entries: TypeAlias = dict[bytes, bytes]
"""Key (with its stroke) → value as written."""

_TOKEN = re.compile(
    rb"""[\0\t\n\f\r ]*(?:
        (?P<open><<|\[) | (?P<close>>>|\])
      | (?P<value>
            \d+[ ]\d+[ ]R(?![^\0\t\n\f\r ()<>\[\]{}/%])
          | <[0-9A-Fa-f\0\t\n\f\r ]*>
          | /[^\0\t\n\f\r ()<>\[\]{}/%]*
          | \((?:[^()\\]|\\.)*\)
          | [^\0\t\n\f\r ()<>\[\]{}/%]+
        )
    )""",
    re.DOTALL | re.VERBOSE,
)
_REFERENCE = re.compile(rb"(\d+) (\d+) R")
_DEEPEST = 64
_CLOSES = {b"<<": b">>", b"[": b"]"}


class Unusual(Exception):
    """Written in a way that this reader does not know."""


def split(data: bytes, start: int) -> tuple[list[bytes], int]:
    """Return the members of the array or dictionary that begins at `start`, and where it ends."""
    read = cast("Any", _TOKEN).scanner(data, start).match
    open_ones: list[bytes] = []
    members: list[bytes] = []
    begun = start
    while found := read():
        kind, token = found.lastgroup, found[found.lastgroup]
        if kind == "open":
            if len(open_ones) == 1:
                begun = found.start("open")
            open_ones.append(token)
        elif kind == "close":
            if not open_ones or _CLOSES[open_ones.pop()] != token:
                break
            if not open_ones:
                return members, found.end()
            if len(open_ones) == 1:
                members.append(data[begun : found.end()])
        elif len(open_ones) == 1:
            members.append(token)
        if not 0 < len(open_ones) < _DEEPEST:
            break
    raise Unusual


def elements(value: bytes) -> list[bytes]:
    """Return the members of an array."""
    return _members(value, b"[")


def entries(value: bytes) -> Entries:
    """Return the entries of a dictionary; a key written twice is unusual."""
    return paired(_members(value, b"<<"))


def paired(members: list[bytes]) -> Entries:
    """Return the members of a dictionary as key → value."""
    found = dict(zip(members[::2], members[1::2], strict=False))
    if 2 * len(found) != len(members) or not all(key.startswith(b"/") for key in found):
        raise Unusual
    return found


def _members(value: bytes, opening: bytes) -> list[bytes]:
    if not value.startswith(opening):
        raise Unusual
    members, end = split(value, 0)
    if end != len(value):
        raise Unusual
    return members


def written(pairs: Mapping[bytes, bytes]) -> bytes:
    """Return a dictionary as it is written."""
    return b"<<%s>>" % b" ".join(b"%s %s" % pair for pair in pairs.items())


def array(members: Iterable[bytes]) -> bytes:
    """Return an array as it is written."""
    return b"[%s]" % b" ".join(members)


def reference(number: int, generation: int = 0) -> bytes:
    """Return a reference to an object."""
    return b"%d %d R" % (number, generation)


def referred(value: bytes) -> tuple[int, int] | None:
    """Return number and generation that a reference names, or None if the value is no reference."""
    found = _REFERENCE.fullmatch(value)
    return (int(found[1]), int(found[2])) if found else None


def whole(value: bytes) -> int:
    """Return an integer."""
    if not value.isdigit():
        raise Unusual
    return int(value)


def text_string(text: str) -> bytes:
    """Return a text as it is written: UTF-16 with its mark."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def text(value: bytes) -> str:
    """Return what a string says, written with letters or in hexadecimal."""
    if value.startswith(b"<"):
        said = bytes.fromhex(value[1:-1].decode("ascii"))
    elif value.startswith(b"(") and b"\\" not in value:
        said = value[1:-1]
    else:
        raise Unusual
    return said[2:].decode("utf-16-be", "replace") if said.startswith(b"\xfe\xff") else said.decode("latin-1")
