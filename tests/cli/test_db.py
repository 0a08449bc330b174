"""`onestop db`, the way an administrator uses it: as a program, in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onestop.config.localdb import LocalServer

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def onestop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    var = tmp_path_factory.mktemp("var")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ONESTOP_", "DATABASE_URL"))}

    def run(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).parent / "onestop"), *arguments]
        return subprocess.run(
            command, env={**clean, "ONESTOP_VAR": str(var), **env}, capture_output=True, text=True, check=False
        )

    yield run
    LocalServer(var / "db").stop()


def test_it_stays_until_it_is_stopped(onestop: Run) -> None:
    assert onestop("db", "status").returncode == 1
    started = json.loads(onestop("db", "start", "--json").stdout)
    assert started["running"]
    again = onestop("db", "start", "--json")
    assert (again.returncode, json.loads(again.stdout)["error"]["code"]) == (1, "localdb.in_use")
    assert json.loads(onestop("db", "status", "--json").stdout)["pid"] == started["pid"]
    assert onestop("db", "stop").stdout == "Stopped.\n"
    assert onestop("db", "stop").stdout == "It was not running.\n"


def test_a_backup_brings_everything_back(onestop: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "all.dump")
    onestop("db", "start")
    assert onestop("db", "shell", "-c", "CREATE TABLE kept AS SELECT 'Đường' AS word").returncode == 0
    assert json.loads(onestop("db", "backup", file, "--json").stdout)["bytes"] > 0
    assert Path(file).stat().st_mode & 0o077 == 0, "a backup holds personal data"
    assert onestop("db", "backup", file).returncode == 2, "never overwrite a backup"
    onestop("db", "shell", "-c", "DROP TABLE kept; CREATE TABLE later AS SELECT 1")
    assert onestop("db", "restore", file, "--yes").returncode == 0
    assert "Đường" in onestop("db", "shell", "-c", "TABLE kept").stdout
    assert onestop("db", "shell", "-c", "TABLE later").returncode != 0
    onestop("db", "stop")


def test_a_file_that_is_no_backup_changes_nothing(onestop: Run, tmp_path: Path) -> None:
    onestop("db", "start")
    onestop("db", "shell", "-c", "CREATE TABLE untouched AS SELECT 7 AS n")
    (tmp_path / "no.dump").write_text("no backup")
    assert onestop("db", "restore", str(tmp_path / "no.dump"), "--yes").returncode == 1
    assert onestop("db", "restore", str(tmp_path / "missing"), "--yes").returncode == 2
    assert "7" in onestop("db", "shell", "-c", "TABLE untouched").stdout
    onestop("db", "stop")


def test_another_server_is_left_to_its_own_means(onestop: Run) -> None:
    for command in ("start", "stop", "status"):
        done = onestop("db", command, "--json", DATABASE_URL="postgresql://elsewhere/onestop")
        assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "localdb.foreign")
