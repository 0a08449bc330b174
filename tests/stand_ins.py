"""Stand-ins of `onestop.outside` for tests: each a process of its own, reached over the network of this machine."""

import hashlib
import hmac
import http.client
import json
import os
import ssl
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SECONDS = 30
PIN_OF_ALL = "271828"


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
        return ssl.create_default_context(cafile=str(self.tls_root)) if self.tls_root.exists() else None

    @property
    def tls_root(self) -> Path:
        """The certificate to believe when talking over TLS."""
        return self.folder / "tls" / "public" / "root.pem"

    def secret(self, file: str) -> dict[str, str]:
        """Return what lies in a private file, as its administrator could read it."""
        found: dict[str, str] = json.loads((self.folder / "private" / f"{file}.json").read_text())
        return found

    def post(self, path: str, body: dict[str, Any], token: str = "") -> tuple[int, dict[str, Any]]:
        """Post JSON; return status and JSON."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        request = urllib.request.Request(f"{self.url}{path}", data=json.dumps(body).encode(), headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS, context=self.tls()) as answered:
                return answered.status, json.load(answered)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read() or b"{}")


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


@dataclass(frozen=True)
class RemoteSigning:
    """The remote signing service, and what people do there."""

    stand_in: StandIn

    def open_credential(
        self, user: str, *, algorithm: str = "ec-p256", by_phone: bool = False, name: str = "Nguyễn Văn Quang"
    ) -> str:
        """A holder shows who they are; return the credential, its PIN is `PIN_OF_ALL`."""
        wish = {"user": user, "name": name, "organisation": "UBND", "pin": PIN_OF_ALL}
        token = self.stand_in.secret("administration")["token"]
        status, made = self.stand_in.post(
            "administration/credentials", {**wish, "algorithm": algorithm, "by_phone": by_phone}, token
        )
        assert status == 200, made
        return str(made["credentialID"])

    def next_code(self, credential: str) -> str:
        """What the holder's telephone shows (RFC 4226), computed by ourselves."""
        phone = self.stand_in.folder / "private" / "phones" / f"{credential}.json"
        kept = json.loads(phone.read_text())
        phone.write_text(json.dumps({**kept, "counter": kept["counter"] + 1}))
        mac = hmac.new(bytes.fromhex(kept["secret"]), struct.pack(">Q", kept["counter"]), hashlib.sha1).digest()
        number = struct.unpack(">I", mac[mac[19] & 15 :][:4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06d}"

    def factors(self, credential: str) -> dict[str, str]:
        """PIN and one-time code."""
        return {"PIN": PIN_OF_ALL, "OTP": self.next_code(credential)}

    def answer(self, credential: str, *, yes: bool = True) -> None:
        """The holder answers what the telephone asks."""
        _, shown = self.stand_in.post("holder/questions", {"credentialID": credential})
        for handle in shown["handles"]:
            said = {"handle": handle, "yes": yes, "pin": PIN_OF_ALL, "otp": self.next_code(credential)}
            assert self.stand_in.post("holder/answer", said)[0] == 200


@pytest.fixture(scope="session")
def _remote_signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with stand_in("remote_signing", tmp_path_factory.mktemp("remote-signing")) as running:
        yield running


@pytest.fixture
def outside_remote_signing(_remote_signing: StandIn) -> Iterator[RemoteSigning]:
    """A remote signing service over TLS, well at the beginning of each test."""
    yield RemoteSigning(_remote_signing)
    _remote_signing.behave()


@pytest.fixture
def outside_time_stamps(_time_stamps: StandIn) -> Iterator[StandIn]:
    """A time-stamp authority over HTTP, well at the beginning of each test."""
    yield _time_stamps
    _time_stamps.behave()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow the way back."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Payments:
    """The payment platform, and what payers do there."""

    stand_in: StandIn

    @property
    def secret(self) -> bytes:
        """What it shares with its client."""
        return self.stand_in.secret("client")["secret"].encode()

    def choose(self, address: str, answer: str = "yes") -> str:
        """The payer confirms or declines; return where the platform sends them."""
        request = urllib.request.Request(address, data=f"answer={answer}".encode())
        try:
            urllib.request.build_opener(_Stay).open(request, timeout=SECONDS).close()
        except urllib.error.HTTPError as sent:
            with sent:
                if sent.code == http.client.SEE_OTHER:
                    return str(sent.headers["Location"])
        raise AssertionError("the platform keeps the payer")


@pytest.fixture(scope="session")
def _payments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with stand_in("payments", tmp_path_factory.mktemp("payments")) as running:
        yield running


@pytest.fixture
def outside_payments(_payments: StandIn) -> Iterator[Payments]:
    """A payment platform over HTTP, well at the beginning of each test."""
    yield Payments(_payments)
    _payments.behave()
