"""May this upload be kept? Every reason against it at once, so that nobody is turned away twice.

Codes (all on the field `file`), with their parameters:
`upload.empty` · `upload.too_large` (size, largest) · `upload.kind_not_taken` (kind) · `upload.differs_from_name`
(name_says, is) · `upload.two_kinds` · `upload.damaged` · `upload.name_empty` · `upload.name_long` (longest) ·
`upload.name_unsafe` · `upload.pdf_password` · `upload.pdf_locked` · `upload.pdf_active` · `upload.pdf_attachment` ·
`upload.too_many_pixels` (most) · `upload.too_much_inside` · `upload.office_locked` · `upload.office_macros` ·
`upload.office_attachment` · `upload.xml_doctype` · `upload.xml_page`.
"""

import struct
from dataclasses import dataclass

from onestop.documents.rules.archives import inspect_office, office_kind
from onestop.documents.rules.kinds import MEDIA_TYPES, PICTURES, Kind, promised, sniff
from onestop.documents.rules.markup import inspect_xml
from onestop.documents.rules.names import name_faults, normal_name
from onestop.documents.rules.pdfs import inspect_pdf
from onestop.documents.rules.pictures import inspect_picture
from onestop.errors import Fault

LARGEST_UPLOAD = 20 * 1024 * 1024
HEAD = 4096
"""So many bytes are enough to tell what a file is."""


_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""A DOCX or XLSX with a password is wrapped into the old format, in a stream of this name ([MS-OFFCRYPTO] 2.3.4.4)."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was let in (tệp đã nhận): its hash, length in bytes, media type, and its name in NFC."""

    sha256: str
    size: int
    media_type: str
    name: str


def inspect_upload(
    *, name: str, size: int, head: bytes, kind_found: str | None = None, max_bytes: int = LARGEST_UPLOAD
) -> tuple[Fault, ...]:
    """Return what can be said from the name, the length and the first bytes alone, before the rest has come.

    `kind_found` is a kind told by more than the head (a value of `Kind`); without it the head decides.
    """
    found = list(name_faults(normal_name(name)))
    if size == 0:
        return (*found, Fault("file", "upload.empty"))
    if size > max_bytes:
        found.append(Fault("file", "upload.too_large", {"size": size, "largest": max_bytes}))
    kind = Kind(kind_found) if kind_found is not None else sniff(head)
    if kind is Kind.LOCKED_OFFICE:
        found.append(Fault("file", "upload.office_locked"))
    elif kind not in MEDIA_TYPES and not (kind is Kind.ZIP and kind_found is None):
        found.append(Fault("file", "upload.kind_not_taken", {"kind": str(kind)}))
    elif kind is not Kind.ZIP:
        found.extend(_mismatch(name, kind))
    return tuple(found)


def kind_of(data: bytes) -> Kind:
    """Return what a whole file is; ZIP files are opened to see which."""
    kind = sniff(data[:HEAD])
    if kind is Kind.OLD_OFFICE and _LOCKED_PACKAGE in data:
        return Kind.LOCKED_OFFICE
    return office_kind(data) if kind in {Kind.ZIP, Kind.DOCX, Kind.XLSX} else kind


def inspect_content(kind: Kind, data: bytes) -> tuple[Fault, ...]:
    """Return what is wrong inside a file of a kind that is taken."""
    found = (Fault("file", "upload.two_kinds"),) if _is_also_another(kind, data) else ()
    if kind is Kind.PDF:
        return found + inspect_pdf(data)
    if kind in PICTURES:
        return found + inspect_picture(kind, data)
    if kind in {Kind.DOCX, Kind.XLSX}:
        return found + inspect_office(data)
    return found + inspect_xml(data) if kind is Kind.XML else found


def _mismatch(name: str, kind: Kind) -> tuple[Fault, ...]:
    """A name may not promise another kind than the content; one picture for another does no harm."""
    says = promised(normal_name(name))
    if says is None or says is kind or (says in PICTURES and kind in PICTURES):
        return ()
    ending = name.rpartition(".")[2][:10]
    return (Fault("file", "upload.differs_from_name", {"name_says": ending, "is": str(kind)}),)


def _is_also_another(kind: Kind, data: bytes) -> bool:
    """Say whether the file can be read as a second kind: a ZIP at its end, or a PDF near its beginning."""
    if kind not in {Kind.DOCX, Kind.XLSX} and _ends_as_zip(data):
        return True
    return kind in PICTURES and b"%PDF-" in data[:1024]


def _ends_as_zip(data: bytes) -> bool:
    tail = data[-65_557:]
    at = tail.rfind(b"PK\x05\x06")
    return 0 <= at <= len(tail) - 22 and struct.unpack_from("<H", tail, at + 20)[0] == len(tail) - at - 22
