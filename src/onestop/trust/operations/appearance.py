"""What a signature looks like on the page: who, which agency, when; plain, in the colour of ink or of the stamp."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onestop.trust.operations.lettering import Face, face_for, width_of
from onestop.trust.rules import SignatureRole

_ALWAYS = "0123456789-:T+. "  # every time that may come, so that one face serves a signer's whole life
_LARGEST, _READABLE, _SMALLEST, _STEP = 8.5, 6.75, 4.0, 0.25
_LEADING = 1.22
_INSET = 4.0
_INK = {
    SignatureRole.LEADER: "0.10 0.18 0.45",
    SignatureRole.INITIALS: "0.10 0.18 0.45",
    SignatureRole.ORGANISATION: "0.72 0.09 0.12",
    SignatureRole.RECEIPT: "0.72 0.09 0.12",
}
_FRAMED = {SignatureRole.ORGANISATION, SignatureRole.RECEIPT}


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a page shows: the drawing (PDF content), and the face it needs."""

    content: bytes
    face: Face


def draw(*, role: SignatureRole, texts: tuple[str, ...], width: float, height: float) -> Appearance:
    """Return the drawing of a box of this size with these lines, as large as they fit."""
    face = face_for((*texts, _ALWAYS))
    size, lines = _fit(texts, width - 2 * _INSET, height - 2 * _INSET)
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
def _fit(texts: tuple[str, ...], width: float, height: float) -> tuple[float, tuple[str, ...]]:
    """Return the size and the lines: one line a text as long as that is well readable, else broken, else smaller."""
    for size in _sizes(_LARGEST, _READABLE):
        if _fits(texts, size, width, height):
            return size, texts
    lines = texts
    for size in _sizes(_LARGEST, _SMALLEST):
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
