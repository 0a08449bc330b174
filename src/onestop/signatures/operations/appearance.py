"""What a signature looks like on the page: who, which agency, when; plain, in the colour of ink or of the stamp."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onestop.signatures.operations.lettering import Face, face_for, width_of
from onestop.signatures.operations.revision import Revision
from onestop.trust.rules import SignatureRole

_ALWAYS = "0123456789-:T+. "  # every time that may come, so that one face serves a signer's whole life
_LARGEST, _READABLE, _SMALLEST, _STEP = 8.5, 6.75, 4.0, 0.25
_LEADING = 1.22
_COPY_SIZE = 10.0  # Decree 30/2020/NĐ-CP, Annex I: on an electronic copy, in black, size 10, without a picture
_INSET = 4.0
_INK = {
    SignatureRole.LEADER: "0.10 0.18 0.45",
    SignatureRole.INITIALS: "0.10 0.18 0.45",
    SignatureRole.ORGANISATION: "0.72 0.09 0.12",
    SignatureRole.RECEIPT: "0.72 0.09 0.12",
    SignatureRole.COPY: "0 0 0",
    SignatureRole.SCAN: "0 0 0",
}
_FONT = b"/OSTSIG+BeVietnamPro-Medium"
_COPIES = {SignatureRole.COPY, SignatureRole.SCAN}
_FRAMED = {SignatureRole.ORGANISATION, SignatureRole.RECEIPT}


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a page shows: the drawing (PDF content), and the face it needs."""

    content: bytes
    face: Face


def add_drawing(revision: Revision, role: SignatureRole, texts: tuple[str, ...], width: float, height: float) -> int:
    """Add what a box of this size shows to a file, with its font; return the number of the object."""
    drawn = draw(role=role, texts=texts, width=width, height=height)
    font = _add_font(revision, drawn.face)
    entries = b"%s /Resources <</Font <</F1 %d 0 R>>>>" % (_box(width, height), font)
    return revision.add_stream(entries, drawn.content)


def add_nothing(revision: Revision, width: float, height: float) -> int:
    """Add an empty drawing: what a field shows that waits for its signature."""
    return revision.add_stream(_box(width, height), b"")


def draw(*, role: SignatureRole, texts: tuple[str, ...], width: float, height: float) -> Appearance:
    """Return the drawing of a box of this size with these lines, as large as they fit."""
    face = face_for((*texts, _ALWAYS))
    largest = _COPY_SIZE if role in _COPIES else _LARGEST
    size, lines = _fit(texts, width - 2 * _INSET, height - 2 * _INSET, largest)
    leading = size * _LEADING
    top = (height + len(lines) * leading) / 2 - size * 0.95
    shown = b" ".join(b"<%s> Tj T*" % face.encode(line) for line in lines)
    text = f"BT /F1 {size:g} Tf {leading:.2f} TL {_INSET:g} {top:.2f} Td ".encode() + shown + b" ET"
    return Appearance(b"q " + _frame(role, width, height) + text + b" Q", face)


def _frame(role: SignatureRole, width: float, height: float) -> bytes:
    ink = _INK[role]
    if role not in _FRAMED:
        return f"{ink} rg ".encode()
    boxes = f"1 w 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re S 0.4 w 2 2 {width - 4:.2f} {height - 4:.2f} re S"
    return f"{ink} rg {ink} RG {boxes} ".encode()


@lru_cache(maxsize=2048)
def _fit(texts: tuple[str, ...], width: float, height: float, largest: float) -> tuple[float, tuple[str, ...]]:
    """Return the size and the lines: one line a text as long as that is well readable, else broken, else smaller."""
    for size in _sizes(largest, _READABLE):
        if _fits(texts, size, width, height):
            return size, texts
    lines = texts
    for size in _sizes(largest, _SMALLEST):
        lines = tuple(line for text in texts for line in _wrap(text, width / size))
        if _fits(lines, size, width, height):
            return size, lines
    return _SMALLEST, lines


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    return (largest - step * _STEP for step in range(int((largest - smallest) / _STEP) + 1))


def _fits(lines: tuple[str, ...], size: float, width: float, height: float) -> bool:
    return len(lines) * size * _LEADING <= height and all(width_of(line) * size <= width for line in lines)


def _wrap(text: str, width: float) -> list[str]:
    """Break a text between words; `width` in em. Continued lines are not indented."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _box(width: float, height: float) -> bytes:
    return b"/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f]" % (width, height)


def _add_font(revision: Revision, face: Face) -> int:
    """Embed the face as a composite font: glyph numbers in, letters out by `ToUnicode`, so text can be copied."""
    file = revision.add_stream(b"/Filter /FlateDecode /Length1 %d" % face.length, face.file)
    descriptor = revision.add(
        b"<</Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [-300 -350 1500 1150] /ItalicAngle 0 "
        b"/Ascent 1000 /Descent -270 /CapHeight 700 /StemV 90 /FontFile2 %d 0 R>>" % (_FONT, file)
    )
    widths = b" ".join(b"%d" % width for width in face.widths)
    descendant = revision.add(
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /W [0 [%s]]>>" % (_FONT, descriptor, widths)
    )
    letters = revision.add_stream(b"/Filter /FlateDecode", face.letters)
    return revision.add(
        b"<</Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>" % (_FONT, descendant, letters)
    )
