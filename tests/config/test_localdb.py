"""The embedded database: private, durable, and gone when its parent is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onestop.config.localdb import LocalServer, TemporaryServer, debian_binaries
from onestop.config.localdb.sockets import fits
from onestop.errors import OneStopError, Refused

PARENT = """
import sys, time
from pathlib import Path
from onestop.config.localdb import LocalServer
print(LocalServer(Path(sys.argv[1])).start().pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster made once, to be copied: making one takes more than a second."""
    folder = tmp_path_factory.mktemp("made") / "db"
    with LocalServer(folder):
        pass
    return folder


@pytest.fixture
def server(tmp_path: Path, made: Path) -> Iterator[LocalServer]:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", str(made), str(private)], check=True)
    server = LocalServer(private / "db")
    yield server
    server.stop()


def ended(pid: int, seconds: float = 15) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_keeps_what_was_committed_and_opens_no_folder(server: LocalServer) -> None:
    modes = [path.stat().st_mode for path in server.folder.parents]
    with psycopg.connect(server.start().url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('Đường')")
    assert server.stop()
    assert not server.status().running
    with psycopg.connect(server.start().url) as connection:
        assert connection.execute("SELECT lower(word), unaccent(word) FROM kept").fetchone() == ("đường", "Duong")
    assert [path.stat().st_mode for path in server.folder.parents] == modes
    assert server.folder.joinpath("data").stat().st_mode & 0o777 == 0o700
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_the_daily_role_cannot_switch_the_journal_s_guards_off(server: LocalServer) -> None:
    with psycopg.connect(server.start().url) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert row.fetchone() == ("onestop", False, False)


def test_two_servers_never_share_a_folder(server: LocalServer) -> None:
    pid = server.start().pid
    with pytest.raises(Refused) as refused:
        LocalServer(server.folder).start()
    assert (refused.value.code, refused.value.params["pid"]) == ("localdb.in_use", pid)
    other = LocalServer(server.folder)
    assert other.attach_or_start().pid == pid
    with other:
        pass
    assert server.status().running, "who only attached must not stop it"


def test_ends_with_a_killed_parent_and_loses_nothing(server: LocalServer) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(server.folder)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    with psycopg.connect(server.status().url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    parent.kill()
    parent.communicate()
    assert ended(pid)
    with psycopg.connect(server.start().url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_starts_after_the_server_itself_was_killed(server: LocalServer) -> None:
    first = server.start()
    with psycopg.connect(first.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    assert first.pid
    os.kill(first.pid, signal.SIGKILL)
    child, server._child = server._child, None  # as after a crash of the whole machine
    assert child
    child.wait()
    left = server.folder / "data" / "postmaster.pid"
    assert left.exists()
    left.write_text(left.read_text().replace(str(first.pid), str(os.getpid()), 1))  # the number is now somebody else's
    time.sleep(0.5)
    with psycopg.connect(server.start().url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_a_folder_of_a_newer_version_is_left_alone(server: LocalServer) -> None:
    server.start()
    server.stop()
    version = server.folder / "data" / "PG_VERSION"
    version.write_text("99\n")
    with pytest.raises(Refused) as refused:
        server.start()
    assert refused.value.code == "localdb.newer_version"
    assert version.read_text() == "99\n"


def test_a_place_where_nothing_may_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused) as refused:
        LocalServer(tmp_path / "file" / "db").start()
    assert refused.value.code == "localdb.no_permission"


def test_deep_folders_get_a_short_socket(tmp_path: Path, made: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60) / "db"
    deep.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", str(made), str(deep)], check=True)
    assert not fits(deep / "socket")
    with LocalServer(deep) as server:
        with psycopg.connect(server.status().url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        place = server.socket
        assert place == LocalServer(deep).socket
        assert place.stat().st_mode & 0o777 == 0o700
    place.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the account: run as root")
def test_root_may_not_run_it_as_root_or_nobody_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, code in (("root", "localdb.user_is_root"), ("nosuchuser", "localdb.no_such_user")):
        monkeypatch.setenv("ONESTOP_DB_USER", name)
        with pytest.raises(OneStopError) as refused:
            LocalServer(tmp_path / "db").start()
        assert refused.value.code == code


@pytest.mark.skipif(debian_binaries() is None, reason="needs PostgreSQL 15: apt-get install postgresql-15")
def test_the_same_supervisor_runs_the_system_s_postgresql() -> None:
    with TemporaryServer(debian_binaries()) as server, psycopg.connect(server.status().url) as connection:
        assert connection.info.server_version // 10000 == 15
        row = connection.execute("SELECT lower('ĐƯỜNG'), unaccent('Nguyễn Đào')").fetchone()
    assert row == ("đường", "Nguyen Dao")
    assert not server.folder.exists()
