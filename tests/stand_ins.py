"""Stand-ins of `onestop.outside` for tests: each a process of its own, reached over the network of this machine."""

import json
import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SECONDS = 30


@dataclass(frozen=True)
class StandIn:
    """A stand-in that runs: its address, its folder (what to believe lies in `public`), its process."""

    url: str
    folder: Path
    pid: int

    @property
    def root(self) -> Path:
        """The certificate to believe."""
        return self.folder / "public" / "root.pem"

    def behave(self, **how: Any) -> None:
        """Make it ill, or well again without arguments."""
        body = json.dumps(how).encode()
        request = urllib.request.Request(f"{self.url}behaviour", data=body, method="PUT")
        with urllib.request.urlopen(request, timeout=SECONDS, context=self.tls()):
            pass

    def tls(self) -> ssl.SSLContext | None:
        """What a client of an HTTPS stand-in believes; None over HTTP."""
        pinned = self.folder / "public" / "tls.pem"
        return ssl.create_default_context(cafile=str(pinned)) if pinned.exists() else None


@contextmanager
def stand_in(name: str, folder: Path, *arguments: str) -> Iterator[StandIn]:
    """Run `onestop.outside.<name>` until the end of the block."""
    command = [sys.executable, "-m", f"onestop.outside.{name}", "--folder", str(folder), *arguments]
    child = subprocess.Popen(command, env={**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:onestop"})
    try:
        yield _listening(child, folder)
    finally:
        child.terminate()
        child.wait(SECONDS)


def _listening(child: "subprocess.Popen[bytes]", folder: Path) -> StandIn:
    place = folder / "service.json"
    until = time.monotonic() + SECONDS
    while not place.exists():
        assert child.poll() is None, "it ended at once"
        assert time.monotonic() < until, "it does not listen"
        time.sleep(0.02)
    found = json.loads(place.read_text())
    assert found["pid"] == child.pid
    return StandIn(found["url"], folder, child.pid)


@pytest.fixture(scope="session")
def _time_stamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with stand_in("time_stamps", tmp_path_factory.mktemp("time-stamps")) as running:
        yield running


@pytest.fixture
def outside_time_stamps(_time_stamps: StandIn) -> Iterator[StandIn]:
    """A time-stamp authority over HTTP, well at the beginning of each test."""
    yield _time_stamps
    _time_stamps.behave()
