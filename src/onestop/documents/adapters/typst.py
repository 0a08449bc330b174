"""The typesetter: typst, in this process, with its fonts from packages and the templates of this chapter.

One compiler is kept and reused: it remembers what does not change between papers. Nothing is fetched: no system fonts,
no packages, and files only from `documents/templates`.
"""

import io
import json
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from onestop.documents.rules.papers import SLIPS, attachment, compose

if TYPE_CHECKING:
    import typst

TEMPLATES_FOLDER = Path(__file__).resolve().parents[1] / "templates"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
"""Archivable (ISO 19005-3, with tags and with data attached) and readable aloud (ISO 14289-1)."""
SMALLER = (1, 2)
"""Steps of letter size in the templates, below the usual 0."""
_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
_QUIET_ZONE = 0  # the paper around it is white
_MASK = 3


class TypstTypesetter:
    """Typesets papers; safe for threads, one at a time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._kept: typst.Compiler | None = None

    def typeset(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return the PDF of a paper; see `ports.Typesetter`. On one page, if need be in smaller letters."""
        worded = compose(template, data)
        worded["qr"] = qr_code(worded.get("claim") or worded["look_up"])
        if template not in SLIPS:
            worded["attached"] = attachment(template, data)
        text = json.dumps(worded, ensure_ascii=False, sort_keys=True)
        first = self._compile(template, text, 0)
        if _pages(first) == 1:
            return first
        smaller = (self._compile(template, text, step) for step in SMALLER)
        return next((paper for paper in smaller if _pages(paper) == 1), first)

    def _compile(self, template: str, data: str, step: int) -> bytes:
        with self._turn:
            self._kept = self._kept or _new_compiler()
            made = self._kept.compile(
                input=TEMPLATES_FOLDER / f"{template}.typ",
                format="pdf",
                sys_inputs={"data": data, "step": str(step)},
                pdf_standards=[*STANDARDS],
                timestamp=0,
            )
        return cast("bytes", made)


def _new_compiler() -> "typst.Compiler":
    """Return a compiler with the fonts of the packages; made at the first paper, so that other commands stay quick."""
    import fontpkg_be_vietnam_pro
    import fontpkg_noto_serif
    import typst

    fonts = [package.ROOT / "files" for package in (fontpkg_noto_serif, fontpkg_be_vietnam_pro)]
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*fonts])
    return typst.Compiler(root=TEMPLATES_FOLDER, font_paths=known, ignore_system_fonts=True)


def _pages(paper: bytes) -> int:
    found = _COUNT.search(paper)
    return int(found[1]) if found else 0


@lru_cache(maxsize=256)
def qr_code(address: str) -> str:
    """Return a QR code (ISO/IEC 18004, level M) as SVG; one fixed mask saves three quarters of the time.

    Digits behind `#` go into a segment of their own, which holds three of them in ten bits.
    """
    import segno
    from segno.consts import MODE_BYTE, MODE_NUMERIC

    place, mark, digits = address.partition("#")
    parts: Any = [(place + mark, MODE_BYTE), (digits, MODE_NUMERIC)] if digits.isdigit() else address
    code = segno.make(parts, micro=False, error="m", boost_error=False, mask=_MASK)
    out = io.BytesIO()
    code.save(out, kind="svg", border=_QUIET_ZONE, omitsize=True, xmldecl=False, nl=False)
    return out.getvalue().decode()
