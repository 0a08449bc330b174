"""Starting and stopping the stand-ins of `onestop.outside`: processes of their own, in folders under `var/outside`.

They outlive the command that starts them, and are known by what they wrote themselves: process and address. A number
that another process has by now is not taken for theirs.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from onestop.errors import Unavailable

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A stand-in: its module, and the port it takes if that is free."""

    name: str
    port: int
    what: str


KINDS = (
    Kind("time_stamps", 8318, "time-stamp authority (RFC 3161)"),
    Kind("remote_signing", 8319, "remote signing service (CSC API v2)"),
    Kind("payments", 8320, "payment platform"),
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is known of one; no process: it does not run."""

    name: str
    what: str
    folder: Path
    pid: int | None = None
    url: str = ""

    @property
    def running(self) -> bool:
        """True if it runs."""
        return self.pid is not None


def find(kind: Kind, folder: Path) -> StandIn:
    """Return what is known of a stand-in whose folders lie under `folder`."""
    place = folder / kind.name
    try:
        told = json.loads((place / "service.json").read_text())
        pid, url = int(told["pid"]), str(told["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return StandIn(kind.name, kind.what, place)
    return (
        StandIn(kind.name, kind.what, place, pid, url) if _is_ours(pid, place) else StandIn(kind.name, kind.what, place)
    )


def start(kind: Kind, folder: Path) -> StandIn:
    """Start a stand-in unless it runs. Raises `Unavailable` (`outside.not_started`) with what it said."""
    found = find(kind, folder)
    if found.running:
        return found
    found.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (found.folder / "service.json").unlink(missing_ok=True)  # of one that was killed
    command = [sys.executable, "-m", f"onestop.outside.{kind.name}", "--folder", str(found.folder)]
    log = found.folder / "log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [*command, "--port", str(kind.port)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    until = time.monotonic() + SECONDS
    while child.poll() is None and time.monotonic() < until:
        found = find(kind, folder)
        if found.pid == child.pid:
            return found
        time.sleep(0.05)
    child.kill()
    child.wait()
    raise Unavailable("outside.not_started", name=kind.name, said=log.read_text().strip()[-2000:])


def stop(kind: Kind, folder: Path) -> bool:
    """Stop a stand-in; True if it ran. It is killed if it does not end when asked."""
    found = find(kind, folder)
    if found.pid is None:
        return False
    os.kill(found.pid, signal.SIGTERM)
    until = time.monotonic() + SECONDS
    while _is_ours(found.pid, found.folder):
        if time.monotonic() > until:
            os.kill(found.pid, signal.SIGKILL)
        time.sleep(0.05)
    return True


def _is_ours(pid: int, folder: Path) -> bool:
    """True if the process runs, and for this folder; one that has ended but was not waited for does not run."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return str(folder).encode() in line


def settings_for(folder: Path, found: list[StandIn]) -> dict[str, str]:
    """Return the variables that point the house at those that run; writes the file that one of them names."""
    stamps = next((one.url for one in found if one.running and one.name == "time_stamps"), "")
    variables = {"ONESTOP_TRUST": str(_house_file(folder, found)), **payment_settings(found)}
    return {**variables, **({"ONESTOP_TIME_STAMPS": stamps} if stamps else {})}


def payment_settings(found: list[StandIn]) -> dict[str, str]:
    """Return the variables that point the house at the payment platform, if it runs; writes the file of its secret."""
    platform = next((one for one in found if one.running and one.name == "payments"), None)
    if platform is None:
        return {}
    client = platform.folder / "private" / "client.json"
    secret = _secret_file(client, json.loads(client.read_text())["secret"])
    return {"ONESTOP_PAYMENTS": platform.url, "ONESTOP_PAYMENTS_SECRET": str(secret)}


def _secret_file(client: Path, secret: str) -> Path:
    """Write a secret by itself beside the file that its maker keeps, for its owner's eyes only."""
    place = client.with_name("client_secret")
    place.touch(mode=0o600)
    place.write_text(secret)
    return place


def _house_file(folder: Path, found: list[StandIn]) -> Path:
    """Write whom to believe and where keys are, as `config.trust_places` reads it."""
    running = {one.name: one for one in found if one.running}
    anchors = ", ".join(json.dumps(str(one.folder / "public")) for one in running.values() if one.name != "payments")
    lines = [f"anchors = [{anchors}]"]
    signing = running.get("remote_signing")
    if signing:
        lines += ["", "[[keys]]", 'names = ["officer:*.papers"]', 'kind = "csc"', f'url = "{signing.url}csc/v2"']
        lines += [f"authority = {json.dumps(str(signing.folder / 'tls' / 'public' / 'root.pem'))}"]
        client = signing.folder / "private" / "client.json"
        known = json.loads(client.read_text())
        secret = _secret_file(client, known["client_secret"])
        lines += [
            f"client_id = {json.dumps(known['client_id'])}",
            f"client_secret = {{file = {json.dumps(str(secret))}}}",
        ]
    file = folder / "trust.toml"
    file.write_text("\n".join(lines) + "\n")
    return file
