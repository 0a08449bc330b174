"""Making room for a signature: its field, its appearance, and the empty space for its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onestop.errors import Fault, Invalid, Refused
from onestop.signatures.operations.appearance import add_drawing, add_nothing
from onestop.signatures.operations.fields import Form, NewFields, find_spot, free_name, list_in_form, spot_of
from onestop.signatures.operations.files import File, reading
from onestop.signatures.operations.revision import Revision
from onestop.signatures.operations.syntax import reference, text_string
from onestop.signatures.rules import Box, FieldWish
from onestop.signatures.rules.order import find_later
from onestop.trust.rules import SignatureRole
from onestop.trust.rules.certificates import LOCAL_ZONE

_RANGE = b"[0 %010d %010d %010d]"
_UNSET = _RANGE % (0, 0, 0)
ARCHIVE = "archive"
"""Fields of document time stamps are named so."""


@dataclass(frozen=True, slots=True)
class Room:
    """A file with an empty space: its hexadecimal digits begin at `start` and are `digits` many."""

    pdf: bytes
    start: int
    digits: int

    def covered(self) -> tuple[memoryview, memoryview]:
        """Return the bytes that are signed: all but the space and its two brackets."""
        view = memoryview(self.pdf)
        return view[: self.start - 1], view[self.start + self.digits + 1 :]

    def fill(self, signature: bytes) -> bytes:
        """Return the file with the signature in its place."""
        shown = signature.hex().encode()
        if len(shown) > self.digits:
            raise Invalid("signature.too_long", faults=(Fault("signature", "signature.too_long"),))
        view = memoryview(self.pdf)
        return b"".join((view[: self.start], shown, view[self.start + len(shown) :]))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the room is for: the role, the lines shown, who, why, when, where, and how many bytes it must hold."""

    role: SignatureRole
    texts: tuple[str, ...]
    name: str
    reason: str
    at: datetime
    box: Box | None
    size: int


def make_room(pdf: bytes, wish: Wish) -> Room:
    """Return the file with room for one more signature, in the empty field kept for its role if there is one.

    Raises `Invalid` (`pdf.*`, `box.*`) and `Refused` (`signature.out_of_order`).
    """
    return reading(pdf, lambda file: _make_room(file, wish))


def keep_fields(pdf: bytes, wishes: Sequence[FieldWish]) -> bytes:
    """Return the file with an empty field for each signature to come. Raises `Invalid` (`pdf.*`, `box.*`)."""
    return reading(pdf, lambda file: _keep_fields(file, wishes))


def make_archive_room(revision: Revision, size: int) -> Room:
    """Return the file with room for a document time stamp (ETSI EN 319 142-1, 5.4.3), which stands on no page."""
    form = Form(revision.file)
    stamp = revision.add(_unsigned(b"/Type /DocTimeStamp", b"/ETSI.RFC3161", b"", size))
    named = free_name(ARCHIVE, form.names())
    field = revision.add(b"<</FT /Sig /T (%s) /Rect [0 0 0 0] /V %d 0 R>>" % (named.encode(), stamp))
    list_in_form(revision, form, [reference(field)])
    return _measure(revision.finish(), size)


def _make_room(file: File, wish: Wish) -> Room:
    revision, form = Revision(file), Form(file)
    later = find_later(wish.role, form.signed_roles())
    if later:
        raise Refused("signature.out_of_order", role=wish.role.value, after=later.value)
    local = wish.at.astimezone(LOCAL_ZONE).strftime("D:%Y%m%d%H%M%S+07'00'").encode()
    reason = b" /Reason %s" % text_string(wish.reason) if wish.reason else b""
    said = b" /Name %s%s /M (%s)" % (text_string(wish.name), reason, local)
    signature = revision.add(_unsigned(b"/Type /Sig", b"/ETSI.CAdES.detached", said, wish.size))
    kept = form.waiting(wish.role)
    spot = spot_of(file, kept) if kept else find_spot(file, wish.role, wish.box)
    shown = add_drawing(revision, wish.role, wish.texts, *spot.size)
    if kept:
        revision.change(kept, {b"/V": reference(signature), b"/AP": b"<</N %d 0 R>>" % shown})
    else:
        fields = NewFields(revision, form)
        fields.add(wish.role, spot, ". ".join(wish.texts), shown, b" /V %s" % reference(signature))
        fields.finish()
    return _measure(revision.finish(), wish.size)


def _keep_fields(file: File, wishes: Sequence[FieldWish]) -> bytes:
    revision = Revision(file)
    fields = NewFields(revision, Form(file))
    for wish in wishes:
        spot = find_spot(file, wish.role, wish.box)
        fields.add(wish.role, spot, wish.spoken, add_nothing(revision, *spot.size))
    fields.finish()
    return revision.finish()


def _unsigned(kind: bytes, form: bytes, said: bytes, size: int) -> bytes:
    return b"<<%s /Filter /Adobe.PPKLite /SubFilter %s%s /ByteRange %s /Contents <%s>>>" % (
        kind,
        form,
        said,
        _UNSET,
        b"0" * (2 * size),
    )


def _measure(pdf: bytes, size: int) -> Room:
    """Find the space and write down what it leaves to be signed."""
    digits = 2 * size
    start = pdf.rindex(b"/Contents <" + b"0" * 16) + len(b"/Contents <")
    after = start + digits + 1
    covered = _RANGE % (start - 1, after, len(pdf) - after)
    at = pdf.rindex(_UNSET, 0, start)
    view = memoryview(pdf)
    return Room(b"".join((view[:at], covered, view[at + len(covered) :])), start, digits)
