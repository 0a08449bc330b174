"""The time-stamp authority outside, asked and checked by OpenSSL, which knows nothing of us."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import core, tsp

from tests.stand_ins import StandIn, stand_in

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl: apt-get install openssl")


def openssl(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["openssl", "ts", *arguments], capture_output=True, text=True, check=False)


def ask(service: StandIn, folder: Path, *options: str, content_type: str = "application/timestamp-query") -> bytes:
    (folder / "data").write_text("what is stamped")
    openssl("-query", "-data", str(folder / "data"), "-cert", "-out", str(folder / "query"), *options)
    headers = {"Content-Type": content_type}
    request = urllib.request.Request(service.url, data=(folder / "query").read_bytes(), headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answered:
        assert answered.headers["Content-Type"] == "application/timestamp-reply"
        reply: bytes = answered.read()
    (folder / "reply").write_bytes(reply)
    return reply


def verified(service: StandIn, folder: Path) -> bool:
    (folder / "root.pem").write_bytes(service.root.read_bytes())
    query, reply, root = (str(folder / name) for name in ("query", "reply", "root.pem"))
    return openssl("-verify", "-queryfile", query, "-in", reply, "-CAfile", root).stdout.strip() == "Verification: OK"


@pytest.mark.parametrize("imprint", ["-sha256", "-sha384", "-sha512"])
def test_openssl_believes_its_stamps(outside_time_stamps: StandIn, tmp_path: Path, imprint: str) -> None:
    reply = ask(outside_time_stamps, tmp_path, imprint)
    assert verified(outside_time_stamps, tmp_path)
    (tmp_path / "reply").write_bytes(reply[:-1] + bytes([reply[-1] ^ 1]))
    assert not verified(outside_time_stamps, tmp_path)


def test_it_attests_its_own_clock_and_can_be_wrong(outside_time_stamps: StandIn, tmp_path: Path) -> None:
    def off() -> float:
        response = tsp.TimeStampResp.load(ask(outside_time_stamps, tmp_path, "-sha256"))
        info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        return abs((info["gen_time"].native - datetime.now(UTC)).total_seconds())

    assert off() < 60
    outside_time_stamps.behave(clock_shift_s=7200)
    assert off() > 3600


@pytest.mark.parametrize("reason", ["bad_alg", "time_not_available", "system_failure"])
def test_it_can_refuse(outside_time_stamps: StandIn, tmp_path: Path, reason: str) -> None:
    outside_time_stamps.behave(reject=reason)
    ask(outside_time_stamps, tmp_path, "-sha256")
    shown = openssl("-reply", "-in", str(tmp_path / "reply"), "-text").stdout
    assert "Status: Rejected" in shown
    assert not verified(outside_time_stamps, tmp_path)


def test_a_weak_hash_is_refused(outside_time_stamps: StandIn, tmp_path: Path) -> None:
    ask(outside_time_stamps, tmp_path, "-sha1")
    assert "unrecognized or unsupported algorithm" in openssl("-reply", "-in", str(tmp_path / "reply"), "-text").stdout


def test_nonsense_is_refused(outside_time_stamps: StandIn) -> None:
    headers = {"Content-Type": "application/timestamp-query"}
    request = urllib.request.Request(outside_time_stamps.url, data=b"nonsense", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answered:
        status = tsp.PKIStatusInfo.load(core.Sequence.load(answered.read()).contents)
    assert status["status"].native == "rejection"


def test_it_can_be_down(outside_time_stamps: StandIn, tmp_path: Path) -> None:
    outside_time_stamps.behave(down=True)
    with pytest.raises(urllib.error.HTTPError, match="503"):
        ask(outside_time_stamps, tmp_path, "-sha256")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        outside_time_stamps.behave(mood="bad")


def test_only_queries_are_answered(outside_time_stamps: StandIn, tmp_path: Path) -> None:
    with pytest.raises(urllib.error.HTTPError, match="415"):
        ask(outside_time_stamps, tmp_path, "-sha256", content_type="text/plain")


def test_rsa_too_and_the_root_stays_when_it_starts_anew(tmp_path: Path) -> None:
    roots = set()
    for algorithm in ("rsa-2048", "ec-p256"):
        with stand_in("time_stamps", tmp_path / "service", "--algorithm", algorithm) as running:
            ask(running, tmp_path, "-sha256")
            assert verified(running, tmp_path)
            roots.add(running.root.read_bytes())
    assert len(roots) == 1
    assert not (tmp_path / "service" / "service.json").exists()
    assert (tmp_path / "service" / "private" / "root.key").stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_no_obstacle(outside_time_stamps: StandIn, tmp_path: Path) -> None:
    taken = outside_time_stamps.url.rstrip("/").rpartition(":")[2]
    with stand_in("time_stamps", tmp_path, "--port", taken) as running:
        assert running.url != outside_time_stamps.url
        assert json.loads((tmp_path / "service.json").read_text())["url"] == running.url
