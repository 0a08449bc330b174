"""Reading a PDF that is to be added to: strictly and at once if it is plain, else with pyHanko, whatever its form.

Plain is what our typesetter writes and what our own updates leave: classic tables of objects, nothing packed, nothing
encrypted. Anything else, and anything that two readers could take differently, goes to pyHanko.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from onestop.errors import Fault, Invalid
from onestop.signatures.operations.syntax import (
    Entries,
    Unusual,
    array,
    elements,
    entries,
    paired,
    referred,
    split,
    whole,
    written,
)

Found = TypeVar("Found")

LARGEST = 200 * 1024 * 1024
"""Larger files are not signed: they are held in memory while they are."""
_TAIL = re.compile(rb"startxref[\r\n ]+(\d+)[\r\n ]+%%EOF[\r\n]*\Z")
_TABLE = re.compile(rb"xref[ ]?\r?\n")
_SECTION = re.compile(rb"(\d{1,9}) (\d{1,9})[ ]?\r?\n")
_ROW = re.compile(rb"(\d{10}) 00000 n(?: \r| \n|\r\n)")
_ROW_BYTES = 20
_TRAILER = re.compile(rb"trailer[\r\n ]*")
_STREAM = re.compile(rb">>[\r\n ]*stream\r?\n")
_SPACES = b"\r\n "
_MOST_TABLES = 64
_PLAIN_TRAILER = frozenset({b"/Size", b"/Root", b"/Info", b"/ID", b"/Prev"})
_ODD = (Unusual, KeyError, IndexError, ValueError, RecursionError, x509.InvalidVersion, UnsupportedAlgorithm)
"""What reading a file that is not as it should be ends in."""


@dataclass(frozen=True, slots=True)
class Held:
    """A dictionary that is an object of its own."""

    number: int
    generation: int
    entries: Entries

    @property
    def reference(self) -> bytes:
        """The reference to it."""
        return b"%d %d R" % (self.number, self.generation)


class Objects(Protocol):
    """The objects of a file, each as it is written."""

    def body(self, number: int, generation: int) -> bytes:
        """Return an object, without the data of a stream. Raises `Unusual`."""
        ...

    def stream(self, number: int, generation: int) -> bytes:
        """Return the data of a stream as they are meant. Raises `Unusual`."""
        ...


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be added to: what an update must know, and a way to its objects."""

    data: bytes
    trailer: Entries
    last_table: int
    packed: bool  # its newest table is a stream, so the next one must be
    objects: Objects

    def held(self, value: bytes) -> Held:
        """Return the dictionary that a reference names."""
        named = referred(value)
        if named is None:
            raise Unusual
        return Held(*named, entries(self.objects.body(*named)))

    def resolved(self, value: bytes) -> bytes:
        """Return a value, or what it refers to."""
        named = referred(value)
        return self.objects.body(*named) if named else value

    def entries(self, value: bytes) -> Entries:
        """Return a dictionary, direct or not."""
        return entries(self.resolved(value))

    def elements(self, value: bytes) -> list[bytes]:
        """Return an array, direct or not."""
        return elements(self.resolved(value))

    def stream(self, value: bytes) -> bytes:
        """Return the data of the stream that a reference names."""
        named = referred(value)
        if named is None:
            raise Unusual
        return self.objects.stream(*named)

    @property
    def root(self) -> Held:
        """The catalogue."""
        return self.held(self.trailer[b"/Root"])


def reading(pdf: bytes, act: Callable[[File], Found]) -> Found:
    """Do something with a file, read the quick way if it is plain.

    Raises `Invalid`: `pdf.too_large`, `pdf.not_readable`, `pdf.locked` (encrypted), and what `act` raises.
    """
    if len(pdf) > LARGEST:
        raise invalid("pdf.too_large")
    try:
        return act(open_plain(pdf))
    except _ODD:
        pass
    try:
        return act(open_any(pdf))
    except _ODD as error:
        raise invalid("pdf.not_readable") from error


# -- the plain form ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Section:
    """Rows of a table: numbers from `first` on, `count` of them, at `start`."""

    first: int
    count: int
    start: int


class _Plain:
    def __init__(self, data: bytes, sections: list[_Section]) -> None:
        self._data = data
        self._sections = sections  # newest first

    def body(self, number: int, generation: int) -> bytes:
        if generation:
            raise Unusual
        head = b"%d 0 obj" % number
        start = self._place(number)
        if not self._data.startswith(head, start):
            raise Unusual
        start += len(head)
        body = self._data[start : self._data.find(b"endobj", start)]
        stream = body.find(b"stream")
        body = (body if stream < 0 else body[:stream]).strip(_SPACES)
        if b"#" in body:  # names may be written in two ways
            raise Unusual
        return body

    def stream(self, number: int, generation: int) -> bytes:
        head = entries(self.body(number, generation))
        size = whole(head[b"/Length"])
        begun = _STREAM.search(self._data, self._place(number))
        if begun is None or b"/Filter" in head or not self._data.startswith(b"\nendstream", begun.end() + size):
            raise Unusual
        return self._data[begun.end() : begun.end() + size]

    def _place(self, number: int) -> int:
        for section in self._sections:
            if section.first <= number < section.first + section.count:
                row = _ROW.match(self._data, section.start + _ROW_BYTES * (number - section.first))
                if row is None:
                    break
                return int(row[1])
        raise Unusual


def open_plain(pdf: bytes) -> File:
    """Read a plain file. Raises `Unusual` for any other."""
    tail = _TAIL.search(pdf, max(0, len(pdf) - 64))
    if tail is None or not pdf.startswith(b"%PDF-"):
        raise Unusual
    sections: list[_Section] = []
    trailer = _read_tables(pdf, int(tail[1]), sections)
    if b"/Root" not in trailer or b"/Size" not in trailer:
        raise Unusual
    return File(pdf, trailer, int(tail[1]), False, _Plain(pdf, sections))


def _read_tables(pdf: bytes, place: int, sections: list[_Section]) -> Entries:
    """Note the sections of all tables, newest first; return the newest trailer."""
    newest: Entries = {}
    for _ in range(_MOST_TABLES):
        at = _read_sections(pdf, place, sections)
        trailer = paired(split(pdf, at)[0])
        newest = newest or trailer
        if not _PLAIN_TRAILER.issuperset(trailer):
            raise Unusual
        if b"/Prev" not in trailer:
            return newest
        earlier, place = place, whole(trailer[b"/Prev"])
        if place >= earlier:
            raise Unusual
    raise Unusual


def _read_sections(pdf: bytes, place: int, sections: list[_Section]) -> int:
    """Note the sections of the table at `place`; return where its trailer's dictionary begins."""
    table = _TABLE.match(pdf, place)
    if table is None:
        raise Unusual
    at = table.end()
    while head := _SECTION.match(pdf, at):
        sections.append(_Section(int(head[1]), int(head[2]), head.end()))
        at = head.end() + _ROW_BYTES * int(head[2])
    trailer = _TRAILER.match(pdf, at)
    if trailer is None:
        raise Unusual
    return trailer.end()


# -- any form ---------------------------------------------------------------------------------------


class _Any:
    def __init__(self, reader: PdfFileReader) -> None:
        self._reader = reader

    def body(self, number: int, generation: int) -> bytes:
        place = generic.Reference(number, generation, self._reader)
        return _shown(_reading(place.get_object))

    def stream(self, number: int, generation: int) -> bytes:
        place = generic.Reference(number, generation, self._reader)
        return bytes(_reading(lambda: cast("Any", place.get_object()).data))


def open_any(pdf: bytes) -> File:
    """Read a file with pyHanko. Raises `Invalid`: `pdf.not_readable`, `pdf.locked`."""
    reader = _reading(lambda: PdfFileReader(io.BytesIO(pdf)))
    if _reading(lambda: reader.encrypted):
        raise invalid("pdf.locked")
    _reading(lambda: reader.root["/Pages"])
    kept = [key for key in ("/Size", "/Root", "/Info", "/ID") if key in reader.trailer]
    trailer = {key.encode(): _shown(reader.trailer.raw_get(key)) for key in kept}
    return File(pdf, trailer, int(reader.last_startxref), bool(reader.has_xref_stream), _Any(reader))


def _reading(act: Any) -> Any:
    """Do it; a file made to confuse its reader is refused, never a crash."""
    try:
        return act()
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise invalid("pdf.not_readable") from error


def _shown(value: Any) -> bytes:
    """Return a value of the reader as it is written, dictionaries of streams alone."""
    if isinstance(value, generic.DictionaryObject):
        return written({_shown(key): _shown(value.raw_get(key)) for key in value})
    if isinstance(value, generic.ArrayObject):
        return array(_shown(value.raw_get(index)) for index in range(len(value)))
    if isinstance(value, generic.TextStringObject | generic.ByteStringObject):
        return b"<%s>" % value.original_bytes.hex().encode()
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def invalid(code: str) -> Invalid:
    """Return the refusal of a file."""
    return Invalid(code, faults=(Fault("pdf", code),))
