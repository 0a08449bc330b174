"""Small PDFs, written object by object, signed in place: what an attacker can write, this can write."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from onestop.trust.rules import cms
from tests.validation.attacks.authority import AT, Authority, Holder, sign_with

SHOWN = b"BT /F1 18 Tf 20 150 Td (Sum: 100) Tj ET"
FALSE = b"BT /F1 18 Tf 20 150 Td (Sum: 900) Tj ET"
DIGITS = 7000
_RANGE = b"[%010d %010d %010d %010d]"

Objects = dict[int, bytes]


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content)


def signature(byte_range: bytes = _RANGE % (0, 0, 0, 0), contents: bytes = b"<" + b"0" * DIGITS + b">") -> bytes:
    """A signature dictionary with an empty space."""
    told = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260227091000Z)"
    return told + b"/ByteRange %s/Contents %s>>" % (byte_range, contents)


def base(**more: bytes) -> Objects:
    """The objects of a page with one signature field; `more` goes into the catalogue, page, form and signature."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R%s>>" % more.get("catalogue", b""),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>%s>>"
        b"/Annots[7 0 R%s]>>" % (more.get("resources", b""), more.get("annotations", b"")),
        4: stream(more.get("shown", SHOWN)),
        5: b"<</Fields[7 0 R%s]/SigFlags 3/DA(/F1 12 Tf)/DR<</Font<</F1 6 0 R>>>>>>" % more.get("fields", b""),
        6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        7: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(leader-1)/V 8 0 R/Rect[0 0 0 0]/P 3 0 R/F 132>>",
        8: signature(),
    }


def first(objects: Mapping[int, bytes], head: bytes = b"%PDF-1.7\n%\x80\x80\x80\x80\n") -> bytes:
    """A file of one revision."""
    return head + _section(head, objects, b"")


def append(pdf: bytes, objects: Mapping[int, bytes], *, root: int = 1) -> bytes:
    """The file with one more revision, as any editor would write it."""
    return pdf + b"\n" + _section(pdf + b"\n", objects, b"/Prev %d" % startxref(pdf), root)


def body(objects: Mapping[int, bytes]) -> bytes:
    """Objects without any table."""
    return b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in objects.items())


def table(places: Mapping[int, int]) -> bytes:
    """A table of objects at given places."""
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, places[number]) for number in sorted(places))
    return b"xref\n0 1\n0000000000 65535 f \n" + rows


def trailer(more: bytes, place: int, root: int = 1, size: int = 60) -> bytes:
    return b"trailer\n<</Size %d/Root %d 0 R/ID[<00><00>]%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, more, place)


def places_of(before: bytes, objects: Mapping[int, bytes]) -> dict[int, int]:
    """Where objects come to lie that are written behind `before`."""
    places, place = {}, len(before)
    for number, content in objects.items():
        places[number] = place
        place += len(body({number: content}))
    return places


def _section(before: bytes, objects: Mapping[int, bytes], more: bytes, root: int = 1) -> bytes:
    written = body(objects)
    numbers = {*(int(found) for found in re.findall(rb"(?m)^(\d+) 0 obj", before)), *objects}
    end = trailer(more, len(before) + len(written), root, size=max(numbers) + 1)
    return written + table(places_of(before, objects)) + end


def startxref(pdf: bytes) -> int:
    """Where the last table lies."""
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


@dataclass
class Signer:
    """Signs papers for the samples: one authority, one leader, a stranger whom nobody trusts."""

    authority: Authority = field(default_factory=Authority)
    stranger: Authority = field(default_factory=lambda: Authority("nobody's root"))

    @property
    def leader(self) -> Holder:
        return self.authority.holder("Nguyễn Văn Quang")

    def message(self, digest: bytes, by: Holder, *, stamp: bool = True) -> bytes:
        attributes = cms.signed_attributes(digest, by.der)
        made = sign_with(by.key, attributes)
        token = self.authority.stamp(hashlib.sha256(made).digest()) if stamp else b""
        return cms.signed_data(chain=by.chain, attributes=attributes, signature=made, token=token)

    def fill(
        self, pdf: bytes, by: Holder | None = None, make: Callable[[bytes], bytes] | None = None, *, stamp: bool = True
    ) -> bytes:
        """Sign the last empty space of a file; `make` turns what is covered into another message."""
        start = pdf.rindex(b"/Contents <" + b"0" * DIGITS) + len(b"/Contents ")
        end = start + DIGITS + 2
        place = pdf.rindex(_RANGE % (0, 0, 0, 0), 0, start)
        told = _RANGE % (0, start, end, len(pdf) - end)
        pdf = pdf[:place] + told + pdf[place + len(told) :]
        covered = pdf[:start] + pdf[end:]
        made = make(covered) if make else self.message(hashlib.sha256(covered).digest(), by or self.leader, stamp=stamp)
        return pdf[: start + 1] + made.hex().encode().ljust(DIGITS, b"0") + pdf[end - 1 :]

    def paper(self, **more: bytes) -> bytes:
        """A signed paper of one page."""
        return self.fill(first(base(**more)))

    def certified(self, level: int, **more: bytes) -> bytes:
        """A certified paper: which changes its author allows (ISO 32000-2, 12.8.2.2)."""
        objects = base(catalogue=b"/Perms<</DocMDP 8 0 R>>", **more)
        allowed = b"/TransformParams<</Type/TransformParams/P %d/V/1.2>>" % level
        reference = b"/Reference[<</Type/SigRef/TransformMethod/DocMDP%s>>]" % allowed
        objects[8] = objects[8].replace(b"/Type/Sig/", b"/Type/Sig%s/" % reference)
        return self.fill(first(objects))


@cache
def signer() -> Signer:
    return Signer()


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the last signature's string begins and ends, brackets included."""
    start = pdf.rindex(b"/Contents <3") + len(b"/Contents ")
    return start, pdf.index(b">", start) + 1


__all__ = [
    "AT", "DIGITS", "FALSE", "SHOWN", "Objects", "Signer", "append", "base", "body", "first", "gap", "places_of",
    "signature", "signer", "startxref", "stream", "table", "trailer",
]  # fmt: skip
