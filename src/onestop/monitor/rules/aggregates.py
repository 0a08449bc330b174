"""The daily aggregate (báo cáo số liệu ngày): what a member says of itself, in one open form.

A JSON document, canonical by RFC 8785, described in `docs/monitor-format.md`. Numbers are whole; each aggregate names
the one before it by its SHA-256, so that nothing can be taken back unseen.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onestop.monitor.rules.members import Counts

FORMAT = "onestop.aggregate/1"
LARGEST_BYTES = 2 * 1024 * 1024
MOST_FIGURES = 2000
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,63}")
_MEMBER = re.compile(r"[A-Z][0-9]{2}")
_MAX_SAFE = 2**53 - 1


class Unreadable(ValueError):
    """The document is no aggregate of this form; the message says where it departs from it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: code and version of its definition, the counts of the period, and those of its parts by unit.

    Counts run from the first day of the year to the end of `day`: they only grow within a year, unless a later entry
    of the journal corrects an earlier one. `parts` is empty if the member does not break the figure down.
    """

    code: str
    version: int
    counts: Counts
    parts: Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What one member says of one day. `previous` is the SHA-256 of its last aggregate, 64 zeros for the first."""

    member: str
    day: date
    sequence: int
    previous: str
    scheme: str
    lines: tuple[Line, ...]

    @property
    def by_code(self) -> dict[str, Line]:
        """The lines by the code of their indicator."""
        return {line.code: line for line in self.lines}


FIRST = "0" * 64


def digest_of(document: bytes) -> str:
    """Return the SHA-256 by which the next aggregate names this one."""
    return hashlib.sha256(document).hexdigest()


def write_aggregate(aggregate: Aggregate) -> bytes:
    """Return the one form in which an aggregate is written (RFC 8785)."""
    said = {
        "format": FORMAT,
        "member": aggregate.member,
        "day": aggregate.day.isoformat(),
        "sequence": aggregate.sequence,
        "previous": aggregate.previous,
        "scheme": aggregate.scheme,
        "figures": [_line(line) for line in aggregate.lines],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_aggregate(document: bytes) -> Aggregate:
    """Return what a document says. Raises `Unreadable` for anything but the one form of an aggregate."""
    if len(document) > LARGEST_BYTES:
        raise Unreadable(f"larger than {LARGEST_BYTES} bytes")
    try:
        said = json.loads(document, parse_float=_no_float, parse_constant=_no_float)
        found = _read(said)
    except Unreadable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    if write_aggregate(found) != document:
        raise Unreadable("not written canonically (RFC 8785)")
    return found


def _read(said: dict[str, Any]) -> Aggregate:
    if said["format"] != FORMAT:
        raise Unreadable(f"format {said['format']!r}")
    lines = tuple(_read_line(line) for line in said["figures"])
    if len(lines) > MOST_FIGURES or len({line.code for line in lines}) != len(lines):
        raise Unreadable("an indicator twice, or too many of them")
    if not _MEMBER.fullmatch(said["member"]) or not re.fullmatch(r"[0-9a-f]{64}", said["previous"]):
        raise Unreadable("member or previous")
    return Aggregate(
        member=said["member"],
        day=date.fromisoformat(said["day"]),
        sequence=_whole(said["sequence"]),
        previous=said["previous"],
        scheme=str(said["scheme"]),
        lines=lines,
    )


def _read_line(said: dict[str, Any]) -> Line:
    if not _CODE.fullmatch(said["code"]):
        raise Unreadable(f"indicator {said['code']!r}")
    parts = {str(unit): _read_counts(counts) for unit, counts in said["parts"].items()}
    return Line(said["code"], _whole(said["version"]), _read_counts(said["counts"]), parts)


def _read_counts(said: list[int]) -> Counts:
    population, denominator, numerator = (_whole(number) for number in said)
    return Counts(numerator, denominator, population)


def _whole(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _MAX_SAFE:
        raise Unreadable(f"{number!r} is no whole number from 0")
    return number


def _no_float(text: str) -> object:
    raise Unreadable(f"{text} is no whole number")


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "version": line.version,
        "counts": _counts(line.counts),
        "parts": {unit: _counts(counts) for unit, counts in line.parts.items()},
    }


def _counts(counts: Counts) -> list[int]:
    return [counts.population, counts.denominator, counts.numerator]
