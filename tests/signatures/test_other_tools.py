"""What others say of our signatures: poppler's `pdfsig`, OpenSSL's `cms` and `ts`. None of our code judges here."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms

NEEDS_PDFSIG = pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is missing: apt-get install poppler-utils")
NEEDS_CERTUTIL = pytest.mark.skipif(
    not shutil.which("certutil"), reason="certutil is missing: apt-get install libnss3-tools"
)
NEEDS_OPENSSL = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is missing: apt-get install openssl")
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    return f"{done.stdout}{done.stderr}\nexit {done.returncode}"


def _parts(pdf: bytes) -> tuple[bytes, bytes]:
    """The last signature as CMS, and the bytes it covers, found without our code."""
    first, second = re.findall(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", pdf)[-1]
    signature = bytes.fromhex(pdf[int(first) + 1 : int(second) - 1].decode())
    return cms.ContentInfo.load(signature).dump(), pdf[: int(first)] + pdf[int(second) :]


@pytest.fixture
def sealed(office: Any, paper: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(office.put_seal(office.sign(paper)))
    return path


@NEEDS_PDFSIG
def test_pdfsig_finds_both_signatures_valid(sealed: Path, office: Any, packed: bytes) -> None:
    for pdf in (sealed.read_bytes(), office.put_seal(office.sign(packed))):
        sealed.write_bytes(pdf)
        said = _run("pdfsig", sealed)
        assert said.count("Signature Validation: Signature is Valid.") == 2
        assert said.count("Signature Type: ETSI.CAdES.detached") == 2
        assert said.count("- Total document signed") == 1
        assert "Signer Certificate Common Name: Nguyễn Văn Quang" in said
        assert "Signing Time: Feb 27 2026 09:10:00" in said


@NEEDS_PDFSIG
def test_pdfsig_finds_an_altered_paper(sealed: Path) -> None:
    spoilt = sealed.read_bytes().replace(b"/Lang(vi)", b"/Lang(en)")
    sealed.write_bytes(spoilt)
    said = _run("pdfsig", sealed)
    assert "Signature is Valid" not in said
    assert said.count("Signature Validation: Digest Mismatch") == 2


@NEEDS_PDFSIG
@NEEDS_CERTUTIL
def test_pdfsig_trusts_who_trusts_our_root(sealed: Path, office: Any, tmp_path: Path) -> None:
    store = tmp_path / "nss"
    store.mkdir()
    _run("certutil", "-N", "-d", f"sql:{store}", "--empty-password")
    assert "Certificate is Trusted." not in _run("pdfsig", "-nssdir", f"sql:{store}", sealed)
    said = _run("certutil", "-A", "-d", f"sql:{store}", "-n", "root", "-t", "C,C,C", "-i", office.folder / "root.pem")
    assert said.endswith("exit 0")
    said = _run("pdfsig", "-nssdir", f"sql:{store}", sealed)
    assert said.count("Certificate Validation: Certificate is Trusted.") == 2


@NEEDS_OPENSSL
def test_openssl_verifies_the_signature(sealed: Path, office: Any, tmp_path: Path) -> None:
    made, covered = _parts(sealed.read_bytes())
    (tmp_path / "made.der").write_bytes(made)
    (tmp_path / "covered").write_bytes(covered)

    def verify() -> str:
        moment = str(int(office.at.timestamp()))
        return _run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "made.der", "-cades",
            "-content", tmp_path / "covered", "-CAfile", office.folder / "root.pem", "-no-CApath", "-attime", moment,
            "-out", os.devnull,
        )  # fmt: skip

    assert verify().endswith("exit 0"), verify()
    (tmp_path / "covered").write_bytes(covered + b" ")
    assert "digest failure" in verify() or "verification failure" in verify().lower()


@NEEDS_OPENSSL
def test_openssl_verifies_the_time_stamp(sealed: Path, office: Any, tmp_path: Path) -> None:
    made, _ = _parts(sealed.read_bytes())
    signer = cms.ContentInfo.load(made)["content"]["signer_infos"][0]
    token = signer["unsigned_attrs"][0]["values"][0].dump()
    (tmp_path / "token.der").write_bytes(token)
    (tmp_path / "signature").write_bytes(signer["signature"].native)

    def verify() -> str:
        return _run(
            "openssl", "ts", "-verify", "-data", tmp_path / "signature", "-in", tmp_path / "token.der", "-token_in",
            "-CAfile", office.folder / "root.pem", "-untrusted", office.folder / "issuing.pem",
        )  # fmt: skip

    assert "Verification: OK" in verify(), verify()
    shown = _run("openssl", "ts", "-reply", "-in", tmp_path / "token.der", "-token_in", "-text")
    assert "Time stamp: Feb 27 09:10:00 2026 GMT" in shown
    (tmp_path / "signature").write_bytes(b"another")
    assert "Verification: FAILED" in verify()


@NEEDS_OPENSSL
def test_openssl_verifies_chain_and_revocation_lists(office: Any, tmp_path: Path) -> None:
    from onestop.trust import ports
    from onestop.trust.adapters.file_keys import pem

    (tmp_path / "leaf.pem").write_bytes(pem(ports.keys().chain(office.leader)[0]))
    lists = b""
    for name in ("root", "issuing"):
        _run("openssl", "crl", "-inform", "DER", "-in", office.folder / f"{name}.crl", "-out", tmp_path / "one.pem")
        lists += (tmp_path / "one.pem").read_bytes()
    (tmp_path / "lists.pem").write_bytes(lists)
    said = _run(
        "openssl", "verify", "-x509_strict", "-crl_check_all", "-CRLfile", tmp_path / "lists.pem",
        "-CAfile", office.folder / "root.pem", "-untrusted", office.folder / "issuing.pem", tmp_path / "leaf.pem",
    )  # fmt: skip
    assert said.endswith("exit 0"), said
