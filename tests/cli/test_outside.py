"""`onestop outside`, as somebody trying things out uses it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onestop.config.trust_places import read_places

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def onestop(tmp_path: Path) -> Iterator[Run]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ONESTOP_", "DATABASE_URL"))}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).parent / "onestop"), "outside", *arguments]
        env = {**clean, "ONESTOP_VAR": str(tmp_path)}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    yield run
    run("down")


def processes(done: "subprocess.CompletedProcess[str]") -> list[int]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["stand_ins"]
    return [one["pid"] for one in found if one["running"]]


def runs(pid: int) -> bool:
    return b"onestop.outside" in Path(f"/proc/{pid}/cmdline").read_bytes() if Path(f"/proc/{pid}").exists() else False


def test_up_status_down(onestop: Run, tmp_path: Path) -> None:
    assert onestop("status").returncode == 1
    started = onestop("up", "--json")
    assert started.returncode == 0, started.stderr
    pids = processes(started)
    assert len(pids) == 3
    assert all(runs(pid) for pid in pids)
    assert processes(onestop("up", "--json")) == pids, "those that run are left alone"
    assert onestop("status").returncode == 0
    house = json.loads(started.stdout)["house"]
    assert house["ONESTOP_TIME_STAMPS"] == json.loads(started.stdout)["stand_ins"][0]["url"]
    places = read_places(Path(house["ONESTOP_TRUST"]))
    assert [place.patterns for place in places.keys] == [("officer:*.papers",)]
    assert len(places.anchors) == 2
    assert house["ONESTOP_PAYMENTS"] == json.loads(started.stdout)["stand_ins"][2]["url"]
    secret = Path(house["ONESTOP_PAYMENTS_SECRET"])
    assert secret.read_text()
    assert secret.stat().st_mode & 0o777 == 0o600
    assert onestop("down").stdout == "Stopped: time_stamps, remote_signing, payments.\n"
    assert not any(runs(pid) for pid in pids)
    assert not list(tmp_path.rglob("service.json"))
    assert onestop("down").stdout == "None was running.\n"


def test_one_that_was_killed_is_started_anew(onestop: Run) -> None:
    pids = processes(onestop("up", "--json"))
    os.kill(pids[0], signal.SIGKILL)
    assert len(processes(onestop("status", "--json"))) == len(pids) - 1
    again = processes(onestop("up", "--json"))
    assert again[1] == pids[1]
    assert again[0] != pids[0]


def test_a_number_that_another_process_has_by_now_is_not_stopped(onestop: Run, tmp_path: Path) -> None:
    place = tmp_path / "outside" / "time_stamps"
    place.mkdir(parents=True)
    (place / "service.json").write_text(json.dumps({"pid": os.getpid(), "url": "http://127.0.0.1:1/"}))
    assert processes(onestop("status", "--json")) == []
    assert onestop("down").stdout == "None was running.\n"
