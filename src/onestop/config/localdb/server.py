"""The supervisor of one embedded PostgreSQL in one folder.

    folder/data      the cluster; belongs to the server's account, mode 0700
    folder/socket    the only way in: a Unix socket, same owner, same mode
    folder/log       what the server says
    folder/socket.path   where the socket is, if the path of `folder` is too long for a socket

The server's account need not be able to enter the folders above `folder`: we open `data` for it
(as working directory) and it knows the place only as `/proc/self/cwd`. So a clone in a private
home works for root too, and no folder is ever opened to others.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from onestop.config.children import end_child, spawn
from onestop.config.localdb.account import Account, server_account
from onestop.config.localdb.binaries import Binaries, wheel_binaries
from onestop.config.localdb.cluster import DATABASE, DURABLE, OWNER, SUPERUSER, Cluster
from onestop.config.localdb.sockets import choose_socket_folder, socket_folder
from onestop.errors import Refused, Unavailable

__all__ = ["LocalServer", "Status", "socket_folder"]

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Status:
    """What runs in a folder. `pid` is None when nothing does."""

    running: bool
    folder: str
    socket: str
    pid: int | None
    major: int | None

    @property
    def url(self) -> str:
        """The address for `DATABASE_URL` and for psql."""
        return f"postgresql://{OWNER}@/{DATABASE}?host={self.socket}"

    def superuser_url(self, database: str = DATABASE) -> str:
        """The address for what only the cluster's superuser may do."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.socket}"


class LocalServer:
    """The embedded server of `folder`. As a context manager: started, then stopped.

    A server started by us ends with us, even when we are killed (`background=True`: it stays).
    Errors: Refused with `localdb.in_use`, `localdb.no_permission`, `localdb.newer_version`,
    `localdb.older_version`, `localdb.no_such_user`; Unavailable with `localdb.did_not_start`.
    """

    settings: dict[str, str] = DURABLE
    rights = "LOGIN"

    def __init__(self, folder: Path, binaries: Binaries | None = None) -> None:
        self.folder = Path(folder).absolute()
        self._binaries = binaries
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.attach_or_start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None:
            self.stop()

    @property
    def socket(self) -> Path:
        """The folder of the socket, which clients name as their host."""
        return socket_folder(self.folder)

    def status(self) -> Status:
        """What runs here now, asked of the system, not of a file that may be stale."""
        pid = _live_server(self.folder / "data")
        major = Cluster.version_of(self.folder / "data")
        return Status(pid is not None, str(self.folder), str(self.socket), pid, major)

    def attach_or_start(self) -> Status:
        """Use the server that already runs here, else start one that ends with us."""
        with self._alone():
            found = self.status()
            return found if found.running else self._start(background=False)

    def start(self, *, background: bool = False) -> Status:
        """Make the cluster if there is none, start it, and wait until it answers."""
        with self._alone():
            found = self.status()
            if found.running:
                raise Refused("localdb.in_use", folder=str(self.folder), pid=found.pid)
            return self._start(background=background)

    def stop(self, seconds: float = 30) -> bool:
        """Stop what runs here; open connections are ended, nothing committed is lost. False: nothing ran."""
        if self._child is not None:
            end_child(self._child, signal.SIGINT, seconds)
            self._child = None
            return True
        pid = self.status().pid
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + seconds
        while _live_server(self.folder / "data") == pid:
            if time.monotonic() > until:
                raise Unavailable("localdb.did_not_stop", folder=str(self.folder), pid=pid)
            time.sleep(0.05)
        return True

    def program(self, name: str) -> str:
        """Path of a client program (`psql`, `pg_dump`, `pg_restore`) of the same version."""
        return (self._binaries or wheel_binaries()).path(name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one of us makes or starts a server here at a time."""
        try:
            self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("a")
        except OSError as error:
            raise Refused("localdb.no_permission", folder=str(self.folder), reason=error.strerror) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self, *, background: bool) -> Status:
        account = server_account(self.folder / "data")
        binaries = (self._binaries or wheel_binaries()).reachable_by(account)
        cluster = Cluster(self.folder, account, binaries)
        try:
            new = cluster.prepare()
            sockets = choose_socket_folder(self.folder, account)
            _remove_stale(self.folder / "data", sockets)
            log = (self.folder / "log").open("ab")
        except OSError as error:
            raise Refused("localdb.no_permission", folder=str(self.folder), reason=error.strerror) from error
        command = cluster.command(self._socket_name(sockets), self.settings)
        options = {"cwd": cluster.data, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **account.popen()}
        with log:
            if background:
                child = subprocess.Popen(command, start_new_session=True, **options)
            else:
                child = spawn(command, end=signal.SIGINT, **options)
        self._wait_until_ready(child, account)
        self._child = None if background else child
        if new:
            self._furnish(cluster, sockets)
        return self.status()

    def _socket_name(self, sockets: Path) -> str:
        return "../socket" if sockets.parent == self.folder else str(sockets)

    def _furnish(self, cluster: Cluster, sockets: Path) -> None:
        try:
            cluster.furnish(sockets, self.rights)
        except BaseException:
            self.stop()
            raise

    def _wait_until_ready(self, child: subprocess.Popen[bytes], account: Account) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and child.poll() is None:
            if _says_ready(self.folder / "data", child.pid):
                return
            time.sleep(0.02)
        end_child(child, signal.SIGINT)
        raise Unavailable(
            "localdb.did_not_start", folder=str(self.folder), log=str(self.folder / "log"), user=account.name
        )


def _says_ready(data: Path, pid: int) -> bool:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _live_server(data: Path) -> int | None:
    """The process that serves `data`, or None. A file left by a killed server is not believed:
    the number in it may by now belong to any other process."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        return pid if Path(f"/proc/{pid}/cwd").samefile(data) else None
    except (OSError, ValueError):
        return None


def _remove_stale(data: Path, sockets: Path) -> None:
    """Called when nothing serves `data`: what a killed server left there would only confuse the next."""
    for left in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)
