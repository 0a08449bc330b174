"""The document security store: certificates and revocation lists kept in the paper (ETSI EN 319 142-1, 5.4.2)."""

from onestop.signatures.operations.files import File
from onestop.signatures.operations.revision import Revision
from onestop.signatures.operations.syntax import Entries, array, reference, written
from onestop.signatures.rules.chains import Proofs

_KINDS = ((b"/Certs", "certificates"), (b"/CRLs", "crls"))


def add_to_store(revision: Revision, proofs: Proofs) -> None:
    """Add what is not kept yet; what is there stays."""
    file = revision.file
    root = file.root
    kept: Entries = file.entries(root.entries[b"/DSS"]) if b"/DSS" in root.entries else {}
    changed = dict(kept)
    for key, name in _KINDS:
        members = file.elements(kept.get(key, b"[]"))
        there = {file.stream(one) for one in members}
        new = (der for der in getattr(proofs, name) if der not in there)
        changed[key] = array((*members, *(reference(revision.add_stream(b"", der)) for der in new)))
    if changed != kept:
        revision.change(root, {b"/DSS": reference(revision.add(written(changed)))})


def list_kept(file: File) -> tuple[bytes, ...]:
    """Return the revocation lists kept in a paper."""
    entries = file.root.entries
    kept = file.entries(entries[b"/DSS"]) if b"/DSS" in entries else {}
    return tuple(file.stream(one) for one in file.elements(kept.get(b"/CRLs", b"[]")))
