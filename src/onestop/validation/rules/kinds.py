"""Which kind of signed file something is, told by its content and never by its name."""

import base64
import binascii
import re
from enum import StrEnum

_HEAD = 1024
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2, RFC 5652
_PEM = re.compile(rb"-----BEGIN (?:CMS|PKCS7|PKCS #7 SIGNED DATA)-----(.*?)-----END", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+\Z")


class FileKind(StrEnum):
    """A kind of signed file (loại tệp ký số)."""

    PDF = "pdf"  # PAdES, ETSI EN 319 142-1
    CMS = "cms"  # CAdES, ETSI EN 319 122-1: .p7s, .p7m
    XML = "xml"  # XAdES, ETSI EN 319 132-1
    CONTAINER = "container"  # ASiC, ETSI EN 319 162-1
    UNKNOWN = "unknown"


def detect_kind(data: bytes) -> FileKind:
    """Return the kind of a file."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return FileKind.CONTAINER
    if find_cms(data) is not None:
        return FileKind.CMS
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return FileKind.XML
    return FileKind.UNKNOWN


def find_cms(data: bytes) -> bytes | None:
    """Return the DER of a CMS signature written as DER, PEM or bare base64, or None if it is none."""
    found = _PEM.search(data) if data.startswith(b"-----") else None
    armoured = found.group(1) if found else data if data[:2] == b"MI" and _BASE64.match(data) else b""
    try:
        der = base64.b64decode(b"".join(armoured.split()), validate=True) if armoured else data
    except binascii.Error:
        return None
    return der if der[:1] == b"\x30" and _SIGNED_DATA in der[:32] else None
