"""Pictures: whole, of a size that can be shown, and nothing else besides."""

from onestop.documents.rules.kinds import Kind
from onestop.errors import Fault

MOST_PIXELS = 100_000_000
"""An A3 page at 600 dpi has 70 million; a decoder takes 3 bytes for each."""


def inspect_picture(kind: Kind, data: bytes) -> tuple[Fault, ...]:
    """Return every fault of a JPEG or PNG: damaged (cut off), more pixels than can be shown."""
    whole = data.rfind(b"\xff\xd9") > 0 if kind is Kind.JPEG else b"IEND" in data[-64:]
    width, height = _jpeg_size(data) if kind is Kind.JPEG else _png_size(data)
    checks: tuple[tuple[str, bool, dict[str, int]], ...] = (
        ("upload.damaged", not whole or not width * height, {}),
        ("upload.too_many_pixels", width * height > MOST_PIXELS, {"most": MOST_PIXELS}),
    )
    return tuple(Fault("file", code, params) for code, wrong, params in checks if wrong)


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        return (0, 0)
    return (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return (int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big"))
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return (0, 0)
