"""The ground of every test: a PostgreSQL of its own, an empty `var`, and no way out to the network.

The server starts with the first test that needs it and is gone afterwards, so several runs may go
on at once and none needs preparing.

    ONESTOP_TEST_DATABASE_URL   use this server instead (a database `test_...` is made on it)
    ONESTOP_TEST_POSTGRES=15    use the programs of the system's PostgreSQL 15
"""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from onestop.config.localdb import Binaries, TemporaryServer, debian_binaries

VAR = Path(tempfile.mkdtemp(prefix="onestop-var-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
(VAR / "static").mkdir()


def _chosen_binaries() -> Binaries | None:
    wanted = os.environ.get("ONESTOP_TEST_POSTGRES")
    if not wanted:
        return None
    found = debian_binaries(int(wanted))
    if found is None:
        raise pytest.UsageError(f"no PostgreSQL {wanted} on this machine")
    return found


# no test is timed: a busy machine is not a broken rule
hypothesis_settings.register_profile(
    "house", deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

URL = os.environ.get("ONESTOP_TEST_DATABASE_URL", "")
SERVER = None if URL else TemporaryServer(_chosen_binaries())

for name in [name for name in os.environ if name.startswith("ONESTOP_") and not name.startswith("ONESTOP_TEST")]:
    if name != "ONESTOP_DB_USER":
        del os.environ[name]
os.environ.update(
    DJANGO_SETTINGS_MODULE="onestop.config.settings",
    ONESTOP_VAR=str(VAR),
    ONESTOP_STATIC_ROOT=str(VAR / "static"),
    ONESTOP_SECRET_KEY="only-for-tests",
    ONESTOP_DB_SOCKET=str(SERVER.socket) if SERVER else "",
    DATABASE_URL=URL,
)
django.setup()  # so that test files may import models at their top


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A server of our own is thrown away whole: its databases need not be dropped one by one before."""
    return SERVER is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Called by pytest-django before the first test that needs the database."""
    if SERVER is not None and not SERVER.status().running:
        SERVER.start()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Whatever wants to leave this machine fails, loudly."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise RuntimeError(f"a test wants to reach {address[0]}: only this machine may be reached")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    """An empty `var` for one test: files and keys kept in it are gone afterwards."""
    settings.VAR, settings.DOCUMENTS, settings.KEYS = tmp_path, tmp_path / "documents", tmp_path / "keys"
    return tmp_path


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for browser tests; without one they are skipped."""
    clone = Path(__file__).resolve().parents[1]
    for place in (os.environ.get("ONESTOP_TEST_CHROMIUM"), "/usr/bin/chromium", clone / ".tools/chromium/chromium"):
        if place and os.access(place, os.X_OK):
            return str(place)
    pytest.skip("needs Chromium; get one with: sudo apt-get install chromium")


from tests.hsm import hsm  # noqa: E402, F401
from tests.stand_ins import (  # noqa: E402, F401
    _payments,
    _remote_signing,
    _time_stamps,
    outside_payments,
    outside_remote_signing,
    outside_time_stamps,
)
from tests.world import (  # noqa: E402, F401  fixtures; they need Django ready
    _flush_may_empty_the_journal,
    played,
    played_database,
    real_world,
    world,
    world_database,
)
