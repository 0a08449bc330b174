"""What may not be in a PDF: a lock, a program, an attachment other than plain data.

Results issued here carry their data as JSON (PDF/A-3), and come back as documents of other dossiers.

A file with active content is refused, not mended: mending changes its bytes, and with them its hash and every
signature on it. The person is told to print it to PDF again.

Looking is cheap first: a PDF whose bytes, and the bytes of the objects it has packed away, show none of the signs
below is clean. Only the others are opened (`inspect_opened`), which tells a sign from letters that look like one.
"""

import io
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

from onestop.errors import Fault

_SIGN = re.compile(
    rb"/(?:Encrypt|JavaScript|JS|Launch|EmbeddedFile|RichMedia|ImportData|SubmitForm|XFA|GoToE|Rendition"
    rb"|[!-.0-;=?-Z\\^-z|~]{0,24}#[0-9A-Fa-f]{2})"  # or a name written with escapes, to hide one of these
)
_PACK = re.compile(rb"<<(?=[^>]{0,400}/ObjStm)(?![^>]{0,400}/DecodeParms)[^>]{0,400}>>\s*stream\r?\n")
_LARGEST_PACK = 4_000_000
_UNREADABLE = b"/Encrypt"
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
_LARGEST_DATA = 200_000
_MOST_OBJECTS = 200_000


def inspect_pdf(data: bytes) -> tuple[Fault, ...]:
    """Return every fault: damaged, locked, asking a password, active, with attachments. Plain files cost ~ 0.3 ms."""
    if b"%%EOF" not in data[-2048:] and b"%%EOF" not in data:
        return (Fault("file", "upload.damaged"),)
    if _SIGN.search(data) or _packs_sign(data):
        return inspect_opened(data)
    return ()


def _packs_sign(data: bytes) -> bool:
    """Say whether a packed object (ISO 32000-2, 7.5.7) shows a sign, or hides what it is."""
    packs = data.count(b"/ObjStm")
    if not packs:
        return False
    found = [match.end() for match in _PACK.finditer(data)]
    return len(found) != packs or any(_SIGN.search(_unpacked(data, start)) for start in found)


def _unpacked(data: bytes, start: int) -> bytes:
    """Return what is packed at `start`, or a sign if it cannot be read as the format's usual packing."""
    opener = zlib.decompressobj()
    try:
        text = opener.decompress(memoryview(data)[start:], _LARGEST_PACK)
    except zlib.error:
        return _UNREADABLE
    return text if opener.eof else _UNREADABLE


def inspect_opened(data: bytes) -> tuple[Fault, ...]:
    """Open the PDF and look at every object in it: some 5 to 50 ms."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            found = _look_at(pdf.objects)
            if pdf.is_encrypted:
                found.add("upload.pdf_locked")
            if len(pdf.pages) == 0:
                found.add("upload.damaged")
    except pikepdf.PasswordError:
        found = {"upload.pdf_password"}
    except (pikepdf.PdfError, ValueError, RuntimeError):
        found = {"upload.damaged"}
    return tuple(Fault("file", code) for code in sorted(found))


def _look_at(objects: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for number, item in enumerate(objects):
        if number > _MOST_OBJECTS:
            found.add("upload.damaged")
            break
        _look_into(item, found, depth=0)
    return found


def _look_into(item: Any, found: set[str], depth: int) -> None:
    """Look at one object and what is written inside it; what it refers to has a turn of its own."""
    import pikepdf

    if depth > 16 or not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
        return
    if isinstance(item, pikepdf.Array):
        inner: list[Any] = list(item)
    else:
        keys = set(item.keys())
        found |= _told_by(keys, {str(item.get(key, "")) for key in ("/S", "/Type", "/Subtype")})
        if _attaches(item):
            found.add("upload.pdf_attachment")
        inner = [item.get(key) for key in keys]
    for each in inner:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            _look_into(each, found, depth + 1)


def _told_by(keys: set[str], values: set[str]) -> set[str]:
    active = keys & {"/JS", "/XFA"} or values & (_ACTIONS | {"/RichMedia"})
    return {"upload.pdf_active"} if active else set()


def _attaches(item: Any) -> bool:
    """Say whether a dictionary attaches a file that is more than data: one that names it, or the file itself."""
    import pikepdf

    files = item.get("/EF")
    if files is not None:
        known = isinstance(files, pikepdf.Dictionary)
        return not known or not all(_is_data(file) for file in files.values())
    return item.get("/Type") == "/EmbeddedFile" and not _is_data(item)


def _is_data(file: Any) -> bool:
    """Say whether an embedded file is what it says: a short text in JSON."""
    import pikepdf

    if not isinstance(file, pikepdf.Stream) or str(file.get("/Subtype", "")) != "/application/json":
        return False
    try:
        return isinstance(json.loads(_read_briefly(file)), dict)
    except (ValueError, RecursionError, zlib.error):
        return False


def _read_briefly(file: Any) -> bytes:
    """Return a file packed in the usual way or not at all, no more of it than may be; it is no JSON if that cuts it."""
    raw = bytes(file.get_raw_stream_buffer())
    packed = str(file.get("/Filter", "")) == "/FlateDecode" and "/DecodeParms" not in file
    return zlib.decompressobj().decompress(raw, _LARGEST_DATA) if packed else raw[:_LARGEST_DATA]
