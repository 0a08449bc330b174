"""DOCX and XLSX are ZIP files of XML: what may not be in them."""

import io
import zipfile

from onestop.documents.rules.kinds import Kind
from onestop.errors import Fault

_MAIN_PART = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_MOST_PARTS = 3000
_MOST_BYTES = 200 * 1024 * 1024
_MOST_GROWTH = 200
"""Office files unpack to 5 to 30 times their size; more than 200 is made to fill a machine."""


def office_kind(data: bytes) -> Kind:
    """Return DOCX or XLSX by the main part inside, ZIP if it is neither or cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Kind.ZIP
    return next((kind for part, kind in _MAIN_PART.items() if part in names), Kind.ZIP)


def inspect_office(data: bytes) -> tuple[Fault, ...]:
    """Return every fault: damaged, locked, unpacks to too much, carries a program. Nothing large is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return (Fault("file", "upload.damaged"),)
    names = [part.filename.casefold() for part in parts]
    checks = (
        ("upload.too_much_inside", _is_bomb(parts, len(data))),
        ("upload.office_locked", any(part.flag_bits & 1 for part in parts)),
        ("upload.office_macros", any("vbaproject" in name or "/activex/" in name for name in names)),
        ("upload.office_attachment", any("/embeddings/" in name and name.endswith(".bin") for name in names)),
        ("upload.damaged", any(name.startswith("/") or ".." in name.split("/") for name in names)),
    )
    return tuple(Fault("file", code) for code, wrong in checks if wrong)


def _is_bomb(parts: list[zipfile.ZipInfo], size: int) -> bool:
    unpacked = sum(part.file_size for part in parts)
    return len(parts) > _MOST_PARTS or unpacked > _MOST_BYTES or (unpacked > 10**7 and unpacked > size * _MOST_GROWTH)
