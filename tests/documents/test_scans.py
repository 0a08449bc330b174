"""Pictures made into pages: upright, nothing lost, and what cannot be read is named."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from onestop.documents.rules import Kind
from onestop.documents.rules.scans import A4, as_plain_pdf, page_of_picture
from onestop.errors import Invalid

NEEDS_POPPLER = pytest.mark.skipif(
    not shutil.which("pdftoppm"), reason="pdftoppm is missing: apt-get install poppler-utils"
)


def picture(mode: str = "RGB", size: tuple[int, int] = (120, 180)) -> Image.Image:
    """Four quarters of different brightness: no turning or mirroring leaves it as it was."""
    made, (width, height) = Image.new("L", size), (size[0] // 2, size[1] // 2)
    for shade, (left, top) in ((255, (0, 0)), (170, (width, 0)), (85, (0, height)), (0, (width, height))):
        made.paste(shade, (left, top, left + width, top + height))
    return made.convert(mode)


def packed(made: Image.Image, form: str, **saving: object) -> bytes:
    out = io.BytesIO()
    made.save(out, form, **saving)
    return out.getvalue()


def rendered(pdf: bytes, folder: Path) -> Image.Image:
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "30", "-png", "-singlefile", str(folder / "page.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, timeout=60)
    return Image.open(folder / "page.png").convert("L")


def _content(page: Image.Image, like: Image.Image) -> Image.Image:
    """The picture on a rendered page, without the white beside it, at the size of `like`."""
    scale = min(page.width / like.width, page.height / like.height)
    width, height = like.width * scale, like.height * scale
    left, top = (page.width - width) / 2, (page.height - height) / 2
    return page.crop((round(left), round(top), round(left + width), round(top + height))).resize(like.size)


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@NEEDS_POPPLER
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_as_its_camera_says(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = packed(picture(), "JPEG", exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("L")
    page = rendered(page_of_picture(Kind.JPEG, data), tmp_path)
    assert (page.width > page.height) == (upright.width > upright.height)
    assert difference(_content(page, upright), upright) < 8


@NEEDS_POPPLER
@pytest.mark.parametrize("mode", ["L", "P", "RGB", "RGBA", "LA"])
def test_every_kind_of_png_is_shown(mode: str, tmp_path: Path) -> None:
    made = picture("L").convert(mode)
    page = rendered(page_of_picture(Kind.PNG, packed(made, "PNG")), tmp_path)
    assert difference(_content(page, made), made.convert("L")) < 8


@NEEDS_POPPLER
def test_four_colours_are_not_shown_upside_down(tmp_path: Path) -> None:
    data = packed(picture("CMYK"), "JPEG")
    assert "adobe" in Image.open(io.BytesIO(data)).info
    made = picture().convert("L")
    page = rendered(page_of_picture(Kind.JPEG, data), tmp_path)
    assert difference(_content(page, made), made) < 25


def test_a_jpeg_is_put_in_byte_for_byte() -> None:
    data = packed(picture(), "JPEG")
    with pikepdf.open(io.BytesIO(page_of_picture(Kind.JPEG, data))) as pdf:
        (page,) = pdf.pages
        assert page.obj["/Resources"]["/XObject"]["/P"].read_raw_bytes() == data
        assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, *A4], abs=0.01)


def test_the_same_picture_makes_the_same_page() -> None:
    data = packed(picture(), "PNG")
    assert page_of_picture(Kind.PNG, data) == page_of_picture(Kind.PNG, data)


def test_a_pdf_that_strict_readers_refuse_is_mended() -> None:
    made = packed(picture(), "PDF")
    with pytest.raises(PdfStrictReadError):  # a generation number that is none: Pillow writes it, scanners write others
        PdfFileReader(io.BytesIO(made)).root
    mended = as_plain_pdf(Kind.PDF, made)
    assert len(PdfFileReader(io.BytesIO(mended)).root["/Pages"]["/Kids"]) == 1
    assert as_plain_pdf(Kind.PDF, made) == mended


def test_a_signed_pdf_stays_as_it_is() -> None:
    signed = packed(picture(), "PDF") + b"% /ByteRange"
    assert as_plain_pdf(Kind.PDF, signed) is signed


def test_a_pdf_that_nobody_can_read_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        as_plain_pdf(Kind.PDF, b"%PDF-1.7 and nothing")
    assert [fault.code for fault in caught.value.faults] == ["upload.damaged"]


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG])
def test_a_picture_that_cannot_be_read_is_named(kind: Kind) -> None:
    data = packed(picture(), "JPEG" if kind is Kind.JPEG else "PNG")
    for broken in (data[:10], data[:4] + b"x" * 100, b""):
        with pytest.raises(Invalid) as caught:
            page_of_picture(kind, broken)
        assert [fault.code for fault in caught.value.faults] == ["upload.damaged"]
