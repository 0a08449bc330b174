"""Which kinds of file may come in, and what a file is by its first bytes.

Source of the choice: Decree 30/2020/NĐ-CP and Circular 01/2023/TT-VPCP take PDF for papers; pictures of papers come as
JPEG or PNG; lists and drafts to be filled in come as DOCX or XLSX; signed data come as XML (XMLDSig) or P7S (CAdES).
Not taken: TIFF and HEIC (no browser shows them, so no officer could look), ZIP and other archives (what is inside is
not seen), DOC and XLS (old binary formats whose macros cannot be told apart cheaply).
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a file is (loại tệp). The value is its usual ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    XML = "xml"
    P7S = "p7s"
    # known, so that they can be named; never let in
    PROGRAM = "exe"
    SCRIPT = "sh"
    HTML = "html"
    ZIP = "zip"
    ARCHIVE = "rar"
    OLD_OFFICE = "doc"
    LOCKED_OFFICE = "docx with a password"
    TIFF = "tiff"
    GIF = "gif"
    HEIC = "heic"
    UNKNOWN = ""


MEDIA_TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.XML: "application/xml",
    Kind.P7S: "application/pkcs7-signature",
}
"""The kinds that may come in, each with the media type it is kept and served under."""

ENDINGS: dict[str, Kind] = {
    **{str(kind): kind for kind in MEDIA_TYPES},
    "jpeg": Kind.JPEG,
    "jpe": Kind.JPEG,
    "jfif": Kind.JPEG,
    "p7m": Kind.P7S,
}
"""File name endings and the kind they promise."""

PICTURES = frozenset({Kind.JPEG, Kind.PNG})

_HEADS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ", Kind.PROGRAM),
    (b"\xca\xfe\xba\xbe", Kind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Kind.PROGRAM),
    (b"dex\n", Kind.PROGRAM),
    (b"#!", Kind.SCRIPT),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"GIF8", Kind.GIF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"-----BEGIN PKCS7-----", Kind.P7S),
)
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2


def sniff(head: bytes) -> Kind:
    """Return what a file is by its first 4 kB. A ZIP is told as DOCX or XLSX only by what it holds: see `archives`."""
    for start, kind in _HEADS:
        if head.startswith(start):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_kind(head)
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"}:
        return Kind.HEIC
    if head[:1] == b"\x30" and _SIGNED_DATA in head[:32]:
        return Kind.P7S
    return _sniff_text(head)


def promised(name: str) -> Kind | None:
    """Return the kind that a name's ending promises, `UNKNOWN` for a foreign ending, None if it has none."""
    _, dot, ending = name.rpartition(".")
    return ENDINGS.get(ending.casefold(), Kind.UNKNOWN) if dot else None


def _office_kind(head: bytes) -> Kind:
    if b"word/" in head:
        return Kind.DOCX
    return Kind.XLSX if b"xl/" in head else Kind.ZIP


def _sniff_text(head: bytes) -> Kind:
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1024].replace(b"\x00", b"").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php")):
        return Kind.HTML
    if text.startswith(b"<?xml") or (text.startswith(b"<") and text[1:2].isalpha()):
        return Kind.XML
    return Kind.UNKNOWN
