"""Signatures in XML, read strictly: what exactly was signed, and whether those bytes hold.

Only what can be explained to a person is accepted: references to the whole document, to one element by an identifier
that exists once, or to a file handed in; canonical forms and the removal of the signature itself as the only
transforms. No document types, no entities, no links: nothing is ever fetched.
Sources: W3C XML Signature 1.1; W3C XML Signature Best Practices; ETSI EN 319 132-1 (XAdES).
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from onestop.validation.rules.findings import Finding
from onestop.validation.rules.xml_documents import (
    DS,
    FORMS,
    PLAIN,
    Unclear,
    bytes_of,
    canonical,
    find_target,
    only,
    parse,
    prefixes_of,
    without,
)

_ENVELOPED = f"{DS}enveloped-signature"
DIGESTS = {
    f"{DS}sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_SHA2 = ("sha256", "sha384", "sha512")
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_METHODS = {
    f"{DS}rsa-sha1": ("rsa", "sha1"),
    **{f"{_MORE}{kind}-{name}": (kind, name) for kind in ("rsa", "ecdsa") for name in _SHA2},
    **{f"http://www.w3.org/2007/05/xmldsig-more#{name}-rsa-MGF1": ("pss", name) for name in _SHA2},
}
_HASHES: dict[str, Any] = {name: getattr(hashes, name.upper()) for name in ("sha1", *_SHA2)}
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_MAX_REFERENCES = 1000
_MAX_COPIES = 4  # of the document: each removal of a signature makes one
_MAX_SIGNATURES = 64

Resolve = Callable[[str], bytes | None]
"""Gives the bytes of a file named by a reference, or None."""


@dataclass(slots=True)
class Reference:
    """One thing that is signed: the element, or the name of a file."""

    uri: str
    element: Any = None
    file: str = ""
    kind: str = ""
    enveloped: bool = False
    comments_signed: bool = False


@dataclass(slots=True)
class XmlSignature:
    """One signature of a document, its bytes checked; `node` is its element."""

    node: Any
    certificates: tuple[bytes, ...] = ()
    certificate: bytes = b""
    value: bytes = b""
    intact: bool = False
    references: list[Reference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_signatures(tree: Any) -> list[Any]:
    """Return the signature elements of a document, those that countersign another one left aside."""
    found = [node for node in tree.iter(f"{{{DS}}}Signature") if not _within(node, f"{{{DS}}}Signature")]
    return found[:_MAX_SIGNATURES]


def check_signature(tree: Any, node: Any, resolve: Resolve) -> XmlSignature:
    """Check the bytes of one signature: its value, and every reference."""
    signature = XmlSignature(node)
    try:
        info = only(node, "SignedInfo")
        signature.value = bytes_of(only(node, "SignatureValue"))
        enclosed = node.iterfind(f"{{{DS}}}KeyInfo//{{{DS}}}X509Certificate")
        signature.certificates = tuple(bytes_of(one) for one in enclosed)
        _check_value(signature, info)
        _check_references(signature, tree, info, resolve)
    except (ValueError, TypeError, IndexError):
        signature.findings.append(Finding.SIGNATURE_BROKEN)
    signature.findings = list(dict.fromkeys(signature.findings))
    broken = {Finding.SIGNATURE_BROKEN, Finding.ALTERED, Finding.INVALID, Finding.NO_CERTIFICATE}
    signature.intact = broken.isdisjoint(signature.findings) and Finding.CONTENT_MISSING not in signature.findings
    return signature


def _check_value(signature: XmlSignature, info: Any) -> None:
    method = _METHODS.get(only(info, "SignatureMethod").get("Algorithm", ""))
    form = only(info, "CanonicalizationMethod")
    if method is None or form.get("Algorithm") not in FORMS:
        raise Unclear
    if not signature.certificates:
        signature.findings.append(Finding.NO_CERTIFICATE)
        return
    signed = canonical(info, form.get("Algorithm"), prefixes_of(form))
    signature.certificate = _find_signer(signature, method, signed)
    if not signature.certificate:
        signature.certificate = signature.certificates[0]
        signature.findings.append(Finding.INVALID)
    if method[1] == "sha1":
        signature.findings.append(Finding.WEAK)
    if _is_weak(signature.certificate):
        signature.findings.append(Finding.WEAK_CERTIFICATE)


def _find_signer(signature: XmlSignature, method: tuple[str, str], signed: bytes) -> bytes:
    """The enclosed certificate whose key made the value; which one is the signer's is said by nothing but that."""
    for der in signature.certificates:
        try:
            key = x509.load_der_x509_certificate(der).public_key()
        except Exception:  # noqa: BLE001, S112  a certificate that cannot be read is nobody's
            continue
        if _fits(key, method, signature.value, signed):
            return der
    return b""


def _fits(key: Any, method: tuple[str, str], value: bytes, signed: bytes) -> bool:
    kind, digest = method[0], _HASHES[method[1]]()
    try:
        if kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            if len(value) != 2 * ((key.key_size + 7) // 8):
                return False
            pair = utils.encode_dss_signature(*_halves(value))
            key.verify(pair, signed, ec.ECDSA(digest))
        elif kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, signed, padding.PKCS1v15(), digest)
        elif kind == "pss" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, signed, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _halves(value: bytes) -> tuple[int, int]:
    half = len(value) // 2
    return int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")


def _is_weak(der: bytes) -> bool:
    try:
        key = x509.load_der_x509_certificate(der).public_key()
    except Exception:  # noqa: BLE001  judged elsewhere
        return False
    return isinstance(key, rsa.RSAPublicKey) and key.key_size < 2048


def _check_references(signature: XmlSignature, tree: Any, info: Any, resolve: Resolve) -> None:
    found = info.findall(f"{{{DS}}}Reference")
    copies = info.findall(f"{{{DS}}}Reference/{{{DS}}}Transforms/{{{DS}}}Transform[@Algorithm='{_ENVELOPED}']")
    if not 0 < len(found) <= _MAX_REFERENCES or len(copies) > _MAX_COPIES:
        raise Unclear
    for node in found:
        reference, payload = _read_reference(signature, tree, node, resolve)
        signature.references.append(reference)
        name = DIGESTS.get(only(node, "DigestMethod").get("Algorithm", ""))
        if name is None:
            raise Unclear
        if payload is None:
            signature.findings.append(Finding.CONTENT_MISSING)
        elif hashlib.new(name, payload, usedforsecurity=False).digest() != bytes_of(only(node, "DigestValue")):
            signature.findings.append(Finding.ALTERED)
        if name == "sha1":
            signature.findings.append(Finding.WEAK)


def _read_reference(signature: XmlSignature, tree: Any, node: Any, resolve: Resolve) -> tuple[Reference, bytes | None]:
    uri = node.get("URI")
    if uri is None:
        raise Unclear
    steps = [(step.get("Algorithm", ""), step) for step in node.iterfind(f"{{{DS}}}Transforms/{{{DS}}}Transform")]
    forms = [(name, step) for name, step in steps if name in FORMS]
    enveloped = any(name == _ENVELOPED for name, _ in steps)
    if len(forms) > 1 or any(name not in FORMS and name != _ENVELOPED for name, _ in steps):
        raise Unclear
    reference = Reference(uri, kind=node.get("Type", ""), enveloped=enveloped)
    form, step = forms[0] if forms else (PLAIN, None)
    if uri and not uri.startswith("#"):
        plain = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), uri.encode())
        reference.file = plain.decode(errors="replace")
        payload = resolve(reference.file)
        if payload is not None and forms:
            payload = canonical(parse(payload), form, prefixes_of(step))
        return reference, payload
    reference.element = find_target(tree, uri)
    reference.comments_signed = FORMS[form][1]
    target = without(reference.element, signature.node) if enveloped else reference.element
    return reference, canonical(target, form, prefixes_of(step))


def _within(node: Any, tag: str) -> bool:
    return any(True for _ in node.iterancestors(tag))
