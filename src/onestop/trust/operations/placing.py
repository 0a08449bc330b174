"""Making room for a signature: its field, its place on the page, its appearance, and the empty space for its bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from onestop.errors import Fault, Invalid
from onestop.trust.operations.appearance import draw
from onestop.trust.operations.lettering import Face
from onestop.trust.operations.revision import Revision, copy_of, number, open_pdf, reference, text_string, written
from onestop.trust.rules import DEFAULT_PLACES, Box, SignatureRole
from onestop.trust.rules.certificates import LOCAL_ZONE

_RANGE = b"[0 %010d %010d %010d]"
_UNSET = _RANGE % (0, 0, 0)
_FLAGS = 132  # printed, locked (ISO 32000-2, 12.5.3)
_FONT = b"/OSTSIG+BeVietnamPro-Medium"


@dataclass(frozen=True, slots=True)
class Room:
    """A file with an empty space: its hexadecimal digits begin at `start` and are `digits` many."""

    pdf: bytes
    start: int
    digits: int

    def covered(self) -> tuple[memoryview, memoryview]:
        """Return the bytes that are signed: all but the space and its two brackets."""
        view = memoryview(self.pdf)
        return view[: self.start - 1], view[self.start + self.digits + 1 :]

    def fill(self, signature: bytes) -> bytes:
        """Return the file with the signature in its place."""
        shown = signature.hex().encode()
        if len(shown) > self.digits:
            raise Invalid("signature.too_long", faults=(Fault("signature", "signature.too_long"),))
        return b"".join(
            (self.pdf[: self.start], shown, b"0" * (self.digits - len(shown)), self.pdf[self.start + self.digits :])
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What the room is for: the role, the lines shown, who, why, when, where, and how many bytes it must hold."""

    role: SignatureRole
    texts: tuple[str, ...]
    name: str
    reason: str
    at: datetime
    box: Box | None
    size: int


def make_room(pdf: bytes, wish: Wish) -> Room:
    """Return the file with room for one more signature. Raises `Invalid` (`pdf.*`, `box.*`)."""
    reader = open_pdf(pdf)
    revision = Revision(pdf, reader)
    page_reference, page, rectangle = _find_place(reader, wish)
    signature = revision.add(_signature(wish))
    form, fields = _form(reader)
    field = revision.add(_field(revision, wish, rectangle, page_reference, signature, _field_name(fields, wish.role)))
    _list_on_page(revision, page_reference, page, field)
    _list_in_form(revision, form, fields, field)
    return _measure(revision.finish(), wish.size)


def _measure(pdf: bytes, size: int) -> Room:
    """Find the space and write down what it leaves to be signed."""
    digits = 2 * size
    start = pdf.rindex(b"/Contents <" + b"0" * 16) + len(b"/Contents <")
    after = start + digits + 1
    covered = _RANGE % (start - 1, after, len(pdf) - after)
    at = pdf.rindex(_UNSET, 0, start)
    return Room(b"".join((pdf[:at], covered, pdf[at + len(covered) :])), start, digits)


def _signature(wish: Wish) -> bytes:
    local = wish.at.astimezone(LOCAL_ZONE).strftime("D:%Y%m%d%H%M%S+07'00'").encode()
    reason = b"/Reason %s " % text_string(wish.reason) if wish.reason else b""
    return (
        b"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name %s %s/M (%s) "
        b"/ByteRange %s /Contents <%s>>>"
    ) % (text_string(wish.name), reason, local, _UNSET, b"0" * (2 * wish.size))


def _find_place(reader: PdfFileReader, wish: Wish) -> tuple[Any, Any, tuple[float, ...]]:
    index = wish.box[0] if wish.box else DEFAULT_PLACES[wish.role].page
    try:
        found, _ = cast("Any", reader).find_page_for_modification(index)
        page = found.get_object()
        left, bottom, right, top = (float(edge) for edge in _inherited(page, "/MediaBox"))
    except (PdfError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Invalid("box.no_page", faults=(Fault("box", "box.no_page", {"page": index}),)) from error
    x0, y0, x1, y1 = wish.box[1:] if wish.box else DEFAULT_PLACES[wish.role].on(right - left, top - bottom)
    if not (0 <= x0 < x1 <= right - left and 0 <= y0 < y1 <= top - bottom):
        raise Invalid("box.outside_page", faults=(Fault("box", "box.outside_page"),))
    return found, page, (x0 + left, y0 + bottom, x1 + left, y1 + bottom)


def _inherited(page: Any, key: str) -> Any:
    """Return an attribute of the page, or of the nearest node of the page tree that has it."""
    node = page
    while key not in node:
        node = node["/Parent"]
    return node[key]


def _form(reader: PdfFileReader) -> tuple[Any, list[Any]]:
    """Return the file's form (or None) and its fields as references."""
    form = reader.root["/AcroForm"] if "/AcroForm" in reader.root else None  # noqa: SIM401  `get` gives references
    return form, _raw(form["/Fields"]) if form and "/Fields" in form else []


def _field_name(fields: list[Any], role: SignatureRole) -> str:
    """Name the field by its role and a number not taken: `leader-1`."""
    taken = {str(field.get_object().get("/T", "")) for field in fields}
    return next(name for name in (f"{role.value}-{n}" for n in range(1, len(taken) + 2)) if name not in taken)


def _field(revision: Revision, wish: Wish, rectangle: tuple[float, ...], page: Any, signature: int, name: str) -> bytes:
    x0, y0, x1, y1 = rectangle
    shown = _appearance(revision, wish, x1 - x0, y1 - y0)
    return (
        b"<</Type /Annot /Subtype /Widget /FT /Sig /T (%s) /TU %s /V %d 0 R /F %d /Rect [%s] /P %s /AP <</N %d 0 R>>>>"
    ) % (
        name.encode(),
        text_string(". ".join(wish.texts)),
        signature,
        _FLAGS,
        " ".join(f"{edge:.2f}" for edge in rectangle).encode(),
        written(page),
        shown,
    )


def _appearance(revision: Revision, wish: Wish, width: float, height: float) -> int:
    drawn = draw(role=wish.role, texts=wish.texts, width=width, height=height)
    font = _font(revision, drawn.face)
    entries = (
        f"/Type /XObject /Subtype /Form /BBox [0 0 {width:.2f} {height:.2f}] /Resources <</Font <</F1 {font} 0 R>>>>"
    )
    return revision.add_stream(entries.encode(), drawn.content)


def _font(revision: Revision, face: Face) -> int:
    """Embed the face as a composite font: glyph numbers in, letters out by `ToUnicode`, so text can be copied."""
    file = revision.add_stream(b"/Filter /FlateDecode /Length1 %d" % face.length, face.file)
    descriptor = revision.add(
        b"<</Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [-300 -350 1500 1150] /ItalicAngle 0 "
        b"/Ascent 1000 /Descent -270 /CapHeight 700 /StemV 90 /FontFile2 %d 0 R>>" % (_FONT, file)
    )
    widths = " ".join(str(width) for width in face.widths).encode()
    descendant = revision.add(
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /W [0 [%s]]>>" % (_FONT, descriptor, widths)
    )
    letters = revision.add_stream(b"", _to_unicode(face))
    return revision.add(
        b"<</Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>" % (_FONT, descendant, letters)
    )


def _to_unicode(face: Face) -> bytes:
    pairs = [
        b"<%04X> <%s>" % (glyph, letter.encode("utf-16-be").hex().encode()) for letter, glyph in face.glyphs.items()
    ]
    groups = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    rows = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(group), b"\n".join(group)) for group in groups)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%s\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ) % rows


def _list_on_page(revision: Revision, page_reference: Any, page: Any, field: int) -> None:
    """Add the field to the page's annotations, be they kept in the page or apart."""
    kept = page.raw_get("/Annots") if "/Annots" in page else generic.ArrayObject()
    if isinstance(kept, generic.IndirectObject):
        revision.replace(kept, generic.ArrayObject([*_raw(page["/Annots"]), reference(field)]))
        return
    changed = copy_of(page)
    changed[generic.pdf_name("/Annots")] = generic.ArrayObject([*_raw(kept), reference(field)])
    revision.replace(page_reference, changed)


def _list_in_form(revision: Revision, form: Any, fields: list[Any], field: int) -> None:
    """Add the field to the form; the form becomes an object of its own, so later updates leave the catalogue alone."""
    root = revision.reader.root
    changed = copy_of(form or {})
    changed[generic.pdf_name("/Fields")] = generic.ArrayObject([*fields, reference(field)])
    changed[generic.pdf_name("/SigFlags")] = number(3)
    kept = root.raw_get("/AcroForm") if form else None
    if isinstance(kept, generic.IndirectObject):
        revision.replace(kept, changed)
        return
    catalogue = copy_of(root)
    catalogue[generic.pdf_name("/AcroForm")] = reference(revision.add(written(changed)))
    revision.replace(revision.reader.root_ref, catalogue)


def _raw(array: Any) -> list[Any]:
    return [array.raw_get(index) for index in range(len(array))]
