"""XML signed by hand: the same bytes every time, and every part can be bent."""

import base64
import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import utils
from lxml import etree

from tests.validation.attacks.authority import Holder, sign_with

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = f"{DS}enveloped-signature"
PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"


@dataclass(frozen=True)
class To:
    """A reference: where it points, and by which steps."""

    uri: str
    steps: tuple[str, ...] = (EXCLUSIVE,)
    digest: str = "http://www.w3.org/2001/04/xmlenc#sha256"
    data: bytes | None = None
    kind: str = ""


WHOLE = To("", (ENVELOPED, EXCLUSIVE))
SELF = To("#P", kind=PROPERTIES)


def signature(by: Holder, references: Sequence[To], *, inside: str = "", names: bytes | None = None) -> str:
    """An unsigned signature element; `inside` are further objects."""
    certificate = base64.b64encode(by.der).decode()
    named = base64.b64encode(hashlib.sha256(names or by.der).digest()).decode()
    listed = "".join(_reference(one) for one in references)
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="S"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
        f"{listed}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}"
        f"</ds:X509Certificate></ds:X509Data></ds:KeyInfo>{inside}<ds:Object>"
        f'<xades:QualifyingProperties xmlns:xades="{XADES}" Target="#S"><xades:SignedProperties Id="P">'
        "<xades:SignedSignatureProperties><xades:SigningTime>2026-02-27T09:10:00Z</xades:SigningTime>"
        "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{named}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        "</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>"
        "</ds:Signature>"
    )


def _reference(one: To) -> str:
    steps = "".join(f'<ds:Transform Algorithm="{step}"/>' for step in one.steps)
    steps = f"<ds:Transforms>{steps}</ds:Transforms>" if steps else ""
    kind = f' Type="{one.kind}"' if one.kind else ""
    method = f'<ds:DigestMethod Algorithm="{one.digest}"/>'
    return f'<ds:Reference URI="{one.uri}"{kind}>{steps}{method}<ds:DigestValue/></ds:Reference>'


def complete(document: str, by: Holder, references: Sequence[To]) -> bytes:
    """Fill in digests and value of the one signature in a document."""
    root = etree.fromstring(document.encode())
    node = next(root.iter(f"{{{DS}}}Signature"))
    for place, one in zip(node.iter(f"{{{DS}}}DigestValue"), references, strict=False):
        place.text = base64.b64encode(_digest(root, node, one)).decode()
    info = node.find(f"{{{DS}}}SignedInfo")
    r, s = utils.decode_dss_signature(sign_with(by.key, _canonical(info)))
    value = node.find(f"{{{DS}}}SignatureValue")
    value.text = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _digest(root: Any, node: Any, one: To) -> bytes:
    name = "sha1" if one.digest.endswith("sha1") else "sha256"
    return hashlib.new(name, one.data if one.data is not None else _target(root, node, one)).digest()


def _target(root: Any, node: Any, one: To) -> bytes:
    place = root.getroottree().getelementpath(node)
    copied = copy.deepcopy(root.getroottree())
    target = copied.getroot() if one.uri == "" else copied.xpath(f"//*[@Id='{one.uri[1:]}']")[0]
    if ENVELOPED in one.steps:
        gone = copied.find(place)
        gone.getparent().remove(gone)
    return _canonical(target if one.uri else copied)


def _canonical(node: Any) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=True, with_comments=False, with_tail=False)


def enveloped(
    by: Holder, text: str = "<paper><sum>100</sum></paper>", references: Sequence[To] = (WHOLE, SELF)
) -> bytes:
    """A document with its signature inside."""
    end = text.rindex("</")
    return complete(text[:end] + signature(by, references) + text[end:], by, references)


def enveloping(by: Holder, text: str = "<sum>100</sum>") -> bytes:
    """A signature with the document inside."""
    references = (To("#O"), SELF)
    return complete(signature(by, references, inside=f'<ds:Object Id="O">{text}</ds:Object>'), by, references)


def beside(by: Holder, files: dict[str, bytes]) -> bytes:
    """A signature of files beside it, as in a container."""
    references = (*(To(name, (), data=data) for name, data in files.items()), SELF)
    inner = signature(by, references)
    document = f'<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#">{inner}</a:XAdESSignatures>'
    return complete(document, by, references)
