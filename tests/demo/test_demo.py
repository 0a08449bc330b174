"""`onestop demo` as a person runs it: once from nothing, once more, then the audit and the papers it made."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onestop.demo.stories import STORIES

ONESTOP = [sys.executable, "-c", "from onestop.cli.main import main; main()"]


class Installation:
    """An installation in an empty folder, with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ONESTOP_", "DJANGO_", "DATABASE_"))
        }
        self.env = {**kept, "ONESTOP_VAR": str(folder / "var")}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*ONESTOP, *words], env=self.env, capture_output=True, text=True, check=False, timeout=240
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o755)
    here = Installation(folder)
    yield here
    here.run("db", "stop")


@pytest.fixture(scope="module")
def account(installation: Installation) -> dict[str, Any]:
    """The account of the first run."""
    file = installation.folder / "account.json"
    done = installation.run("demo", "--no-serve", "--json", str(file))
    assert done.returncode == 0, done.stderr
    assert "Dossiers" in done.stdout
    found = json.loads(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_account_tells_every_dossier_with_promise_end_and_signatures(account: dict[str, Any]) -> None:
    dossiers = account["dossiers"]
    states = [item["state"] for item in dossiers]
    assert len(dossiers) == len(STORIES) + 7
    assert {"returned", "stopped", "withdrawn", "not_accepted", "submitted", "in_process"} <= set(states)
    assert len({item["code"] for item in dossiers}) == len(dossiers)
    for item in dossiers:
        assert [step["number"] for step in item["steps"]] == list(range(1, len(item["steps"]) + 1))
        assert {step["signature"] for step in item["steps"]} == {"holds"}
        assert (item["promised_at"] is None) == (item["accepted_at"] is None)
        if item["state"] == "returned":
            assert item["result"]["holds"] is True
            assert len(item["result"]["signatures"]) == 2
            assert all(signature["stamped_at"] for signature in item["result"]["signatures"])
        else:
            assert item["returned_at"] is None
    birth = next(item for item in dossiers if item["submitted_at"].startswith("2026-03-10T09:20"))
    assert birth["promised_at"] == "2026-03-10T17:00+07:00"
    assert birth["channel"] == "online"
    assert account["indicators"]
    for figure in account["indicators"]:
        assert {"code", "numerator", "denominator"} <= set(figure)


def test_a_second_run_plays_nothing(installation: Installation, account: dict[str, Any]) -> None:
    file = installation.folder / "again.json"
    done = installation.run("demo", "--no-serve", "--json", str(file))
    assert done.returncode == 0, done.stderr
    again = json.loads(file.read_text(encoding="utf-8"))
    assert again["dossiers"] == account["dossiers"]


def test_the_journal_of_the_demo_holds(installation: Installation, account: dict[str, Any]) -> None:
    done = installation.run("audit", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["holds"] is True
    assert found["dossiers"] == len(account["dossiers"])
    assert found["registers"] >= 1  # the year's plan is signed too
    assert found["entries"] > sum(len(item["steps"]) for item in account["dossiers"])


def test_a_result_holds_an_altered_one_does_not_a_letter_is_unusable(
    installation: Installation, account: dict[str, Any]
) -> None:
    sha256 = next(item["result"]["sha256"] for item in account["dossiers"] if item["result"])
    kept = next(path for path in (installation.folder / "var" / "documents").rglob("*") if sha256 in path.name)
    paper = installation.folder / "result.pdf"
    paper.write_bytes(kept.read_bytes())
    done = installation.run("verify", str(paper), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["valid"] is True
    data = bytearray(paper.read_bytes())
    data[data.index(b"stream") + 60] ^= 1
    paper.write_bytes(data)
    done = installation.run("verify", str(paper), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["valid"] is False
    letter = installation.folder / "letter.txt"
    letter.write_text("Kính gửi quý cơ quan")
    assert installation.run("verify", str(letter)).returncode == 2
