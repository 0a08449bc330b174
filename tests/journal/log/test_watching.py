"""The monitor's clock, key and witness's pen; witnesses that we ask; and that a monitor needs nothing of the house."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from onestop.cli.main import onestop
from onestop.config.log import plug_log
from onestop.journal.operations import publish_log, renew_stamp
from onestop.journal.queries.log import get_status
from onestop.journal.rules.notes import COSIGNATURE, verifier_of
from onestop.journal.rules.witnessing import find_cosigners
from tests.journal.log.conftest import PublicLog
from tests.journal.log.entries import write_entries
from tests.journal.log.test_publishing import _certify
from tests.journal.log.test_tampering import serving
from tests.journal.log.witness import WitnessServer


def watch(url: str, memory: Path, *more: str) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(onestop, ["watch", url, "--state", str(memory), "--once", "--json", *more])
    assert done.exit_code in (0, 1), done.output
    return done.exit_code, json.loads(done.stdout)


def codes(found: dict[str, Any]) -> list[str]:
    return [alarm["code"] for alarm in found["alarms"]]


def test_a_log_that_falls_silent_is_late_until_it_is_stamped_again(
    database: str, public_log: PublicLog, tmp_path: Path
) -> None:
    _certify()
    write_entries(300)
    now = datetime.now(UTC)
    publish_log(at=now - timedelta(minutes=30))
    with serving(public_log.folder) as url:
        code, found = watch(url, tmp_path / "memory", "--anchor", str(settings.KEYS))
        assert (code, codes(found)) == (1, ["log.late"])
        assert found["alarms"][0]["minutes"] in (30, 31)
        assert renew_stamp(at=now)
        code, found = watch(url, tmp_path / "memory", "--anchor", str(settings.KEYS))
        assert (code, codes(found)) == (0, [])
        assert found["size"] == 300
        assert datetime.fromisoformat(found["stamped_at"]) == now.replace(microsecond=0)


def test_a_log_without_stamps_is_late_from_when_it_was_first_seen(
    database: str, public_log: PublicLog, tmp_path: Path
) -> None:
    write_entries(3)
    publish_log(at=datetime.now(UTC))
    for path in public_log.folder.rglob("*.tst"):
        path.unlink()
    memory = tmp_path / "memory"
    with serving(public_log.folder) as url:
        assert watch(url, memory)[0] == 0
        state = json.loads((memory / "state.json").read_text())
        state["seen"] = {"3": (datetime.now(UTC) - timedelta(minutes=16)).isoformat()}
        (memory / "state.json").write_text(json.dumps(state))
        assert codes(watch(url, memory)[1]) == ["log.late"]
        assert watch(url, memory, "--late", "20")[0] == 0


def test_a_stamp_of_something_else_is_an_alarm(database: str, public_log: PublicLog, tmp_path: Path) -> None:
    _certify()
    for _ in range(2):
        write_entries(1)
        publish_log(at=datetime.now(UTC))
    stamp = public_log.folder / "checkpoints/002.tst"
    stamp.write_bytes(public_log.read("checkpoints/001.tst"))
    with serving(public_log.folder) as url:
        code, found = watch(url, tmp_path / "memory")
        assert (code, codes(found)) == (1, ["log.bad_stamp"])
        assert found["alarms"][0]["reason"] == "imprint"


def test_another_key_under_the_same_name_is_an_alarm(database: str, public_log: PublicLog, tmp_path: Path) -> None:
    write_entries(2)
    publish_log(at=datetime.now(UTC))
    with serving(public_log.folder) as url:
        assert watch(url, tmp_path / "memory")[0] == 0
        plug_log(public_log.folder, tmp_path / "other-keys", "only-for-tests")
        (public_log.folder / "key").unlink()
        write_entries(2)
        publish_log(at=datetime.now(UTC))
        assert codes(watch(url, tmp_path / "memory")[1]) == ["log.unsigned"]


def test_old_tiles_are_read_again_and_a_rewritten_one_is_named(
    database: str, public_log: PublicLog, tmp_path: Path
) -> None:
    write_entries(800)
    publish_log(at=datetime.now(UTC))
    with serving(public_log.folder) as url:
        assert watch(url, tmp_path / "memory")[1]["tiles_checked"] == 5
        assert watch(url, tmp_path / "memory")[1]["tiles_checked"] == 3
        tile = public_log.folder / "tile/0/001"
        tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
        assert watch(url, tmp_path / "memory", "--again", "0")[0] == 0, "whoever reads no old tile does not see it"
        code, found = watch(url, tmp_path / "memory")
        assert (code, found["alarms"]) == (1, [{"code": "log.tile_rewritten", "tile": "tile/0/001"}])


def test_a_monitor_may_be_a_witness(database: str, public_log: PublicLog, tmp_path: Path) -> None:
    write_entries(2)
    publish_log(at=datetime.now(UTC))
    private = Ed25519PrivateKey.generate()
    pem = tmp_path / "witness.pem"
    pem.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with serving(public_log.folder) as url:
        code, _ = watch(url, tmp_path / "memory", "--cosign", str(pem), "--name", "witness.example/a")
        assert code == 0
    line = (tmp_path / "memory/cosignature").read_text()
    settings.LOG_WITNESSES = [str(verifier_of("witness.example/a", private, COSIGNATURE))]
    try:
        done = CliRunner().invoke(onestop, ["log", "cosign", "-", "--json"], input=line)
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["cosignatures"] == 1
        assert get_status().witnesses == ("witness.example/a",)
        assert line in public_log.read("checkpoint").decode()
    finally:
        settings.LOG_WITNESSES = []


@pytest.mark.parametrize("url", ["ftp://a", "http://127.0.0.1:1"])
def test_a_log_that_cannot_be_reached_is_said(url: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(onestop, ["watch", url, "--state", str(tmp_path), "--once"])
    assert done.exit_code != 0


def test_a_monitor_needs_neither_the_database_nor_the_frame() -> None:
    program = (
        "import sys, onestop.cli.watch; print([n for n in sys.modules if n.split('.')[0] in ('django', 'psycopg')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_witnesses_are_asked_and_cosign_what_goes_on(database: str, public_log: PublicLog, settings: Any) -> None:
    with WitnessServer(str(public_log.key)) as witness:
        settings.LOG_WITNESSES = [f"{witness.key} {witness.url}"]
        for count in (3, 260, 1):
            write_entries(count)
            publish_log(at=datetime.now(UTC))
        assert witness.statuses == [200, 200, 200]
        assert witness.size == 264
        signed = public_log.checkpoint()
        assert find_cosigners(signed.note, [verifier_of(witness.name, witness.private, COSIGNATURE)]) == (witness.name,)
        publish_log(at=datetime.now(UTC))
        assert witness.statuses == [200, 200, 200], "what is cosigned is not asked for again"


def test_a_witness_that_knows_more_or_less_than_we_think_says_so(
    database: str, public_log: PublicLog, settings: Any
) -> None:
    with WitnessServer(str(public_log.key)) as witness:
        settings.LOG_WITNESSES = [f"{witness.key} {witness.url}"]
        write_entries(5)
        publish_log(at=datetime.now(UTC))
        witness.size, witness.root = 0, b""  # it has lost its memory
        write_entries(5)
        publish_log(at=datetime.now(UTC))
        assert witness.statuses == [200, 409, 200]
        assert get_status().witnesses == (witness.name,)
        witness.size, witness.root = 10, bytes(32)  # it has seen another tree
        write_entries(5)
        publish_log(at=datetime.now(UTC))
        assert witness.statuses[3:] == [422]
        assert get_status().witnesses == ()


def test_a_witness_that_does_not_answer_holds_nothing_up(database: str, public_log: PublicLog, settings: Any) -> None:
    with WitnessServer(str(public_log.key)) as witness:
        pass
    settings.LOG_WITNESSES = [f"{witness.key} {witness.url}"]
    write_entries(5)
    assert publish_log(at=datetime.now(UTC)) == 5
    assert public_log.checkpoint().head.size == 5
