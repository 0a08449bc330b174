"""Adding to a PDF without touching what is there: an incremental update (ISO 32000-2, 7.5.6).

pyHanko reads the file, whatever its form; the update is written here, since its own writer takes ten times as long.
"""

import hashlib
import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from onestop.errors import Fault, Invalid

_generic: Any = generic  # its constructors carry no types


def open_pdf(pdf: bytes) -> PdfFileReader:
    """Read a PDF. Raises `Invalid`: `pdf.not_readable`, `pdf.locked`."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        locked = reader.encrypted
        _ = reader.root["/Pages"]
    except (PdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise Invalid("pdf.not_readable", faults=(Fault("pdf", "pdf.not_readable"),)) from error
    if locked:
        raise Invalid("pdf.locked", faults=(Fault("pdf", "pdf.locked"),))
    return reader


class Revision:
    """The objects that an update adds or replaces."""

    def __init__(self, pdf: bytes, reader: PdfFileReader) -> None:
        self.reader = reader
        self._pdf = pdf
        self._next = int(reader.trailer["/Size"])
        self._objects: dict[tuple[int, int], bytes] = {}

    def reserve(self) -> int:
        """Return the number of an object to come."""
        self._next += 1
        return self._next - 1

    def put(self, number: int, body: bytes, generation: int = 0) -> None:
        """Set the content of an object."""
        self._objects[number, generation] = body

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """Add a stream and return its number."""
        return self.add(b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))

    def replace(self, reference: Any, value: Any) -> None:
        """Write an object of the file anew."""
        self.put(reference.idnum, written(value), reference.generation)

    def finish(self) -> bytes:
        """Return the file with the update."""
        out = [self._pdf if self._pdf.endswith(b"\n") else self._pdf + b"\n"]
        position = len(out[0])
        places: dict[tuple[int, int], int] = {}
        for (number, generation), body in sorted(self._objects.items()):
            places[number, generation] = position
            out.append(b"%d %d obj\n%s\nendobj\n" % (number, generation, body))
            position += len(out[-1])
        out.append(self._stream(places, position) if self.reader.has_xref_stream else self._table(places))
        out.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(out)

    def _table(self, places: dict[tuple[int, int], int]) -> bytes:
        rows = [b"%d 1\n%010d %05d n\r\n" % (number, at, gen) for (number, gen), at in places.items()]
        return b"xref\n%s\ntrailer\n<<%s>>\n" % (b"".join(rows).rstrip(b"\n") + b"\n", self._trailer(self._next))

    def _stream(self, places: dict[tuple[int, int], int], position: int) -> bytes:
        """Write the table as a stream: a file that has one may not go on with a classic table."""
        number = self.reserve()
        places = {**places, (number, 0): position}
        data = b"".join(b"\x01" + at.to_bytes(6, "big") + gen.to_bytes(2, "big") for (_, gen), at in places.items())
        index = b" ".join(b"%d 1" % number for number, _ in places)
        head = b"/Type /XRef /W [1 6 2] /Index [%s] %s /Length %d" % (index, self._trailer(self._next), len(data))
        return b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (number, head, data)

    def _trailer(self, size: int) -> bytes:
        trailer = self.reader.trailer
        kept = [
            b"%s %s" % (key.encode(), written(trailer.raw_get(key))) for key in ("/Root", "/Info") if key in trailer
        ]
        changed = hashlib.sha256(b"".join(self._objects.values())).hexdigest()[:32].encode()
        first = written(trailer["/ID"][0]) if "/ID" in trailer else b"<%s>" % changed
        return b"/Size %d %s /ID [%s <%s>] /Prev %d" % (size, b" ".join(kept), first, changed, self._previous())

    def _previous(self) -> int:
        found = self.reader.last_startxref
        assert found is not None  # it was read through it
        return found


def written(value: Any) -> bytes:
    """Return an object as it is written in a file."""
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def text_string(text: str) -> bytes:
    """Return a text as a PDF string: UTF-16 with its mark."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def reference(number: int, generation: int = 0) -> Any:
    """Return a reference to an object, for use inside objects read from the file."""
    return _generic.IndirectObject(number, generation, None)


def copy_of(dictionary: Any) -> Any:
    """Return a dictionary of the file as a new one, its references kept as such."""
    raw = getattr(dictionary, "raw_get", dictionary.get)
    return _generic.DictionaryObject({key: raw(key) for key in dictionary})


def number(value: int) -> Any:
    """Return a number for use inside objects read from the file."""
    return _generic.NumberObject(value)
