"""XML as it may be signed: read without fetching anything, pointed into, brought into canonical form.

Sources: W3C Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0; W3C XML Signature 1.1, 4.4.3 and 6.6.
"""

import base64
import copy
from typing import Any

from lxml import etree

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
PLAIN = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
FORMS = {
    PLAIN: (False, False),
    f"{PLAIN}#WithComments": (False, True),
    "http://www.w3.org/2006/12/xml-c14n11": (False, False),
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Canonical forms: exclusive or not, with comments or not."""
_IDS = ("Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")
_MAX_DEPTH = 200


class Unclear(ValueError):
    """What a document says can be read in more than one way, or asks for something that is not done here."""


def parse(data: bytes) -> Any:
    """Return the tree of a document. Raises ValueError for anything that is not plain XML."""
    reader = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=False, remove_pis=False,
    )  # fmt: skip
    try:
        tree = etree.ElementTree(etree.fromstring(data, reader))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("no well-formed XML") from error
    return tree


def is_plain(tree: Any) -> bool:
    """True if a document has no document type, no entities, no style sheet, and no absurd depth."""
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        return False
    if any(node.target == "xml-stylesheet" for node in tree.xpath("//processing-instruction()")):
        return False
    return next(tree.getroot().iter(etree.Entity), None) is None and _depth(tree.getroot()) <= _MAX_DEPTH


def find_target(tree: Any, uri: str) -> Any:
    """Return what a reference within the document points at. Raises `Unclear` if that is not exactly one element."""
    if uri == "":
        return tree
    name = uri[1:]
    found = [node for node in tree.iter(etree.Element) if any(node.get(key) == name for key in _IDS)]
    if len(found) != 1:
        raise Unclear(uri)
    return found[0]


def without(target: Any, signature: Any) -> Any:
    """Return a copy of a target without the signature in it; text that follows the signature stays."""
    tree = target if hasattr(target, "getroot") else target.getroottree()
    copied = copy.deepcopy(tree)
    nodes, copies = list(tree.iter()), list(copied.iter())
    gone = copies[nodes.index(signature)]
    parent, before, tail = gone.getparent(), gone.getprevious(), gone.tail or ""
    if parent is None:
        raise Unclear("a signature cannot be taken out of itself")
    parent.remove(gone)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    return copied if target is tree else copies[nodes.index(target)]


def canonical(node: Any, algorithm: str, prefixes: list[str] | None = None) -> bytes:
    """Return the canonical form of an element or document."""
    exclusive, comments = FORMS[algorithm]
    wanted = prefixes if exclusive else None
    made: bytes = etree.tostring(
        node, method="c14n", exclusive=exclusive, with_comments=comments, inclusive_ns_prefixes=wanted, with_tail=False
    )
    return made


def prefixes_of(step: Any) -> list[str] | None:
    """Return the name spaces that an exclusive form is asked to treat as inclusive."""
    listed = None if step is None else step.find("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    return None if listed is None else listed.get("PrefixList", "").split()


def only(node: Any, name: str, space: str = DS) -> Any:
    """Return the one child of that name. Raises `Unclear` if there is none, or more."""
    found = node.findall(f"{{{space}}}{name}")
    if len(found) != 1:
        raise Unclear(name)
    return found[0]


def bytes_of(node: Any) -> bytes:
    """Return the bytes of an element of base64 with nothing else in it: no comment may cut it in two."""
    if len(node):
        raise Unclear(node.tag)
    return base64.b64decode("".join((node.text or "").split()), validate=True)


def _depth(root: Any) -> int:
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
