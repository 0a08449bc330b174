"""Attacks on the two entries that say what is signed and with what: /ByteRange and /Contents.

Universal signature forgery (USF) takes one of them away or makes it nonsense and hopes that the reader, finding
nothing to compare, finds nothing wrong. The others bend the range so that the attacker's bytes lie in a gap.
"""

import hashlib
import re

from onestop.validation.rules import Finding
from tests.validation.attacks.paper import (
    DIGITS,
    FALSE,
    SHOWN,
    Signer,
    append,
    base,
    body,
    first,
    gap,
    places_of,
    startxref,
    stream,
    table,
)
from tests.validation.attacks.samples import sample

_RANGE = re.compile(rb"/ByteRange \[[\d ]+\]")
_FORGED = "a valid signature under any content (USF)"


def _forged(paper: bytes, byte_range: bytes | None, contents: bytes | None) -> bytes:
    """The paper with false content, one entry of its signature replaced; None leaves an entry as it is."""
    start, end = gap(paper)
    if contents is not None:
        head = paper[:start] if contents else paper[:start].removesuffix(b"/Contents ")
        paper = head + contents.ljust(end - len(head)) + paper[end:]
    if byte_range is not None:
        paper = _RANGE.sub(lambda found: byte_range.ljust(len(found[0])), paper)
    return paper.replace(SHOWN, FALSE)


def _register_forgeries() -> None:
    """Missing, null, a single zero byte, empty, of another type: of either entry."""
    for entry in ("contents", "byte_range"):
        for way, value in {
            "missing": b"",
            "null": b"/Contents null" if entry == "contents" else b"/ByteRange null",
            "zero": b"<00>" if entry == "contents" else b"/ByteRange [0 0 0 0]",
            "empty": b"<>" if entry == "contents" else b"/ByteRange []",
            "of another type": b"/Name" if entry == "contents" else b"/ByteRange (0 1 2 3)",
        }.items():
            _register_forgery(entry, way, value.removeprefix(b"/Contents "))


def _register_forgery(entry: str, way: str, value: bytes) -> None:
    readable = entry == "byte_range" and way in {"zero", "empty"}
    answer = Finding.NOT_COVERED if readable else Finding.SIGNATURE_BROKEN

    def forge(signer: Signer) -> bytes:
        paper = signer.paper()
        return _forged(paper, None, value) if entry == "contents" else _forged(paper, value, None)

    forge.__name__ = f"{entry} {way}"
    forge.__doc__ = f"The entry {entry} is {way}."
    sample("USF", _FORGED, answer)(forge)


_register_forgeries()


@sample("USF", _FORGED, Finding.SIGNATURE_BROKEN)
def byte_range_negative(signer: Signer) -> bytes:
    """A negative length."""
    return _forged(signer.paper(), b"/ByteRange [0 -1 -1 0]", None)


@sample("USF", _FORGED, Finding.SIGNATURE_BROKEN)
def byte_range_of_words(signer: Signer) -> bytes:
    """Names where numbers belong."""
    return _forged(signer.paper(), b"/ByteRange [/a /b /c /d]", None)


@sample("ByteRange", "a valid signature", Finding.ALTERED)
def byte_range_huge(signer: Signer) -> bytes:
    """A length far beyond the file: reading stops at its end, or memory does."""
    return _forged(signer.paper(), b"/ByteRange [0 99999999999999 0 99999999999999]", None)


@sample("ByteRange", "a valid signature", Finding.NOT_COVERED)
def byte_range_with_six_numbers(signer: Signer) -> bytes:
    """A second gap, unsigned, between three signed parts: the attacker's bytes lie in it."""

    objects = base()
    objects[8] = objects[8].replace(b"[0000000000 0000000000 0000000000 0000000000]", b"[" + b"0" * 65 + b"]")
    pdf = first(objects)
    start = pdf.rindex(b"/Contents <" + b"0" * DIGITS) + 10
    end = start + DIGITS + 2
    hole = pdf.index(SHOWN) + SHOWN.index(b"100")
    told = b"[%010d %010d %010d %010d %010d %010d]" % (0, hole, hole + 3, start - hole - 3, end, len(pdf) - end)
    pdf = pdf.replace(b"[" + b"0" * 65 + b"]", told)
    covered = pdf[:hole] + pdf[hole + 3 : start] + pdf[end:]
    made = signer.message(_sha256(covered), signer.leader)
    pdf = pdf[: start + 1] + made.hex().encode().ljust(DIGITS, b"0") + pdf[end - 1 :]
    return pdf[:hole] + b"900" + pdf[hole + 3 :]


@sample("ByteRange", "the false sum, signed", Finding.NOT_COVERED)
def byte_range_with_a_wide_gap(signer: Signer) -> bytes:
    """The gap is wider than the signature: objects lie in it that nobody signed."""
    objects = base()
    hidden = b" /Note (nobody signed this)"
    objects[8] = objects[8][:-2] + hidden + b">>"
    pdf = first(objects)
    start = pdf.rindex(b"/Contents <" + b"0" * DIGITS) + 10
    end = start + DIGITS + 2 + len(hidden)
    told = b"[%010d %010d %010d %010d]" % (0, start, end, len(pdf) - end)
    pdf = pdf.replace(b"[0000000000 0000000000 0000000000 0000000000]", told)
    made = signer.message(_sha256(pdf[:start] + pdf[end:]), signer.leader)
    pdf = pdf[: start + 1] + made.hex().encode().ljust(DIGITS, b"0") + pdf[start + 1 + DIGITS :]
    return pdf.replace(b"nobody signed this", b"the sum was 900...")


@sample("ByteRange", "a valid signature", Finding.ALTERED)
def byte_range_overlapping(signer: Signer) -> bytes:
    """The second part begins within the first."""
    paper = signer.paper()
    start, end = gap(paper)
    return _RANGE.sub(b"/ByteRange [%010d %010d %010d %010d]" % (0, end, start, len(paper) - start), paper)


@sample("ByteRange", "the false sum, signed", Finding.NOT_COVERED)
def byte_range_that_does_not_begin_at_zero(signer: Signer) -> bytes:
    """What stands before the signed bytes is signed by nobody: here another head of the file."""
    objects = base()
    head = b"%PDF-1.7\n%" + b"x" * 40 + b"\n"
    pdf = first(objects, head)
    start = pdf.rindex(b"/Contents <" + b"0" * DIGITS) + 10
    end = start + DIGITS + 2
    told = b"[%010d %010d %010d %010d]" % (10, start - 10, end, len(pdf) - end)
    pdf = pdf.replace(b"[0000000000 0000000000 0000000000 0000000000]", told)
    made = signer.message(_sha256(pdf[10:start] + pdf[end:]), signer.leader)
    return pdf[: start + 1] + made.hex().encode().ljust(DIGITS, b"0") + pdf[end - 1 :]


@sample("Contents", "a valid signature", Finding.SIGNATURE_BROKEN)
def two_contents(signer: Signer) -> bytes:
    """Two /Contents in one dictionary: one reader takes the first, another the last."""
    return _with_more(signer, b"/Contents <00>")


@sample("Contents", "a valid signature", Finding.SIGNATURE_BROKEN)
def two_byte_ranges(signer: Signer) -> bytes:
    """Two /ByteRange in one dictionary."""
    return _with_more(signer, b"/ByteRange [0 0 0 0]")


def _with_more(signer: Signer, entry: bytes) -> bytes:
    objects = base()
    objects[8] = objects[8].replace(b"/SubFilter", entry + b"/SubFilter")
    return signer.fill(first(objects))


@sample("Contents", "a valid signature, and whatever lies behind it", Finding.NOT_COVERED)
def bytes_behind_the_signature(signer: Signer) -> bytes:
    """The zeros that fill the space are replaced by bytes of the attacker."""
    paper = signer.paper()
    _, end = gap(paper)
    return paper[: end - 9] + b"deadbeef" + paper[end - 1 :]


@sample("Contents", "a valid signature", Finding.NOT_COVERED)
def contents_in_mixed_case(signer: Signer) -> bytes:
    """The hexadecimal digits carry a second message in their letters' case."""
    paper = signer.paper()
    start, end = gap(paper)
    shown = paper[start:end]
    place = shown.index(b"a")
    return paper[: start + place] + b"A" + paper[start + place + 1 :]


@sample("Contents", "a valid signature", Finding.SIGNATURE_BROKEN)
def contents_elsewhere(signer: Signer) -> bytes:
    """/Contents points at an object further on; in the gap lies what the attacker likes."""
    objects = base()
    objects[8] = objects[8].replace(b"<" + b"0" * DIGITS + b">", b"9 0 R %" + b"0" * DIGITS)
    pdf = first(objects)
    start = pdf.index(b"9 0 R %") + 6
    end = start + DIGITS + 2
    told = b"[%010d %010d %010d %010d]" % (0, start, end, len(pdf) - end)
    pdf = pdf.replace(b"[0000000000 0000000000 0000000000 0000000000]", told)
    made = signer.message(_sha256(pdf[:start] + pdf[end:]), signer.leader)
    return append(pdf, {9: b"<" + made.hex().encode() + b">"})


@sample("Swapped", "a valid signature of the leader", Finding.ALTERED)
def signature_of_another_paper(signer: Signer) -> bytes:
    """A signature taken out of another paper of the same signer."""
    paper, other = signer.paper(), signer.paper(shown=FALSE)
    (start, end), (there, until) = gap(paper), gap(other)
    return other[:there] + paper[start:end] + other[until:]


@sample("Swapped", "two signatures", Finding.CHANGED_AFTER)
def one_signature_in_two_fields(signer: Signer) -> bytes:
    """A second field, added later, points at the signature that is there, so two seem to have signed."""
    field = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(organisation-1)/V 8 0 R/Rect[0 0 90 40]/P 3 0 R/F 132>>"
    form = b"<</Fields[7 0 R 10 0 R]/SigFlags 3>>"
    return append(signer.paper(), {10: field, 5: form})


@sample("Altered", "the false sum", Finding.ALTERED)
def one_byte(signer: Signer) -> bytes:
    """One digit of the sum."""
    return signer.paper().replace(SHOWN, FALSE)


@sample("Altered", "an unsigned paper", Finding.SIGNATURE_BROKEN)
def cut_in_the_middle(signer: Signer) -> bytes:
    """The signature loses its end."""
    paper = signer.paper()
    start, _ = gap(paper)
    return paper[: start + 200] + b"f" * 400 + paper[start + 600 :]


@sample("SWA", "the false sum, signed", Finding.NOT_COVERED)
def wrapping_with_a_moved_second_part(signer: Signer) -> bytes:
    """The second signed part moves to the end; between stand the attacker's objects and a table of his own."""
    return _wrapped(signer)


@sample("SWA", "the false sum, signed", Finding.NOT_COVERED)
def wrapping_in_the_room_of_the_signature(signer: Signer) -> bytes:
    """The same, the false object in the space that the signature's zeros took."""
    return _wrapped(signer, trimmed=True)


@sample("SWA", "the false sum, signed", Finding.SIGNATURE_BROKEN)
def wrapping_with_a_second_range(signer: Signer) -> bytes:
    """The same, with the old /ByteRange before the new one."""
    return _wrapped(signer, trimmed=True, twice=True)


def _wrapped(signer: Signer, *, trimmed: bool = False, twice: bool = False) -> bytes:
    """Both signed parts are there, byte for byte; /ByteRange is rewritten in the gap, where nobody signed it.

    The moved tail says where the table is; at that place the attacker puts a table of his own.
    """
    pdf, start, end, made = _with_range_behind(signer)
    room = b"/ByteRange [%010d %010d %010d %010d]>>\nendobj\n"
    shown = b"<" + (made if trimmed else made.ljust(DIGITS, b"0")) + b">"
    again = b"/ByteRange [0 1 2 3] " if twice else b""
    inner = pdf[:start] + shown + again + room % (0, 0, 0, 0)
    false = {4: stream(FALSE)}
    places = {**_offsets(pdf), **places_of(inner, false)}
    if trimmed:
        inner += body(false)
        inner = inner.ljust(startxref(pdf))
    else:
        places = {**_offsets(pdf), 4: startxref(pdf) + len(table(places)) + len(_trailer())}
    inner += table(places) + _trailer() + (b"" if trimmed else body(false))
    tail = pdf[end:]
    return inner.replace(room % (0, 0, 0, 0), room % (0, start, len(inner), len(tail))) + tail


def _trailer() -> bytes:
    return b"trailer\n<</Size 60/Root 1 0 R>>\n"


def _with_range_behind(signer: Signer) -> tuple[bytes, int, int, bytes]:
    """A signed paper whose /ByteRange stands behind /Contents, its gap, and its signature."""
    objects = base()
    unset = b"[0000000000 0000000000 0000000000 0000000000]"
    objects[8] = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Contents <%s>/ByteRange %s>>" % (
        b"0" * DIGITS,
        unset,
    )
    pdf = first(objects)
    start = pdf.index(b"/Contents <") + 10
    end = start + DIGITS + 2
    pdf = pdf.replace(unset, b"[%010d %010d %010d %010d]" % (0, start, end, len(pdf) - end))
    made = signer.message(_sha256(pdf[:start] + pdf[end:]), signer.leader)
    return pdf, start, end, made.hex().encode()


def _offsets(pdf: bytes) -> dict[int, int]:
    return {int(found[1]): found.start(1) for found in re.finditer(rb"(?m)^(\d+) 0 obj", pdf)}


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
