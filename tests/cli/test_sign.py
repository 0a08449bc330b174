"""`onestop sign`: files signed beside, by a key at hand or a holder who consents; a dossier's entries handed out."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onestop.cli.sign import sign
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import Invalid
from onestop.journal.queries import list_entries
from onestop.trust import ports
from onestop.trust.adapters.csc_client import Service
from onestop.trust.adapters.csc_keys import CscKeys
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.rules import KeyKind
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.validation.queries import verify_file
from tests.stand_ins import PIN_OF_ALL, RemoteSigning

NEEDS_OPENSSL = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is missing: apt-get install openssl")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "thư.txt"
    file.write_text("Kính gửi Ủy ban nhân dân phường")
    return file


@pytest.fixture
def other_keys(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts other keys behind the port for one test."""
    return lambda keys: monkeypatch.setattr(ports.keys, "_adapter", keys)


def test_a_file_is_signed_beside(letter: Path, tmp_path: Path, other_keys: Any) -> None:
    keys, authority = FileKeys(tmp_path / "private", "secret"), LocalAuthority(tmp_path / "authority", "secret")
    subject = ports.Subject(
        "seal:H49", "UBND", "UBND", KeyKind.ORGANISATION, FIRST_VALID, FIRST_VALID.replace(year=2033)
    )
    keys.enrol("seal:H49", lambda public: authority.issue(subject, public))
    other_keys(keys)
    done = CliRunner().invoke(sign, ["file", str(letter), "--key", "seal:H49", "--no-stamp", "--json"])
    assert done.exit_code == 0, done.output
    made = Path(json.loads(done.stdout)["signature"])
    assert made.name == "thư.txt.p7s"
    assert verify_file(made.read_bytes(), content=letter.read_bytes()).signatures[0].intact
    again = CliRunner().invoke(sign, ["file", str(letter), "--key", "seal:H49"])
    assert isinstance(again.exception, Invalid), "a signature is never overwritten"


def test_a_holder_types_pin_and_code(letter: Path, other_keys: Any, outside_remote_signing: RemoteSigning) -> None:
    remote = outside_remote_signing.stand_in
    secret = remote.secret("client")
    service = Service(f"{remote.url}csc/v2", remote.tls_root, secret["client_id"], lambda: secret["client_secret"])
    credential = outside_remote_signing.open_credential("officer:12")
    other_keys(CscKeys(service, {"officer:12": credential}))
    typed = f"{PIN_OF_ALL}\n{outside_remote_signing.next_code(credential)}\n"
    done = CliRunner().invoke(sign, ["file", str(letter), "--key", "officer:12", "--no-stamp"], input=typed)
    assert done.exit_code == 0, done.output
    assert PIN_OF_ALL not in done.output
    made = letter.with_name("thư.txt.p7s").read_bytes()
    report = verify_file(made, content=letter.read_bytes()).signatures[0]
    assert (report.intact, report.signer) == (True, "Nguyễn Văn Quang")


@NEEDS_OPENSSL
def test_every_entry_of_a_dossier_is_checked_without_us(played: dict[str, str], tmp_path: Path, settings: Any) -> None:
    code = played["birth_the_same_day"]
    done = CliRunner().invoke(sign, ["entries", code, "--to", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    rows = list_entries(get_unscoped(code).pk)
    names = json.loads(done.stdout)["entries"]
    assert names == [f"{row.sequence:04}-{row.kind}.json" for row in rows]
    root = next(settings.KEYS.glob("root.pem"))
    for name, row in zip(names, rows, strict=True):
        command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any"]
        command += ["-CAfile", str(root), "-attime", str(int(row.recorded_at.timestamp()))]
        files = ["-in", str(tmp_path / f"{name}.p7s"), "-content", str(tmp_path / name), "-out", "/dev/null"]
        assert subprocess.run([*command, *files], capture_output=True, check=False).returncode == 0
        assert json.loads((tmp_path / name).read_text())["kind"] == row.kind
