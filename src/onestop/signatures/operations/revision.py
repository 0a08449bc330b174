"""Adding to a PDF without touching what is there: an incremental update (ISO 32000-2, 7.5.6)."""

import hashlib

from onestop.signatures.operations.files import File, Held
from onestop.signatures.operations.syntax import Entries, array, elements, whole, written


class Revision:
    """The objects that an update adds or replaces."""

    def __init__(self, file: File) -> None:
        self.file = file
        self._next = whole(file.trailer[b"/Size"])
        self._objects: dict[tuple[int, int], bytes] = {}
        self._changed: dict[tuple[int, int], Entries] = {}

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

    def change(self, held: Held, changes: Entries) -> None:
        """Write a dictionary of the file anew with some entries changed, on top of earlier changes."""
        place = held.number, held.generation
        self._changed[place] = {**self._changed.get(place, held.entries), **changes}
        self.put(held.number, written(self._changed[place]), held.generation)

    def finish(self) -> bytes:
        """Return the file with the update."""
        data = self.file.data
        out = [data] if data.endswith(b"\n") else [data, b"\n"]
        position = sum(map(len, out))
        places: dict[tuple[int, int], int] = {}
        for (number, generation), body in sorted(self._objects.items()):
            places[number, generation] = position
            out.append(b"%d %d obj\n%s\nendobj\n" % (number, generation, body))
            position += len(out[-1])
        out.append(self._stream(places, position) if self.file.packed else self._table(places))
        out.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(out)

    def _table(self, places: dict[tuple[int, int], int]) -> bytes:
        rows = [b"%d 1\n%010d %05d n\r\n" % (number, at, gen) for (number, gen), at in places.items()]
        return b"xref\n%strailer\n<<%s>>\n" % (b"".join(rows), self._trailer(self._next))

    def _stream(self, places: dict[tuple[int, int], int], position: int) -> bytes:
        """Write the table as a stream: a file that has one may not go on with a classic table."""
        number = self.reserve()
        places = {**places, (number, 0): position}
        data = b"".join(b"\x01" + at.to_bytes(6, "big") + gen.to_bytes(2, "big") for (_, gen), at in places.items())
        index = b" ".join(b"%d 1" % number for number, _ in places)
        head = b"/Type /XRef /W [1 6 2] /Index [%s] %s /Length %d" % (index, self._trailer(self._next), len(data))
        return b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (number, head, data)

    def _trailer(self, size: int) -> bytes:
        trailer = self.file.trailer
        kept = [b"%s %s" % (key, trailer[key]) for key in (b"/Root", b"/Info") if key in trailer]
        changed = b"<%s>" % hashlib.sha256(b"".join(self._objects.values())).hexdigest()[:32].encode()
        first = elements(self.file.resolved(trailer[b"/ID"]))[0] if b"/ID" in trailer else changed
        identity = array((first, changed))
        return b"/Size %d %s /ID %s /Prev %d" % (size, b" ".join(kept), identity, self.file.last_table)
