"""Attacks on signatures in XML: wrapping, comments, transforms, entities, links, keys that come along."""

import base64
import re

from onestop.validation.rules import Finding
from tests.validation.attacks.markup import (
    EXCLUSIVE,
    SELF,
    WHOLE,
    To,
    beside,
    complete,
    enveloped,
    enveloping,
    signature,
)
from tests.validation.attacks.paper import Signer
from tests.validation.attacks.samples import Made, sample

_FALSE = "the false sum, signed"


@sample("XML", "the false sum", Finding.ALTERED)
def element_altered(signer: Signer) -> bytes:
    """The sum is exchanged."""
    return enveloped(signer.leader).replace(b"<sum>100", b"<sum>900")


@sample("XSW", _FALSE, Finding.NOT_COVERED)
def wrapped_beside(signer: Signer) -> bytes:
    """The signed element moves aside; a false one of the same name takes its place."""
    by, references = signer.leader, (To("#A"), SELF)
    text = '<paper><sum Id="A">100</sum>' + signature(by, references) + "</paper>"
    made = complete(text, by, references)
    return made.replace(b"<paper>", b"<paper><sum>900</sum>")


@sample("XSW", _FALSE, Finding.NOT_COVERED)
def wrapped_in_the_signature(signer: Signer) -> bytes:
    """The signed element hides in an object of the signature; outside stands a false one."""
    by, references = signer.leader, (To("#A"), SELF)
    text = '<paper><sum Id="A">100</sum>' + signature(by, references) + "</paper>"
    made = complete(text, by, references)
    moved = b'<sum Id="A">100</sum>'
    made = made.replace(moved, b'<sum Id="B">900</sum>')
    return made.replace(b"<ds:Object>", b"<ds:Object>" + moved + b"</ds:Object><ds:Object>", 1)


@sample("XSW", _FALSE, Finding.SIGNATURE_BROKEN)
def one_identifier_twice(signer: Signer) -> bytes:
    """Two elements bear the identifier that is signed."""
    by, references = signer.leader, (To("#A"), SELF)
    text = '<paper><sum Id="A">100</sum>' + signature(by, references) + "</paper>"
    return complete(text, by, references).replace(b"<paper>", b'<paper><sum Id="A">900</sum>')


@sample("XSW", _FALSE, Finding.NOT_COVERED)
def text_around_the_signed_element(signer: Signer) -> bytes:
    """Text and attributes around what is signed."""
    by, references = signer.leader, (To("#A"), SELF)
    text = '<paper><sum Id="A">100</sum>' + signature(by, references) + "</paper>"
    return complete(text, by, references).replace(b"<paper>", b'<paper sum="900">')


@sample("XML comments", "100 where 1000 was signed", Finding.NOT_COVERED)
def comment_in_the_text(signer: Signer) -> bytes:
    """A comment, which nobody signs, cuts a text in two: many programs read the first half alone."""
    made = enveloped(signer.leader, "<paper><sum>1000</sum></paper>")
    return made.replace(b"<sum>1000", b"<sum>100<!-- -->0")


@sample("XML comments", "a valid signature", Finding.SIGNATURE_BROKEN)
def comment_in_a_digest(signer: Signer) -> bytes:
    """A comment in a digest: a false one before it, the true one behind."""
    made = enveloped(signer.leader)
    return re.sub(rb"<ds:DigestValue>(.{4})", rb"<ds:DigestValue>AAAA<!-- -->\1", made, count=1)


@sample("XML transforms", _FALSE, Finding.SIGNATURE_BROKEN)
def transform_that_picks(signer: Signer) -> bytes:
    """An XPath picks what is signed: nothing that is read."""
    steps = ("http://www.w3.org/TR/1999/REC-xpath-19991116", EXCLUSIVE)
    return enveloped(signer.leader, references=(To("", steps, data=b""), SELF))


@sample("XML transforms", _FALSE, Finding.SIGNATURE_BROKEN)
def transform_that_computes(signer: Signer) -> bytes:
    """A style sheet computes what is signed, or runs programs."""
    return enveloped(
        signer.leader, references=(To("", ("http://www.w3.org/TR/1999/REC-xslt-19991116",), data=b""), SELF)
    )


@sample("XML links", "a valid signature", Finding.CONTENT_MISSING)
def reference_to_the_network(signer: Signer) -> bytes:
    """What is signed lies on a server of the attacker; asking for it would tell who reads."""
    return enveloped(signer.leader, references=(WHOLE, To("http://127.0.0.1:9/secret", (), data=b"x"), SELF))


@sample("XML links", "a file of the reader's machine", Finding.CONTENT_MISSING)
def reference_to_a_file(signer: Signer) -> bytes:
    """What is signed lies on the reader's own machine."""
    return enveloped(signer.leader, references=(WHOLE, To("file:///etc/passwd", (), data=b"x"), SELF))


@sample("XML entities", "a file of the reader's machine", Finding.FORBIDDEN_CONTENT)
def external_entity(signer: Signer) -> bytes:
    """An entity names a file of the reader's machine (XXE)."""
    head = b'<!DOCTYPE paper [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    return _with_head(enveloped(signer.leader), head).replace(b"100", b"&file;")


@sample("XML entities", "nothing, for a long time", Finding.FORBIDDEN_CONTENT)
def entity_bomb(signer: Signer) -> bytes:
    """Entities of entities: ten lines that would become a thousand million words."""
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE paper [<!ENTITY e0 "ha">{rows}]>'.encode()
    return _with_head(enveloped(signer.leader), head).replace(b"100", b"&e9;")


@sample("XML entities", "another text than the one signed", Finding.FORBIDDEN_CONTENT)
def document_type_with_defaults(signer: Signer) -> bytes:
    """A document type that gives elements attributes of its own."""
    return _with_head(enveloped(signer.leader), b'<!DOCTYPE paper [<!ATTLIST sum unit CDATA "million">]>')


@sample("XML entities", "another paper than the one signed", Finding.FORBIDDEN_CONTENT)
def style_sheet_over_the_document(signer: Signer) -> bytes:
    """A style sheet, named before the document, shows something else."""
    return _with_head(enveloped(signer.leader), b'<?xml-stylesheet type="text/xsl" href="data:,x"?>')


def _with_head(document: bytes, head: bytes) -> bytes:
    return document.replace(b"?>\n", b"?>\n" + head + b"\n", 1)


@sample("XML keys", "a valid signature", Finding.NO_CERTIFICATE)
def key_without_certificate(signer: Signer) -> bytes:
    """A bare key comes along and is believed because it fits."""
    made = enveloped(signer.stranger.holder("Kẻ gian"))
    return re.sub(rb"<ds:X509Data>.*?</ds:X509Data>", b"<ds:KeyName>leader</ds:KeyName>", made, flags=re.DOTALL)


@sample("XML keys", "a valid signature", Finding.SIGNATURE_BROKEN)
def shared_secret_instead_of_a_key(signer: Signer) -> bytes:
    """The method is turned into one with a shared secret, for which the public key serves."""
    return enveloped(signer.leader).replace(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#hmac-sha256")


@sample("XML keys", "a valid signature of the leader", Finding.INVALID)
def certificate_of_somebody_else(signer: Signer) -> bytes:
    """A stranger's signature under the leader's certificate."""
    stranger = signer.stranger.holder("Kẻ gian")
    ours, theirs = (base64.b64encode(one.der) for one in (signer.leader, stranger))
    return enveloped(stranger).replace(theirs, ours)


@sample("XML keys", "the signature of somebody with other rights", Finding.OTHER_CERTIFICATE)
def certificate_exchanged_for_a_twin(signer: Signer) -> bytes:
    """Another certificate for the same key than the one the signer named."""
    twin = signer.authority.holder("Giám đốc", key="Nguyễn Văn Quang")
    ours, theirs = (base64.b64encode(one.der) for one in (signer.leader, twin))
    return enveloped(signer.leader).replace(ours, theirs)


@sample("XAdES", "a signature with its time and certificate", Finding.UNBOUND)
def properties_that_nobody_signed(signer: Signer) -> bytes:
    """The properties are there and no reference names them: anybody may write them."""
    return enveloped(signer.leader, references=(WHOLE,))


@sample("XAdES", "a valid signature", Finding.WEAK)
def digest_sha1_in_xml(signer: Signer) -> bytes:
    """SHA-1 over the document."""
    weak = To("", WHOLE.steps, "http://www.w3.org/2000/09/xmldsig#sha1")
    return enveloped(signer.leader, references=(weak, SELF))


@sample("XAdES", "a signature with a name", Finding.UNTRUSTED)
def stranger_in_xml(signer: Signer) -> bytes:
    """Somebody signs whom nobody trusts."""
    return enveloping(signer.stranger.holder("Kẻ gian"))


@sample("XML", "another content beside a valid signature", Finding.ALTERED)
def detached_xml_of_another_file(signer: Signer) -> Made:
    """A detached signature in XML is handed in with another file."""
    return Made(beside(signer.leader, {"a.txt": b"Sum: 100"}), b"Sum: 900")
