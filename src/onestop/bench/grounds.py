"""The ground of a workload: a durable database of its own in a temporary folder, gone afterwards; the faces over it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onestop.config.children import end_child, spawn
from onestop.config.localdb import LocalServer

ANSWERS_WITHIN = 60


@dataclass(frozen=True)
class Grounds:
    """A folder with everything of one run, and its database server."""

    folder: Path
    server: LocalServer


@contextmanager
def open_grounds() -> Iterator[Grounds]:
    """Start a server set as in production and bring the tables up. Call it before the settings are read."""
    if "onestop.config.places" in sys.modules:
        raise RuntimeError("the places of an installation are already known: a workload must have its own")
    with tempfile.TemporaryDirectory(prefix="onestop-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with LocalServer(folder / "db") as server:
            os.environ.pop("DATABASE_URL", None)
            os.environ.update(
                ONESTOP_VAR=name,
                ONESTOP_DB_SOCKET=str(server.socket),
                ONESTOP_SECRET_KEY="only-for-this-benchmark",  # noqa: S106
                DJANGO_SETTINGS_MODULE="onestop.config.settings",
            )
            import django

            from onestop.config.running import migrate

            django.setup()
            migrate()
            yield Grounds(folder, server)
            _let_go()


def _let_go() -> None:
    """End our own connections, so that the server may stop at once."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has one


def serve_faces() -> tuple["subprocess.Popen[bytes]", int]:
    """Start the faces as `onestop serve` does; return the process and its port once they answer."""
    from onestop.config.running import collect_static_files, faces_command

    collect_static_files()
    port = _free_port()
    child = spawn(faces_command("127.0.0.1", port), env=dict(os.environ), stdin=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/tai-khoan/dang-nhap/")
    except BaseException:
        end_child(child)
        raise
    return child, port


def _wait_for(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        try:
            opener.open(address, timeout=10).close()
        except urllib.error.HTTPError as answered:
            answered.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the faces do not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
