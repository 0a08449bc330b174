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
from onestop.trust import operations, ports
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
