"""What a signature in XML proves: XAdES, or a plain XML signature with its certificate inside.

It must cover everything that a reader would take for signed. What it does not: elements beside the signed one (the
wrapping attacks), attributes and text around it, and comments, which most canonical forms drop.
Sources: ETSI EN 319 132-1, 5.2 to 5.4; W3C XML Signature Best Practices, 2.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from lxml import etree

from onestop.validation.queries import signers
from onestop.validation.rules.evidence import Contents, Signed, Token
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.revocation import Statements
from onestop.validation.rules.xml_documents import DS, PLAIN, XADES, bytes_of, canonical, is_plain, parse
from onestop.validation.rules.xml_signatures import DIGESTS, XmlSignature, check_signature, find_signatures

_SIGNATURE = f"{{{DS}}}Signature"
_MAX_BYTES = 32 * 1024 * 1024


def read_xml(data: bytes, content: bytes | None = None) -> Contents:
    """Return what the signatures of a document prove; `content` stands for any one file they point at outside it."""
    tree, fault = open_xml(data)
    if tree is None:
        return Contents(findings=(fault,))
    nodes = find_signatures(tree)
    if not nodes:
        return Contents(findings=(Finding.NO_SIGNATURE,))
    checked = [check_signature(tree, node, lambda _: content) for node in nodes]
    return Contents(tuple(read_signature(tree, one, place) for place, one in enumerate(checked)))


def open_xml(data: bytes) -> tuple[Any, Finding]:
    """Return the tree of a document, or None and why not."""
    if len(data) > _MAX_BYTES:
        return None, Finding.TOO_LARGE
    try:
        tree = parse(data)
    except ValueError:
        return None, Finding.FORBIDDEN_CONTENT if b"<!DOCTYPE" in data[:4096] else Finding.BROKEN_FILE
    return (tree, Finding.BROKEN_FILE) if is_plain(tree) else (None, Finding.FORBIDDEN_CONTENT)


def read_signature(tree: Any, checked: XmlSignature, position: int) -> Signed:
    """Return one signature of a document as evidence."""
    signed = Signed(position, intact=checked.intact, findings=list(checked.findings))
    signed.certificate = checked.certificate
    signed.enclosed = tuple(der for der in checked.certificates if der != checked.certificate)
    try:
        signed.add(*_judge_coverage(tree, checked), *_judge_properties(signed, checked))
        _read_unsigned(signed, checked)
    except Exception:  # noqa: BLE001  whatever cannot be read does not hold
        signed.add(Finding.SIGNATURE_BROKEN)
    signed.whole = Finding.NOT_COVERED not in signed.findings
    return signed


# -- what is covered ------------------------------------------------------------------------------


def _judge_coverage(tree: Any, checked: XmlSignature) -> Iterator[Finding]:
    targets = [reference for reference in checked.references if reference.element is not None]
    covered = {tree.getroot() if one.element is tree else one.element for one in targets}
    comments = all(one.comments_signed for one in targets)
    outside = any(reference.file for reference in checked.references)
    root = tree.getroot()
    if outside and root.tag in {_SIGNATURE, "{http://uri.etsi.org/02918/v1.2.1#}XAdESSignatures"}:
        return  # a signature of files beside it: the document holds nothing else to be read
    if any(_uncovered(root, covered, checked.node)) or (not comments and any(True for _ in tree.iter(etree.Comment))):
        yield Finding.NOT_COVERED


def _uncovered(node: Any, covered: set[Any], signature: Any) -> Iterator[bool]:
    """Yield once for every part that somebody could read and nobody signed."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one in covered or not isinstance(one.tag, str):
            continue
        if one.tag == _SIGNATURE:
            waiting += [child for child in one.findall(f"{{{DS}}}Object") if one is signature and not _is_about(child)]
            continue
        if not any(one in found.iterancestors() for found in covered) or _says_something(one):
            yield True
        waiting += list(one)


def _is_about(child: Any) -> bool:
    """True for the object that tells about the signature and holds nothing signed by it."""
    return len(child) == 1 and child[0].tag == f"{{{XADES}}}QualifyingProperties"


def _says_something(node: Any) -> bool:
    texts = (node.text, *(child.tail for child in node))
    foreign = {name for name in node.attrib if name not in {"Id", "ID", "id"}}
    return bool(foreign) or any((text or "").strip() for text in texts)


# -- what the signer says -------------------------------------------------------------------------


def _judge_properties(signed: Signed, checked: XmlSignature) -> Iterator[Finding]:
    found = checked.node.findall(f"{{{DS}}}Object/{{{XADES}}}QualifyingProperties/{{{XADES}}}SignedProperties")
    if len(found) > 1:
        yield Finding.SIGNATURE_BROKEN
    if not found:
        yield Finding.CERTIFICATE_UNBOUND
        return
    if not any(reference.element is found[0] for reference in checked.references):
        yield Finding.UNBOUND
        return
    said = found[0].find(f"{{{XADES}}}SignedSignatureProperties")
    named = list(_named_certificates(said)) if said is not None else []
    if not named:
        yield Finding.CERTIFICATE_UNBOUND
    elif signers.hash_of(named[0][0], checked.certificate) != named[0][1]:
        yield Finding.OTHER_CERTIFICATE
    signed.claimed = _time(said.findtext(f"{{{XADES}}}SigningTime") or "") if said is not None else None


def _named_certificates(said: Any) -> Iterator[tuple[str, bytes]]:
    for form in ("SigningCertificateV2", "SigningCertificate"):
        for one in said.iterfind(f"{{{XADES}}}{form}/{{{XADES}}}Cert/{{{XADES}}}CertDigest"):
            method, value = one.find(f"{{{DS}}}DigestMethod"), one.find(f"{{{DS}}}DigestValue")
            yield DIGESTS[method.get("Algorithm")], bytes_of(value)


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return signers.plausible(moment)


# -- what was added afterwards --------------------------------------------------------------------


def _read_unsigned(signed: Signed, checked: XmlSignature) -> None:
    place = f"{{{DS}}}Object/{{{XADES}}}QualifyingProperties/{{{XADES}}}UnsignedProperties"
    added = checked.node.find(f"{place}/{{{XADES}}}UnsignedSignatureProperties")
    if added is None:
        return
    signed.tokens = tuple(_tokens(added, checked.node))
    signed.enclosed += tuple(_values(added, "CertificateValues", "EncapsulatedX509Certificate"))
    crls = tuple(_values(added, "RevocationValues", "EncapsulatedCRLValue"))
    signed.revocation = Statements(crls, tuple(_values(added, "RevocationValues", "EncapsulatedOCSPValue")))


def _tokens(added: Any, node: Any) -> Iterator[Token]:
    value = node.find(f"{{{DS}}}SignatureValue")
    for stamp in added.iterfind(f"{{{XADES}}}SignatureTimeStamp"):
        form = stamp.find(f"{{{DS}}}CanonicalizationMethod")
        covered = canonical(value, PLAIN if form is None else form.get("Algorithm"))
        for one in stamp.iterfind(f"{{{XADES}}}EncapsulatedTimeStamp"):
            yield signers.check_token(base64.b64decode(one.text), partial(signers.hash_of, data=covered))


def _values(added: Any, group: str, kind: str) -> Iterator[bytes]:
    for one in added.iterfind(f"{{{XADES}}}{group}//{{{XADES}}}{kind}"):
        yield base64.b64decode(one.text)
