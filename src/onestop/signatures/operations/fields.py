"""Signature fields of a paper: finding those that wait empty, and adding new ones to page, form and structure tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.errors import Fault, Invalid
from onestop.signatures.operations.files import File, Held, invalid
from onestop.signatures.operations.revision import Revision
from onestop.signatures.operations.structure import Structure
from onestop.signatures.operations.syntax import (
    Entries,
    Unusual,
    array,
    reference,
    referred,
    text,
    text_string,
    written,
)
from onestop.signatures.rules import DEFAULT_PLACES, Box
from onestop.trust.rules import SignatureRole

_FLAGS = b"132"  # printed, locked (ISO 32000-2, 12.5.3)
_SIGNATURES_ONLY_ADDED = b"3"  # SigFlags: there are signature fields, the file is only added to
_MOST_NODES = 40_000  # of the tree of pages; a tree that leads in a circle has no end


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on a page, in the page's own coordinates."""

    page: Held
    edges: tuple[float, float, float, float]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        x0, y0, x1, y1 = self.edges
        return (x1 - x0, y1 - y0)


class Form:
    """The signature fields of a file, and the form they belong to."""

    def __init__(self, file: File) -> None:
        self.file = file
        root = file.root.entries
        self.kept = root.get(b"/AcroForm")
        self.entries: Entries = file.entries(self.kept) if self.kept else {}
        self.references = file.elements(self.entries.get(b"/Fields", b"[]"))
        self.fields = [file.held(one) for one in self.references]
        if b"/Perms" in root or any(b"/Lock" in field.entries for field in self.fields):
            _refuse_locked(file, root, self.fields)

    @property
    def is_signed(self) -> bool:
        """True if a signature is there already: the structure of the paper may not change any more."""
        return any(field.entries.get(b"/FT") == b"/Sig" and b"/V" in field.entries for field in self.fields)

    def waiting(self, role: SignatureRole) -> Held | None:
        """Return the first empty field kept for a role."""
        empty = (f for f in self.fields if f.entries.get(b"/FT") == b"/Sig" and b"/V" not in f.entries)
        return next((field for field in empty if self._name(field).startswith(f"{role.value}-")), None)

    def signed_roles(self) -> set[SignatureRole]:
        """Return the roles in which the paper is signed, as its fields are named."""
        named = {self._name(field).partition("-")[0] for field in self.fields if b"/V" in field.entries}
        return {role for role in SignatureRole if role.value in named}

    def names(self) -> set[str]:
        """Return the names taken."""
        return {self._name(field) for field in self.fields}

    def _name(self, field: Held) -> str:
        return text(self.file.resolved(field.entries.get(b"/T", b"()")))


def _refuse_locked(file: File, root: Entries, fields: Sequence[Held]) -> None:
    """Refuse a file whose signer allowed no further change (ISO 32000-2, 12.8.2.2 and table 235)."""
    certified = file.entries(root[b"/Perms"]).get(b"/DocMDP") if b"/Perms" in root else None
    signatures = [file.entries(certified)] if certified else []
    for signature in signatures:
        for one in file.elements(signature.get(b"/Reference", b"[]")):
            parameters = file.entries(one).get(b"/TransformParams", b"<<>>")
            if file.entries(parameters).get(b"/P", b"2") == b"1":
                raise invalid("pdf.form_locked")
    locks = (file.entries(field.entries[b"/Lock"]) for field in fields if {b"/Lock", b"/V"} <= field.entries.keys())
    if any(lock.get(b"/P") == b"1" for lock in locks):
        raise invalid("pdf.form_locked")


class NewFields:
    """Fields being added by one revision: page, form and structure tree are each written once."""

    def __init__(self, revision: Revision, form: Form) -> None:
        self._revision = revision
        self._form = form
        self._structure = None if form.is_signed else Structure(revision)
        self._names = form.names()
        self._references: list[bytes] = []
        self._on_pages: dict[int, tuple[Held, list[bytes]]] = {}

    def add(self, role: SignatureRole, spot: Spot, spoken: str, shown: int, value: bytes = b"") -> None:
        """Add a field that shows a drawing; `value` is the rest of its dictionary."""
        name = free_name(role.value, self._names)
        field, tip = self._revision.reserve(), text_string(spoken)
        tagged = self._structure.add(field, spot.page, tip) if self._structure else b""
        self._revision.put(
            field,
            b"<</Type /Annot /Subtype /Widget /FT /Sig /T (%s) /TU %s /F %s /Rect [%s] /P %s%s%s /AP <</N %d 0 R>>>>"
            % (name.encode(), tip, _FLAGS, _rectangle(spot.edges), spot.page.reference, tagged, value, shown),
        )
        self._names.add(name)
        self._references.append(reference(field))
        self._on_pages.setdefault(spot.page.number, (spot.page, []))[1].append(reference(field))

    def finish(self) -> None:
        """Write page, form and structure tree."""
        for page, fields in self._on_pages.values():
            self._list_on_page(page, fields)
        list_in_form(self._revision, self._form, self._references)
        if self._structure:
            self._structure.finish()

    def _list_on_page(self, page: Held, fields: list[bytes]) -> None:
        """Add the fields to the page's annotations, be they kept in the page or apart."""
        kept = page.entries.get(b"/Annots", b"[]")
        grown = array((*self._form.file.elements(kept), *fields))
        apart = referred(kept)
        if apart:
            self._revision.put(apart[0], grown, apart[1])
        else:
            self._revision.change(page, {b"/Annots": grown})


def free_name(kind: str, taken: set[str]) -> str:
    """Return a name for a field, by its kind and a number not taken: `leader-1`."""
    tried = (f"{kind}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in tried if name not in taken)


def list_in_form(revision: Revision, form: Form, references: Sequence[bytes]) -> None:
    """Add fields to the form; it becomes an object of its own, so later updates leave the catalogue alone."""
    fields = array((*form.references, *references))
    grown = written({**form.entries, b"/Fields": fields, b"/SigFlags": _SIGNATURES_ONLY_ADDED})
    apart = referred(form.kept) if form.kept else None
    if apart:
        revision.put(apart[0], grown, apart[1])
    else:
        revision.change(form.file.root, {b"/AcroForm": reference(revision.add(grown))})


def find_spot(file: File, role: SignatureRole, box: Box | None) -> Spot:
    """Return where a signature goes. Raises `Invalid`: `box.no_page`, `box.outside_page`."""
    index = box[0] if box else DEFAULT_PLACES[role].page
    page = _find_page(file, index)
    left, bottom, right, top = _media_box(file, page)
    x0, y0, x1, y1 = box[1:] if box else DEFAULT_PLACES[role].on(right - left, top - bottom)
    if not (0 <= x0 < x1 <= right - left and 0 <= y0 < y1 <= top - bottom):
        raise Invalid("box.outside_page", faults=(Fault("box", "box.outside_page"),))
    return Spot(page, (x0 + left, y0 + bottom, x1 + left, y1 + bottom))


def spot_of(file: File, field: Held) -> Spot:
    """Return where an empty field stands."""
    x0, y0, x1, y1 = _numbers(file.elements(field.entries[b"/Rect"]))
    return Spot(file.held(field.entries[b"/P"]), (x0, y0, x1, y1))


def _find_page(file: File, index: int) -> Held:
    """Walk the tree of pages, the last page from the end."""
    wanted, backwards = (-1 - index, True) if index < 0 else (index, False)
    waiting, seen = [file.root.entries[b"/Pages"]], 0
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        node = file.held(waiting.pop())
        if b"/Kids" in node.entries:
            kids = file.elements(node.entries[b"/Kids"])
            waiting += kids if backwards else reversed(kids)
        elif seen == wanted:
            return node
        else:
            seen += 1
    raise Invalid("box.no_page", faults=(Fault("box", "box.no_page", {"page": index}),))


def _media_box(file: File, page: Held) -> tuple[float, float, float, float]:
    """Return the size of a page, its own or that of the nearest node of the page tree that has one."""
    entries = page.entries
    for _ in range(_MOST_NODES):
        if b"/MediaBox" in entries:
            return _numbers(file.elements(entries[b"/MediaBox"]))
        if b"/Parent" not in entries:
            break
        entries = file.entries(entries[b"/Parent"])
    raise Invalid("box.no_page", faults=(Fault("box", "box.no_page"),))


def _numbers(written_ones: list[bytes]) -> tuple[float, float, float, float]:
    try:
        x0, y0, x1, y1 = map(float, written_ones)
    except ValueError as error:
        raise Unusual from error
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _rectangle(edges: tuple[float, ...]) -> bytes:
    return b" ".join(b"%.2f" % edge for edge in edges)
