"""RSA beside ECDSA: the certificate's key decides. pyHanko, pdfsig and OpenSSL judge both."""

import hashlib
import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from onestop.errors import Refused
from onestop.signatures import operations
from onestop.signatures.operations import extend_pdf
from onestop.signatures.rules.order import Level
from onestop.trust import ports
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.routed_keys import Place, RoutedKeys
from onestop.trust.rules import SignatureRole
from onestop.trust.rules.algorithms import Algorithm
from onestop.trust.rules.fitting import fits, is_rsa, longest_signature
from onestop.validation.queries import verify_pdf

NEEDS_TOOLS = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("openssl")), reason="apt-get install poppler-utils openssl"
)
HASHED = utils.Prehashed(hashes.SHA256())


@pytest.fixture
def mixed(office: Any, tmp_path: Path) -> Any:
    """An office whose leader signs with RSA, as with many cards, and whose seal is ECDSA."""
    cards = FileKeys(tmp_path / "cards", "a secret of this test", Algorithm.RSA_2048)
    ports.keys.plug(RoutedKeys([Place((office.leader,), cards), Place(("*",), ports.keys())]))
    office.enrol(office.leader, office.name)
    return office


def test_rsa_and_ecdsa_on_one_paper(mixed: Any, paper: bytes) -> None:
    assert [is_rsa(ports.keys().chain(key)[0]) for key in (mixed.leader, mixed.seal)] == [True, False]
    sealed = mixed.put_seal(mixed.sign(paper))
    assert verify_pdf(sealed).valid
    roots = [asn1_cms.Certificate.load(der) for der in ports.trust_anchors().roots()]
    context = ValidationContext(trust_roots=roots, moment=mixed.at, allow_fetching=False, revocation_mode="soft-fail")
    found = [
        validate_pdf_signature(one, signer_validation_context=context)
        for one in PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures
    ]
    assert all(one.intact and one.valid and one.trusted for one in found)
    assert [one.pkcs7_signature_mechanism for one in found] == ["sha256_rsa", "sha256_ecdsa"]
    assert verify_pdf(extend_pdf(pdf=sealed, level=Level.B_LTA, at=mixed.at)).valid


@NEEDS_TOOLS
def test_other_tools_agree(mixed: Any, paper: bytes, tmp_path: Path) -> None:
    signed = mixed.sign(paper)
    (tmp_path / "signed.pdf").write_bytes(signed)
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "signed.pdf"], capture_output=True, text=True, check=False)
    assert said.stdout.count("Signature Validation: Signature is Valid.") == 1
    embedded = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
    (tmp_path / "made.der").write_bytes(asn1_cms.ContentInfo.load(embedded.pkcs7_content).dump())
    before, after = embedded.byte_range[1], embedded.byte_range[2]
    (tmp_path / "covered").write_bytes(signed[:before] + signed[after:])
    command = [
        "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "made.der", "-cades", "-content",
        tmp_path / "covered", "-CAfile", mixed.folder / "root.pem", "-no-CApath", "-attime",
        str(int(mixed.at.timestamp())), "-out", os.devnull,
    ]  # fmt: skip
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    (tmp_path / "covered").write_bytes(signed[:before] + signed[after:-1])
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_a_signature_of_another_key_is_not_put_in(mixed: Any, paper: bytes) -> None:
    prepared = operations.prepare_pdf(
        pdf=paper, key=mixed.leader, at=mixed.at, role=SignatureRole.LEADER, name_shown=mixed.name
    )
    other = rsa.generate_private_key(65537, 2048).sign(prepared.digest, padding.PKCS1v15(), HASHED)
    elliptic = ec.generate_private_key(ec.SECP256R1()).sign(prepared.digest, ec.ECDSA(HASHED))
    twice_hashed = ports.keys().sign(mixed.leader, hashlib.sha256(prepared.digest).digest())
    for signature in (other, elliptic, twice_hashed, b"", bytes(256)):
        with pytest.raises(Refused, match=r"signature\.invalid"):
            operations.complete_pdf(prepared=prepared, signature=signature)


def test_which_signatures_fit(mixed: Any) -> None:
    digest = hashlib.sha256(b"paper").digest()
    for key in (mixed.leader, mixed.seal):
        certificate, signature = ports.keys().chain(key)[0], ports.keys().sign(key, digest)
        assert fits(certificate, digest, signature)
        assert not fits(certificate, hashlib.sha256(b"other").digest(), signature)
        assert len(signature) <= longest_signature(certificate)
