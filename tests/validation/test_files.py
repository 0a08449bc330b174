"""Signed files of others: every kind that holds, and what is told of it."""

import base64
import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from lxml import etree

from onestop.validation.queries import verify_file
from onestop.validation.rules import FileKind, Finding, Indication, SubIndication
from tests.signatures.test_other_tools import ENVIRONMENT, NEEDS_OPENSSL
from tests.validation.attacks import markup
from tests.validation.attacks.authority import AT, Authority, Holder, days
from tests.validation.attacks.messages import Wish, message, signed_message, signer
from tests.validation.attacks.on_containers import FILES, pack, with_cades, with_xades
from tests.validation.attacks.paper import Signer
from tests.validation.attacks.paper import signer as honest
from tests.validation.attacks.samples import NOW

TEXT = b"Sum: 100\n"


@pytest.fixture(scope="module")
def office() -> Signer:
    return honest()


def _verify(data: bytes, office: Signer, **more: Any) -> Any:
    return verify_file(data, more.pop("at", NOW), anchors=office.authority.believed(), **more)


# -- CMS ------------------------------------------------------------------------------------------


def test_a_message_with_its_content(office: Signer) -> None:
    report = _verify(signed_message(office.leader, TEXT, Wish(stamps=(office.authority, AT, None))), office)
    (found,) = report.signatures
    assert (report.valid, report.kind) == (True, FileKind.CMS)
    assert (found.signer, found.signed_at, found.stamped_at, found.proved_at) == ("Nguyễn Văn Quang", AT, AT, AT)
    assert (found.level, found.authority, found.stamped_by) == ("B-T", "attack root", "stamps")
    assert found.findings == ()


def test_a_detached_message_and_its_content_as_pem_and_base64(office: Signer) -> None:
    der = signed_message(office.leader, TEXT, attached=False)
    bare = base64.encodebytes(der)
    for written in (der, bare, b"-----BEGIN PKCS7-----\n" + bare + b"-----END PKCS7-----\n"):
        report = _verify(written, office, content=TEXT)
        assert report.valid
        assert report.signatures[0].findings == (Finding.NO_STAMP,)


def test_every_signer_is_reported(office: Signer) -> None:
    other = office.authority.holder("Trần Thị Thu")
    both = message([signer(office.leader, TEXT), signer(other, TEXT)], office.leader.chain + other.chain, TEXT)
    assert {found.signer for found in _verify(both, office).signatures} == {"Nguyễn Văn Quang", "Trần Thị Thu"}
    assert _verify(both, office).valid


@NEEDS_OPENSSL
@pytest.mark.parametrize("key", ["Nguyễn Văn Quang", "rsa-2048"])
@pytest.mark.parametrize("form", [["-nodetach"], ["-nodetach", "-stream"], ["-nodetach", "-cades"], [], ["-keyid"]])
def test_messages_that_openssl_made(office: Signer, tmp_path: Path, key: str, form: list[str]) -> None:
    by = _keyid_holder(office, key) if "-keyid" in form else office.authority.holder("openssl", key=key)
    (tmp_path / "content").write_bytes(TEXT)
    _write(tmp_path, by)
    subprocess.run(
        ["openssl", "cms", "-sign", "-binary", "-in", tmp_path / "content", "-signer", tmp_path / "certificate.pem",
         "-inkey", tmp_path / "key.pem", "-outform", "DER", "-out", tmp_path / "made.p7s", "-md", "sha256", *form],
        check=True, capture_output=True, env=ENVIRONMENT,
    )  # fmt: skip
    data = (tmp_path / "made.p7s").read_bytes()
    report = _verify(data, office, content=None if "-nodetach" in form else TEXT)
    assert report.valid, report
    assert (Finding.CERTIFICATE_UNBOUND in report.signatures[0].findings) == ("-cades" not in form)


def _keyid_holder(office: Signer, key: str) -> Holder:
    """A signer may be named by the identifier of its key, if its certificate tells one."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    from tests.validation.attacks.authority import _certificate, key_of

    plain = _certificate("openssl", office.authority.name, office.authority.root, {"key": key})
    builder = x509.CertificateBuilder(
        plain.issuer, plain.subject, plain.public_key(), 77, plain.not_valid_before_utc, plain.not_valid_after_utc,
        [*plain.extensions, x509.Extension(
            x509.SubjectKeyIdentifier.oid, False, x509.SubjectKeyIdentifier.from_public_key(plain.public_key()))],
    )  # fmt: skip
    return Holder(key_of(key), builder.sign(office.authority.root.key, hashes.SHA256()))


def _write(folder: Path, by: Holder) -> None:
    form = serialization.PrivateFormat.PKCS8
    key = by.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key)
    (folder / "certificate.pem").write_bytes(by.certificate.public_bytes(serialization.Encoding.PEM))


# -- XML ------------------------------------------------------------------------------------------


def test_a_document_with_its_signature_inside(office: Signer) -> None:
    report = _verify(markup.enveloped(office.leader), office)
    (found,) = report.signatures
    assert (report.valid, report.kind) == (True, FileKind.XML)
    assert (found.signer, found.signed_at, found.covers_whole) == ("Nguyễn Văn Quang", AT, True)
    assert found.findings == (Finding.NO_STAMP,)


def test_a_signature_with_its_document_inside_and_one_beside_its_file(office: Signer) -> None:
    assert _verify(markup.enveloping(office.leader), office).valid
    assert _verify(markup.beside(office.leader, {"a.txt": TEXT}), office, content=TEXT).valid


def test_a_stamped_signature_in_xml(office: Signer) -> None:
    """XAdES-T: the stamp is over the canonical form of the signature's value."""
    root = etree.fromstring(markup.enveloped(office.authority.holder("ends soon", end=AT + days(5))))
    value = next(root.iter(f"{{{markup.DS}}}SignatureValue"))
    plain = etree.tostring(value, method="c14n", exclusive=True, with_tail=False)
    token = office.authority.stamp(hashlib.sha256(plain).digest())
    about = next(root.iter(f"{{{markup.XADES}}}QualifyingProperties"))
    about.append(etree.fromstring(_stamp(token)))
    (found,) = _verify(etree.tostring(root), office).signatures
    assert (found.valid, found.level, found.proved_at) == (True, "B-T", AT)
    value.tail = None
    value.text = value.text[:-4] + "AAA="
    assert not _verify(etree.tostring(root), office).valid


def _stamp(token: bytes) -> str:
    encoded = base64.b64encode(token).decode()
    return (
        f'<x:UnsignedProperties xmlns:x="{markup.XADES}" xmlns:d="{markup.DS}"><x:UnsignedSignatureProperties>'
        f'<x:SignatureTimeStamp><d:CanonicalizationMethod Algorithm="{markup.EXCLUSIVE}"/><x:EncapsulatedTimeStamp>'
        f"{encoded}</x:EncapsulatedTimeStamp></x:SignatureTimeStamp></x:UnsignedSignatureProperties></x:UnsignedProperties>"
    )


def test_two_signatures_beside_one_element(office: Signer) -> None:
    """Each signs the same element and its own properties."""
    other = office.authority.holder("Trần Thị Thu")
    made = []
    for number, by in enumerate((office.leader, other)):
        references = (markup.To("#A"), markup.To(f"#P{number}", kind=markup.PROPERTIES))
        inner = markup.signature(by, references).replace('Id="P"', f'Id="P{number}"').replace('"S"', f'"S{number}"')
        made.append(markup.complete(f'<paper><sum Id="A">100</sum>{inner}</paper>', by, references))
    second = made[1][made[1].index(b"<ds:Signature") : made[1].index(b"</paper>")]
    both = made[0].replace(b"</paper>", second + b"</paper>")
    report = _verify(both, office)
    assert report.valid, report
    assert [found.signer for found in report.signatures] == ["Nguyễn Văn Quang", "Trần Thị Thu"]
    assert not _verify(both.replace(b">100<", b">900<"), office).valid


@pytest.mark.parametrize("method", ["enveloped", "enveloping", "detached"])
def test_documents_that_signxml_signed(office: Signer, method: str) -> None:
    from signxml import SignatureConstructionMethod
    from signxml.xades import XAdESSigner

    made = XAdESSigner(
        method=getattr(SignatureConstructionMethod, method),
        signature_algorithm="ecdsa-sha256",
    )
    key = office.leader.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = office.leader.certificate.public_bytes(serialization.Encoding.PEM).decode()
    root = etree.fromstring('<paper xmlns="urn:vn"><name>Trần Bình</name><sum unit="đồng">100</sum></paper>')
    target = "paper.xml" if method == "detached" else None
    signed = made.sign(root, key=key, cert=certificate, reference_uri=target)
    content = etree.tostring(root, method="c14n") if target else None
    report = _verify(etree.tostring(signed), office, content=content, at=datetime(2039, 1, 1, tzinfo=UTC))
    assert report.valid, report
    spoilt = etree.tostring(signed).replace("Trần".encode(), "Trận".encode()).replace(b"Tr&#7847;n", b"Tr&#7853;n")
    if not target:
        assert spoilt != etree.tostring(signed)
        assert not _verify(spoilt, office, content=content).valid


# -- containers -----------------------------------------------------------------------------------


def test_containers_with_either_form_of_signature(office: Signer) -> None:
    for files in (with_xades(office), with_cades(office)):
        report = _verify(pack(files), office)
        assert (report.valid, report.kind) == (True, FileKind.CONTAINER)
        assert [found.signer for found in report.signatures] == ["Nguyễn Văn Quang"]


def test_a_container_of_one_file(office: Signer) -> None:
    made = signed_message(office.leader, TEXT, attached=False)
    assert _verify(pack({"a.txt": TEXT, "META-INF/signature.p7s": made}), office).valid


def test_two_signatures_that_share_the_files(office: Signer) -> None:
    """Each covers one file, together they cover all."""
    first, second = ({name: FILES[name]} for name in FILES)
    files = {
        **FILES,
        "META-INF/signatures1.xml": markup.beside(office.leader, first),
        "META-INF/signatures2.xml": markup.beside(office.authority.holder("Trần Thị Thu"), second),
    }
    assert _verify(pack(files), office).valid


# -- what is no signed file -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "finding"),
    [
        (b"", FileKind.UNKNOWN, Finding.UNKNOWN_KIND),
        ("Kính gửi".encode(), FileKind.UNKNOWN, Finding.UNKNOWN_KIND),
        (b"PK\x03\x04 no zip", FileKind.CONTAINER, Finding.BROKEN_FILE),
        (b"<paper/>", FileKind.XML, Finding.NO_SIGNATURE),
        (b"<paper", FileKind.XML, Finding.BROKEN_FILE),
        (b"%PDF-1.7", FileKind.PDF, Finding.BROKEN_FILE),
        (pack({"a.txt": TEXT}), FileKind.CONTAINER, Finding.NO_SIGNATURE),
    ],
)
def test_what_is_no_signed_file(office: Signer, data: bytes, kind: FileKind, finding: Finding) -> None:
    report = _verify(data, office)
    assert (report.kind, report.findings) == (kind, (finding,))
    assert not report.valid


def test_a_revocation_after_the_stamp_undoes_nothing(office: Signer) -> None:
    authority = Authority("merciful")
    by = authority.holder("Nguyễn Văn Quang")
    stamped = signed_message(by, TEXT, Wish(stamps=(authority, AT, None)))
    plain = signed_message(by, TEXT)
    authority.revoke(by, AT + days(1))
    believed = authority.believed()
    assert verify_file(stamped, NOW, anchors=believed).valid
    verdict = verify_file(plain, NOW, anchors=believed).verdict
    assert (verdict.indication, verdict.sub) == (Indication.INDETERMINATE, SubIndication.REVOKED_NO_POE)
    assert verify_file(plain, AT, anchors=believed).valid


def test_a_stamp_authority_that_closed_honestly_still_proves(office: Signer) -> None:
    """Revoked because it ceased, not because its key was stolen: RFC 3161, section 4."""
    authority = Authority("closing")
    stamper = authority.stamper(name="closing stamps")
    by = authority.holder("Nguyễn Văn Quang", end=AT + days(10))
    stamped = signed_message(by, TEXT, Wish(stamps=(authority, AT, stamper)))
    authority.revoke(stamper, AT + days(5), "cessation_of_operation")
    assert verify_file(stamped, NOW, anchors=authority.believed()).valid
    authority.revoked.clear()
    authority.revoke(stamper, AT + days(5))
    assert not verify_file(stamped, NOW, anchors=authority.believed()).valid
