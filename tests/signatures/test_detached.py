"""Signatures beside files, and entries of the journal handed out: judged by OpenSSL, and by our own check."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms

from onestop.errors import NotFound, Refused, Unavailable
from onestop.journal import ports as journal_ports
from onestop.journal.rules import GENESIS, EntryBody, StoredEntry, entry_hash
from onestop.signatures.operations.detached import complete_file, prepare_file, sign_file
from onestop.trust import operations as trust
from onestop.trust import ports
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.null import NoTimeStamps
from onestop.trust.queries.entries import SignedEntry, sign_off
from onestop.trust.rules import KeyKind, RevocationReason
from onestop.trust.rules.algorithms import Algorithm
from onestop.validation.queries import verify_file

AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
CONTENT = "Một tệp bất kỳ\n".encode()
DIGEST = hashlib.sha256(CONTENT).digest()
NEEDS_OPENSSL = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is missing: apt-get install openssl")


@pytest.fixture
def openssl(house: Path, tmp_path: Path) -> Callable[[bytes, bytes], bool]:
    """True if OpenSSL finds the signature a CAdES one over the content, by somebody our root vouches for."""

    def verify(signature: bytes, content: bytes) -> bool:
        (tmp_path / "signature").write_bytes(signature)
        (tmp_path / "content").write_bytes(content)
        command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-no-CApath"]
        command += ["-CAfile", str(house / "root.pem"), "-attime", str(int(AT.timestamp()))]
        files = ["-in", str(tmp_path / "signature"), "-content", str(tmp_path / "content"), "-out", "/dev/null"]
        return subprocess.run([*command, *files], capture_output=True, check=False).returncode == 0

    return verify


@pytest.fixture(params=[Algorithm.EC_P256, Algorithm.RSA_2048], ids=["ec", "rsa"])
def key(request: pytest.FixtureRequest, house: Path, office: Any) -> str:
    ports.keys.plug(FileKeys(house / "private", "a secret of this test", request.param))
    office.enrol("officer:21", "Phạm Thị Hoa")
    return "officer:21"


@NEEDS_OPENSSL
@pytest.mark.parametrize("stamp", [True, False], ids=["T", "B"])
def test_a_file_signed_beside(key: str, stamp: bool, openssl: Callable[[bytes, bytes], bool]) -> None:
    made = sign_file(digest=DIGEST, key=key, at=AT, stamp=stamp)
    assert openssl(made, CONTENT)
    assert not openssl(made, CONTENT + b" ")
    report = verify_file(made, content=CONTENT, at=AT)
    assert report.valid
    assert (report.signatures[0].stamped_at == AT) is stamp
    assert not verify_file(made, content=CONTENT + b" ", at=AT).valid


def test_a_holder_who_answers_later(key: str) -> None:
    prepared = prepare_file(digest=DIGEST, key=key, at=AT)
    request = ports.keys().request(key, prepared.digest)
    signature = ports.keys().collect(request)
    assert signature is not None
    assert verify_file(complete_file(prepared=prepared, signature=signature), content=CONTENT, at=AT).valid
    with pytest.raises(Refused, match=r"signature\.invalid"):
        complete_file(prepared=prepared, signature=ports.keys().sign(key, DIGEST))


def test_without_a_stamp_nothing_or_patience(key: str) -> None:
    ports.time_stamps.plug(NoTimeStamps())
    with pytest.raises(Unavailable, match=r"time_stamps\.none"):
        sign_file(digest=DIGEST, key=key, at=AT)
    made = sign_file(digest=DIGEST, key=key, at=AT, patient=True)
    assert not cms.ContentInfo.load(made)["content"]["signer_infos"][0]["unsigned_attrs"].native


def test_a_certificate_not_in_force_signs_nothing(key: str) -> None:
    with pytest.raises(Refused, match=r"certificate\.expired"):
        sign_file(digest=DIGEST, key=key, at=AT.replace(year=2040))


# -- entries of the journal ---------------------------------------------------------------------------


def entry(key: str) -> StoredEntry:
    body = EntryBody(7, 1, "submit", key, "", "", "", AT, AT, "", {"code": "H49-1"}, GENESIS.hash)
    signed = journal_ports.signer().sign(key, entry_hash(body))
    return StoredEntry(1, body, entry_hash(body), signed.signature, signed.certificate_id)


@pytest.fixture(params=[Algorithm.EC_P256, Algorithm.RSA_2048], ids=["ec", "rsa"])
def on_record(request: pytest.FixtureRequest, house: Path, db: None) -> str:
    """A key whose certificate is on record."""
    ports.keys.plug(FileKeys(house / "private", "a secret of this test", request.param))
    trust.issue_key(key="officer:12", common_name="Quang", organisation="UBND", kind=KeyKind.OFFICER, at=AT)
    return "officer:12"


@NEEDS_OPENSSL
def test_an_entry_is_a_file_that_openssl_verifies(on_record: str, openssl: Callable[[bytes, bytes], bool]) -> None:
    made = sign_off(entry(on_record))
    assert b'"code":"H49-1"' in made.content
    assert openssl(made.signature, made.content)
    assert not openssl(made.signature, made.content.replace(b"H49-1", b"H49-2"))


def test_our_own_check_of_an_entry_handed_out(on_record: str) -> None:
    made = sign_off(entry(on_record))
    assert verify_file(made.signature, content=made.content, at=AT).valid
    other = SignedEntry(made.content.replace(b"H49-1", b"H49-2"), made.signature)
    assert not verify_file(other.signature, content=other.content, at=AT).valid


def test_the_bare_signature_alone_is_kept(on_record: str) -> None:
    kept = entry(on_record)
    made = cms.ContentInfo.load(sign_off(kept).signature)["content"]["signer_infos"][0]
    assert made["signature"].native == kept.signature
    signed = {one["type"].native for one in made["signed_attrs"]}
    assert signed == {"content_type", "message_digest", "signing_certificate_v2"}
    assert journal_ports.signer().verify(kept.certificate_id, kept.hash, kept.signature, AT) is None


def test_a_signature_over_the_bare_hash_is_none(on_record: str) -> None:
    kept = entry(on_record)
    bare = ports.keys().sign(on_record, kept.hash)
    assert journal_ports.signer().verify(kept.certificate_id, kept.hash, bare, AT) == "signature.invalid"


def test_what_was_signed_before_a_revocation_holds(on_record: str) -> None:
    kept = entry(on_record)
    later = AT.replace(month=5)
    trust.revoke(certificate=kept.certificate_id, at=later, reason=RevocationReason.KEY_COMPROMISE)
    signer = journal_ports.signer()
    assert signer.verify(kept.certificate_id, kept.hash, kept.signature, AT) is None
    assert signer.verify(kept.certificate_id, kept.hash, kept.signature, later) == "certificate.revoked"


def test_an_entry_whose_certificate_is_not_on_record(on_record: str) -> None:
    kept = entry(on_record)
    with pytest.raises(NotFound, match=r"certificate\.unknown"):
        sign_off(StoredEntry(1, kept.body, kept.hash, kept.signature, 12345))
