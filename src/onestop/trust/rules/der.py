"""Writing DER, the few forms that CMS needs (X.690). A signature costs microseconds here, milliseconds elsewhere."""

from datetime import UTC, datetime

NULL = b"\x05\x00"
TRUE = b"\x01\x01\xff"


def tagged(tag: int, *parts: bytes) -> bytes:
    """Return a value with its tag and length."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE."""
    return tagged(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF: its members in the order of their bytes."""
    return tagged(0x31, *sorted(parts))


def octets(data: bytes) -> bytes:
    """Return an OCTET STRING."""
    return tagged(0x04, data)


def explicit(number: int, *parts: bytes) -> bytes:
    """Return a constructed context-specific value [number]."""
    return tagged(0xA0 | number, *parts)


def integer(value: int) -> bytes:
    """Return a non-negative INTEGER."""
    return tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return tagged(0x06, *(_base128(arc) for arc in (40 * first + second, *rest)))


def generalized_time(at: datetime) -> bytes:
    """Return a GeneralizedTime in UTC, to the second."""
    return tagged(0x18, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())


def _base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | arc & 0x7F)
    return bytes(reversed(digits))
