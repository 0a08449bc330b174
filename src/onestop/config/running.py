"""All that runs under one command, started in order and ended in the opposite order.

    with Household() as house:
        house.open_database()
        migrate()
        house.open_faces("127.0.0.1", 8000)
        house.start_worker()
        house.wait()

It ends by Ctrl-C, SIGTERM, a closed terminal, or a child that ends by itself; if it is killed, the
kernel ends the children (`children.py`).
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from onestop.config import stand_ins
from onestop.config.children import end_child, spawn
from onestop.config.places import BUILD, SECRET_FILE, VAR, database_is_ours, local_server
from onestop.errors import Invalid, Refused, Unavailable

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB = Path(__file__).resolve().parents[1] / "web"
WORKERS = 2
THREADS = 1  # a database pool and a warm cache for each process; more threads only wait for the interpreter


class Household:
    """Children of one command. The signals that end it are heard once; a second Ctrl-C changes nothing."""

    def __init__(self, say: Callable[[str], None] = lambda line: None) -> None:
        self._say = say
        self._ended = self._closing = False
        self._children: list[tuple[str, subprocess.Popen[bytes]]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        # set even where the parent shell had SIGINT ignored, as it does for jobs in the background
        for ending in ENDINGS:
            self._stack.callback(self._give_back, ending, signal.signal(ending, self._end))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._stack.close()

    def _end(self, number: int, frame: FrameType | None) -> None:
        first, self._ended = not self._ended, True
        if first and not self._closing:
            raise KeyboardInterrupt

    def _give_back(self, ending: signal.Signals, before: Any) -> None:
        """The signal is ours no more; once it has ended us, a late second one must not disturb the rest."""
        if not self._ended:
            signal.signal(ending, before)

    def open_database(self) -> None:
        """The embedded server, if no other is named: the one that already runs here, or one of ours."""
        if database_is_ours():
            VAR.mkdir(parents=True, exist_ok=True)
            server = local_server()
            self._stack.enter_context(server)
            self._say(f"database: {server.folder}")

    def open_payments(self) -> None:
        """The stand-in of the payment platform, unless another is named: fees can be paid, and no money moves."""
        if os.environ.get("ONESTOP_PAYMENTS"):
            return
        kind, folder = next(kind for kind in stand_ins.KINDS if kind.name == "payments"), VAR / "outside"
        if not stand_ins.find(kind, folder).running:
            self._stack.callback(stand_ins.stop, kind, folder)
        found = stand_ins.start(kind, folder)
        os.environ.update(stand_ins.payment_settings([found]))
        self._say(f"payment platform (stand-in): {found.url}")

    def open_faces(self, host: str, port: int) -> None:
        """The faces on `http://host:port/`; returns once they answer. Refused if the port is taken."""
        make_secret_key()
        check_port(host, port)
        collect_static_files()
        self._start("faces", faces_command(host, port))
        self._wait_for(f"http://{host}:{port}/")

    def start_worker(self, concurrency: int = 1) -> None:
        """The background work: notices, stamps; beside it the keeper of the cube of figures."""
        make_secret_key()
        command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", str(concurrency)]
        command += ["--delete-jobs", "successful"]  # three a minute for the public log alone
        self._start("worker", command)
        self._start("keeper of figures", [sys.executable, "-m", "django", "keep_cube"])

    def wait(self) -> None:
        """Until we are told to end. Unavailable if a child ends by itself."""
        with suppress(KeyboardInterrupt):
            while True:
                self._check()
                time.sleep(0.5)

    def _check(self) -> None:
        if self._ended:  # heard where it could not be raised, e.g. while an object was being thrown away
            raise KeyboardInterrupt
        for name, child in self._children:
            if child.poll() is not None:
                raise Unavailable("serve.child_ended", name=name, exit_code=child.returncode)

    def _start(self, name: str, command: list[str]) -> None:
        self._check()
        env = {"DJANGO_SETTINGS_MODULE": "onestop.config.settings", **os.environ}
        child = spawn(command, env=env, stdin=subprocess.DEVNULL)
        self._children.append((name, child))
        self._stack.callback(end_child, child)

    def _wait_for(self, address: str, seconds: float = 60) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._check()
            try:
                opener.open(address, timeout=10).close()
                return
            except urllib.error.HTTPError as answered:
                answered.close()
                return
            except OSError:
                time.sleep(0.1)
        raise Unavailable("serve.no_answer", address=address)


def faces_command(host: str, port: int) -> list[str]:
    """Return the command line that serves the faces."""
    place = ["--host", host, "--port", str(port)]
    size = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--backlog", "2048"]
    quiet = ["--log-level", "warning", "--no-access-log", "--respawn-failed-workers"]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *place, *size, *quiet]
    return [*command, "onestop.config.wsgi:application"]


def migrate(say: Callable[[str], None] = lambda line: None) -> None:
    """Bring the tables up to this version. Needs Django and the database."""
    from django.core.management import call_command

    say("tables ...")
    call_command("migrate", verbosity=0, interactive=False)


def make_secret_key() -> None:
    """Write `var/secret.key` at the first start, readable for its owner only."""
    if os.environ.get("ONESTOP_SECRET_KEY") or SECRET_FILE.exists():
        return
    SECRET_FILE.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(SECRET_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")


def collect_static_files() -> None:
    """Give style sheets, scripts and fonts names that browsers may keep for ever; again when one has changed."""
    collected = BUILD / "static-root" / "staticfiles.json"
    sources = [BUILD / "assets", *WEB.glob("*/static")]
    newest = max((path.stat().st_mtime for source in sources for path in source.rglob("*")), default=0.0)
    if collected.exists() and collected.stat().st_mtime >= newest:
        return
    collected.parent.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "onestop.config.settings"}
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable("serve.no_static_files", said=done.stderr.strip()[-2000:])


def check_port(host: str, port: int) -> None:
    """Refused if something else listens there, with the next free port; Invalid if the address is unusable."""
    if _is_free(host, port):
        return
    free = next((other for other in range(port + 1, port + 100) if _is_free(host, other)), 0)
    raise Refused("serve.port_taken", host=host, port=port, free=free)


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return True
    except OSError as error:
        if error.errno == 98:  # address already in use
            return False
        raise Invalid("serve.bad_address", host=host, port=port, reason=error.strerror or str(error)) from error
