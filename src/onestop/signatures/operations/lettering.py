"""Letters for signature boxes: Be Vietnam Pro, cut down to the letters used, as a font that a PDF can embed.

Cutting a whole font takes a font library tens of milliseconds. Here each glyph is taken apart once in the life of the
process, and a font of the fifty letters that a box needs is put together from such parts in well under one.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

import fontpkg_be_vietnam_pro

_FILE = fontpkg_be_vietnam_pro.ROOT / "files" / "BeVietnamPro-Medium.ttf"
_MISSING = ".notdef"


@dataclass(frozen=True, slots=True)
class Letter:
    """One glyph: its outline as `glyf` data without references to others, its advance and left bearing."""

    outline: bytes
    advance: int
    bearing: int


@dataclass(frozen=True, slots=True)
class Face:
    """A font of few letters: which glyph stands for which letter, widths in 1/1000 em.

    `file` is the font, `letters` the way back from glyphs to letters (a ToUnicode map), both deflated.
    """

    glyphs: dict[str, int]
    widths: tuple[int, ...]
    file: bytes
    length: int
    letters: bytes

    def encode(self, text: str) -> bytes:
        """Return the text as glyph numbers in hexadecimal, for a PDF string."""
        return b"".join(b"%04X" % self.glyphs[letter] for letter in text)


class _Source:
    """The whole font, read once; glyphs taken apart when first needed."""

    def __init__(self) -> None:
        from fontTools.ttLib import TTFont

        self.font: Any = TTFont(_FILE, lazy=True)
        self._letters: dict[str, Letter] = {}

    @cached_property
    def names(self) -> dict[int, str]:
        return dict(self.font.getBestCmap())

    @cached_property
    def glyphs(self) -> Any:
        return self.font.getGlyphSet()

    @cached_property
    def em(self) -> int:
        return int(self.font["head"].unitsPerEm)

    def letter(self, character: str) -> Letter:
        found = self._letters.get(character)
        return found or self._letters.setdefault(character, self._take(self.names.get(ord(character), _MISSING)))

    def _take(self, name: str) -> Letter:
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        recorded, drawn = DecomposingRecordingPen(self.glyphs), TTGlyphPen(None)
        self.glyphs[name].draw(recorded)
        recorded.replay(drawn)
        outline = drawn.glyph().compile(self.font["glyf"])
        advance, bearing = self.font["hmtx"][name]
        return Letter(outline + bytes(-len(outline) % 4), advance, bearing)

    @cached_property
    def head(self) -> bytes:
        data = bytearray(self.font.reader["head"])
        data[8:12], data[50:52] = bytes(4), b"\x00\x01"  # checksum left open; long offsets
        return bytes(data)


@lru_cache(maxsize=1)
def _source() -> _Source:
    return _Source()


def width_of(text: str) -> float:
    """Return how wide a text is, in em."""
    source = _source()
    return sum(source.letter(character).advance for character in text) / source.em


def face_for(texts: Iterable[str]) -> Face:
    """Return a face with all letters of the texts."""
    return _make_face("".join(sorted(set("".join(texts)))))


@lru_cache(maxsize=512)
def _make_face(characters: str) -> Face:
    source = _source()
    letters = [source.letter("\uffff"), *(source.letter(character) for character in characters)]
    file = _font_file(source, letters)
    widths = tuple(round(letter.advance * 1000 / source.em) for letter in letters)
    glyphs = {character: number for number, character in enumerate(characters, 1)}
    return Face(glyphs, widths, zlib.compress(file, 9), len(file), zlib.compress(_to_unicode(glyphs), 9))


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    pairs = [b"<%04X> <%s>" % (glyph, letter.encode("utf-16-be").hex().encode()) for letter, glyph in glyphs.items()]
    groups = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    rows = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(group), b"\n".join(group)) for group in groups)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%s\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ) % rows


def _font_file(source: _Source, letters: list[Letter]) -> bytes:
    """Put a TrueType file together: the six tables that PDF asks for (ISO 32000-2, 9.9)."""
    offsets = list(accumulate((len(letter.outline) for letter in letters), initial=0))
    raw, count = source.font.reader, struct.pack(">H", len(letters))
    tables = {
        b"glyf": b"".join(letter.outline for letter in letters),
        b"head": source.head,
        b"hhea": raw["hhea"][:34] + count,
        b"hmtx": b"".join(struct.pack(">Hh", letter.advance, letter.bearing) for letter in letters),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": raw["maxp"][:4] + count + raw["maxp"][6:],
    }
    return _assemble(tables)


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    records, body, offset = [], [], 12 + 16 * count
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        records.append(tag + struct.pack(">III", checksum, offset, len(data)))
        body.append(padded)
        offset += len(padded)
    return header + b"".join(records) + b"".join(body)
