"""`onestop verify`: exit codes, words, one JSON document; and no database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from onestop.cli.main import run
from onestop.config.trust import plug_local_trust
from onestop.journal import ports as journal_ports
from onestop.signatures import operations
from onestop.trust import ports
from onestop.trust.rules import KeyKind, SignatureRole
from onestop.trust.rules.certificates import FIRST_VALID

AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Path]:
    """A folder with `plain.pdf`, `signed.pdf`, `spoilt.pdf`, and the keys in `keys`."""
    before = [socket._adapter for socket in SOCKETS]
    plug_local_trust(tmp_path / "keys", "a secret of this test")
    subject = ports.Subject(
        "officer:1", "Nguyễn Văn Quang", "UBND phường", KeyKind.OFFICER, FIRST_VALID, AT.replace(2030)
    )
    ports.keys().enrol("officer:1", lambda key: ports.authority().issue(subject, key))
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "plain.pdf")
    plain = (tmp_path / "plain.pdf").read_bytes()
    signed = operations.sign_pdf(
        pdf=plain, key="officer:1", at=AT, role=SignatureRole.LEADER, name_shown="Nguyễn Văn Quang"
    )
    (tmp_path / "signed.pdf").write_bytes(signed)
    (tmp_path / "spoilt.pdf").write_bytes(signed.replace(b"/Locale (vi)", b"").replace(b"Widget", b"widget"))
    (tmp_path / "letter.txt").write_text("Kính gửi")
    yield tmp_path
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter


def _verify(papers: Path, *names: str) -> int:
    files = [str(papers / name) for name in names]
    return run(["verify", *files, "--anchor", str(papers / "keys")])


def _code(call: Any) -> int:
    with pytest.raises(SystemExit) as left:
        call()
    return int(left.value.code or 0)


def test_a_signed_file_holds(papers: Path, capsys: Any) -> None:
    assert _code(lambda: _verify(papers, "signed.pdf")) == 0
    told = capsys.readouterr().out
    assert "signed.pdf: holds" in told
    assert "✓ Nguyễn Văn Quang, UBND phường (leader), 2026-02-27T16:10:00+07:00" in told


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("spoilt.pdf", 1, "the content was altered after signing"),
        ("plain.pdf", 1, "nobody has signed it"),
        ("letter.txt", 2, "this is no signed file of a known kind"),
    ],
)
def test_what_does_not_hold_says_why(papers: Path, capsys: Any, name: str, code: int, words: str) -> None:
    assert _code(lambda: _verify(papers, "signed.pdf", name)) == code
    told = capsys.readouterr().out
    assert "signed.pdf: holds" in told
    assert f"{name}: {'CANNOT BE DECIDED' if name == 'plain.pdf' else 'DOES NOT HOLD'}" in told
    assert words in told


def test_one_json_document_for_all(papers: Path, capsys: Any) -> None:
    files = [str(papers / name) for name in ("signed.pdf", "plain.pdf")]
    assert _code(lambda: run(["verify", *files, "--json", "--anchor", str(papers / "keys")])) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["valid"] is False
    signed, plain = found["files"]
    assert plain["findings"] == ["no_signature"]
    assert signed["valid"] is True
    assert signed["signatures"][0]["stamped_at"] == "2026-02-27T16:10:00+07:00"


def test_who_trusts_nobody_is_told_so(papers: Path, capsys: Any) -> None:
    (papers / "empty").mkdir()
    code = _code(lambda: run(["verify", str(papers / "signed.pdf"), "--anchor", str(papers / "empty")]))
    told = capsys.readouterr()
    assert code == 1
    assert "authority that is not trusted" in told.out
    assert "No trusted authority found" in told.err


def test_a_file_that_is_not_there_is_unusable(papers: Path, capsys: Any) -> None:
    assert run(["verify", str(papers / "none.pdf")]) == 2
    assert "none.pdf" in capsys.readouterr().err


def test_it_needs_no_database_and_no_settings(papers: Path) -> None:
    program = (
        "import sys; from onestop.cli.main import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit as left: print(left.code, 'django' in sys.modules)"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "verify",
        str(papers / "signed.pdf"),
        "--anchor",
        str(papers / "keys"),
    ]
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, cwd=papers)
    assert done.stdout.endswith("0 False\n"), done.stdout + done.stderr


# -- files of other kinds, moments, further checks ------------------------------------------------


def _message(papers: Path, content: bytes, *, detached: bool) -> Path:
    """A CMS signature by the officer of `papers`."""
    import hashlib

    from onestop.trust.rules import cms

    chain = ports.keys().chain("officer:1")
    attributes = cms.signed_attributes(hashlib.sha256(content).digest(), chain[0])
    signature = ports.keys().sign("officer:1", hashlib.sha256(attributes).digest())
    inside = b"" if detached else content
    made = cms.signed_data(chain=chain, attributes=attributes, signature=signature, content=inside)
    path = papers / "made.p7s"
    path.write_bytes(made)
    return path


def test_a_detached_signature_with_its_file(papers: Path, capsys: Any) -> None:
    made = _message(papers, (papers / "letter.txt").read_bytes(), detached=True)
    arguments = ["verify", str(made), "--anchor", str(papers / "keys")]
    assert _code(lambda: run([*arguments, "--content", str(papers / "letter.txt")])) == 0
    assert "signature file (CMS); TOTAL-PASSED" in capsys.readouterr().out
    assert _code(lambda: run([*arguments, "--content", str(papers / "plain.pdf")])) == 1
    assert "the content was altered after signing" in capsys.readouterr().out
    assert _code(lambda: run(arguments)) == 1
    assert "hand in the signed file as well" in capsys.readouterr().out


def test_content_belongs_to_one_file(papers: Path, capsys: Any) -> None:
    files = [str(papers / name) for name in ("signed.pdf", "plain.pdf", "letter.txt")]
    assert run(["verify", *files[:2], "--content", files[2]]) == 2
    assert "name one FILE" in capsys.readouterr().err


def test_the_moment_of_looking_is_now_or_the_one_named(papers: Path, capsys: Any) -> None:
    made = _message(papers, b"Sum: 100", detached=False)
    arguments = ["verify", str(made), "--anchor", str(papers / "keys"), "--json"]
    assert _code(lambda: run([*arguments, "--at", "2029-01-01"])) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["indication"] == "TOTAL-PASSED"
    assert _code(lambda: run([*arguments, "--at", "2045-01-01T00:00:00+07:00"])) == 1
    (found,) = json.loads(capsys.readouterr().out)["files"]
    assert (found["indication"], found["sub_indication"]) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE")
    assert found["signatures"][0]["words"] == [
        "no time stamp: the time is only what the signer claims",
        "the certificate has expired, and nothing proves that the signature is older",
    ]


def test_a_report_tells_a_person_who_when_whether_and_why(papers: Path, capsys: Any) -> None:
    assert _code(lambda: _verify(papers, "signed.pdf")) == 0
    told = capsys.readouterr().out
    assert "holds (PDF; TOTAL-PASSED)" in told
    assert "certificate from onestop - cấp phát thử nghiệm" in told
    assert "time attested by onestop - dấu thời gian thử nghiệm; level B-T" in told


def test_a_further_check_counts() -> None:
    """What another source says of a file, such as a public log, stands in the report and in the exit code."""
    from onestop.cli.verify_report import Checked, Extra, as_data, as_text
    from onestop.validation.rules import VerificationReport

    report = VerificationReport((), ())
    told = Checked(Path("a.pdf"), "00", report, (Extra("log.missing", False, "the public log does not name it"),))
    assert "✗ the public log does not name it" in as_text(told)
    assert as_data(told)["extras"] == [
        {"code": "log.missing", "holds": False, "words": "the public log does not name it"}
    ]
    assert told.code == 1


def test_a_trust_list_that_is_not_believed_is_told(papers: Path, capsys: Any) -> None:
    (papers / "listed").mkdir()
    (papers / "listed" / "trust-lists.toml").write_text(
        '[[list]]\nfile = "lists/vn.xml"\nsigner = "lists/scheme.pem"\n'
    )
    assert _code(lambda: run(["verify", str(papers / "signed.pdf"), "--anchor", str(papers / "listed")])) == 1
    assert "The trust list lists/vn.xml or a file named with it is not there" in capsys.readouterr().err
