"""Scans of papers as PDF that any reader takes: a picture becomes one A4 page, upright and as large as fits.

Source: Circular 01/2023/TT-VPCP, Art 9 (what is digitised is kept as PDF). A JPEG is put in as it is, byte for byte:
not a dot of it is lost. A PNG is packed again without loss, on white where it is transparent. What scanners write as
PDF is often a little wrong; it is written anew with the same pages, unless somebody has signed it.
"""

import io
import zlib
from typing import Any

from onestop.documents.rules.kinds import Kind
from onestop.errors import Fault, Invalid

A4 = (595.276, 841.89)
_ORIENTATION = 0x0112  # of EXIF
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""How the square of a picture is turned so that it stands upright, by the camera's orientation (EXIF 2.3, 4.6.4)."""
_SPACES = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def as_plain_pdf(kind: Kind, data: bytes) -> bytes:
    """Return a scan (PDF, JPEG or PNG) as a PDF that strict readers take; a signed one stays as it is.

    Raises `Invalid` (`upload.refused`) if it cannot be read.
    """
    if kind is not Kind.PDF:
        return page_of_picture(kind, data)
    return data if b"/ByteRange" in data else _written_anew(data)


def page_of_picture(kind: Kind, data: bytes) -> bytes:
    """Return the picture (JPEG or PNG) as a PDF of one page; the same picture gives the same bytes.

    Raises `Invalid` (`upload.refused`) if it cannot be read.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["JPEG" if kind is Kind.JPEG else "PNG"]) as picture:
            turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1), _TURNS[1])
            return _page(picture.size, turn, _as_it_is(picture, data) if kind is Kind.JPEG else _packed(picture))
    except (OSError, ValueError, KeyError, SyntaxError) as error:
        raise Invalid("upload.refused", faults=(Fault("file", "upload.damaged"),)) from error


def _as_it_is(picture: Any, data: bytes) -> tuple[bytes, dict[str, Any]]:
    """A JPEG with what a reader must know of it; the inks of Adobe's four-colour ones are upside down."""
    told: dict[str, Any] = {"/Filter": "/DCTDecode", "/ColorSpace": _SPACES[picture.mode]}
    return data, told | ({"/Decode": [1, 0] * 4} if picture.mode == "CMYK" and "adobe" in picture.info else {})


def _packed(picture: Any) -> tuple[bytes, dict[str, Any]]:
    from PIL import Image

    if picture.has_transparency_data:
        upright = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), upright).convert("RGB")
    elif picture.mode not in {"L", "RGB"}:
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    return zlib.compress(picture.tobytes()), {"/Filter": "/FlateDecode", "/ColorSpace": _SPACES[picture.mode]}


def _page(size: tuple[int, int], turn: tuple[int, ...], drawn: tuple[bytes, dict[str, Any]]) -> bytes:
    import pikepdf

    data, told = drawn
    width, height = size if turn[0] else (size[1], size[0])
    page = A4 if height >= width else (A4[1], A4[0])
    scale = min(page[0] / width, page[1] / height)
    shown = (width * scale, height * scale)
    left, bottom = (page[0] - shown[0]) / 2, (page[1] - shown[1]) / 2
    with pikepdf.new() as pdf:
        named = {name: pikepdf.Name(value) if isinstance(value, str) else value for name, value in told.items()}
        picture = pikepdf.Stream(pdf, data, {
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": size[0], "/Height": size[1],
            "/BitsPerComponent": 8, **named,
        })  # fmt: skip
        place = f"{shown[0]:.3f} 0 0 {shown[1]:.3f} {left:.3f} {bottom:.3f} cm"
        draw = f"q {place} {' '.join(map(str, turn))} cm /P Do Q"
        sheet = pdf.add_blank_page(page_size=page)
        sheet.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(picture)))
        sheet.obj["/Contents"] = pdf.make_stream(draw.encode())
        return _written(pdf)


def _written_anew(data: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _written(pdf)
    except pikepdf.PdfError as error:
        raise Invalid("upload.refused", faults=(Fault("file", "upload.damaged"),)) from error


def _written(pdf: Any) -> bytes:
    """Return the file in the plainest form, its streams untouched; the same content gives the same bytes."""
    import pikepdf

    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        deterministic_id=True,
    )
    return out.getvalue()
