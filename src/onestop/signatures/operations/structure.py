"""Naming a signature's field in the structure tree of a tagged paper, so that it stays readable aloud (PDF/UA).

ISO 14289-1, 7.18.1 and 7.18.4: every widget lies inside a `Form` element and is found through the parent tree. It can
only be done before the first signature: afterwards the tree belongs to what was signed.
"""

from onestop.signatures.operations.files import Held
from onestop.signatures.operations.revision import Revision
from onestop.signatures.operations.syntax import array, elements, entries, reference, referred, whole, written


class Structure:
    """The structure tree of a file, about to be given further elements; silent if there is none it knows."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self._tree = _find_tree(revision)
        self._next = whole(self._tree.entries[b"/ParentTreeNextKey"]) if self._tree else 0
        self._parents: list[bytes] = []
        self._elements: list[bytes] = []

    def add(self, field: int, page: Held, spoken: bytes) -> bytes:
        """Give a field its element; return what its dictionary must say, or nothing where nothing is tagged."""
        if self._tree is None:
            return b""
        content = b"<</Type /OBJR /Obj %s /Pg %s>>" % (reference(field), page.reference)
        top = elements(self._tree.entries[b"/K"])[0]
        element = self._revision.add(
            b"<</Type /StructElem /S /Form /P %s /Pg %s /Alt %s /K %s>>" % (top, page.reference, spoken, content)
        )
        self._elements.append(reference(element))
        self._parents += [b"%d" % self._next, reference(element)]
        self._next += 1
        return b" /StructParent %d" % (self._next - 1)

    def finish(self) -> None:
        """Write the tree with its new elements."""
        if self._tree is None or not self._elements:
            return
        file = self._revision.file
        document = file.held(elements(self._tree.entries[b"/K"])[0])
        members = elements(document.entries[b"/K"])
        self._revision.change(document, {b"/K": array((*members, *self._elements))})
        numbers = entries(self._tree.entries[b"/ParentTree"])
        grown = written({**numbers, b"/Nums": array((*elements(numbers[b"/Nums"]), *self._parents))})
        self._revision.change(self._tree, {b"/ParentTree": grown, b"/ParentTreeNextKey": b"%d" % self._next})


def _find_tree(revision: Revision) -> Held | None:
    """Return the tree if it has the form our typesetter gives it: one element on top, one list of parents."""
    root = revision.file.root.entries
    if b"/StructTreeRoot" not in root or referred(root[b"/StructTreeRoot"]) is None:
        return None
    tree = revision.file.held(root[b"/StructTreeRoot"])
    top, parents, following = (tree.entries.get(key, b"") for key in (b"/K", b"/ParentTree", b"/ParentTreeNextKey"))
    if not (top.startswith(b"[") and parents.startswith(b"<<") and following.isdigit()):
        return None
    held = elements(top)
    if len(held) != 1 or referred(held[0]) is None or b"/Nums" not in entries(parents):
        return None
    document = revision.file.held(held[0]).entries
    return tree if document.get(b"/K", b"").startswith(b"[") and b"/Limits" not in entries(parents) else None
