"""Scans of papers that nobody ever signed: a page with a title and a name, as a camera would bring it."""

import io
from functools import lru_cache

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

A4_AT_100_DPI = (827, 1169)


@lru_cache(maxsize=256)
def scan(title: str, owner: str) -> bytes:
    """Return a one-page PDF that looks like a scan of `title`, made out to `owner`. The same words, the same bytes."""
    page = Image.new("RGB", A4_AT_100_DPI, "#fbfaf6")
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 40, 787, 1129), outline="#b9b3a4", width=2)
    pen.text((413, 120), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=_font(22), fill="#222", anchor="mm")
    pen.text((413, 155), "Độc lập - Tự do - Hạnh phúc", font=_font(20), fill="#222", anchor="mm")
    pen.multiline_text((413, 300), _folded(title), font=_font(30), fill="#111", anchor="mm", align="center")
    pen.text((120, 460), f"Họ và tên: {owner}", font=_font(22), fill="#222")
    pen.text((120, 520), "(Giấy tờ mô phỏng, không có giá trị pháp lý)", font=_font(18), fill="#8a2b2b")
    out = io.BytesIO()
    page.save(out, "PDF", resolution=100, creationDate=None, modDate=None)
    return out.getvalue()


def _folded(title: str, width: int = 40) -> str:
    lines, line = [], ""
    for word in title.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fontpkg_be_vietnam_pro.ROOT / "files" / "BeVietnamPro-Regular.ttf"), size)
