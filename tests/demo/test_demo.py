"""`onestop demo` as a person runs it: once from nothing, once more, then the audit and the papers it made."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from onestop.demo.paying import PAYING
from onestop.demo.stories import STORIES
from tests.demo.centre import believe, serving

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
    assert len(dossiers) == len(STORIES) + len(PAYING) + 7
    assert {"returned", "stopped", "withdrawn", "not_accepted", "submitted", "in_process"} <= set(states)
    assert len({item["code"] for item in dossiers}) == len(dossiers)
    for item in dossiers:
        assert [step["number"] for step in item["steps"]] == list(range(1, len(item["steps"]) + 1))
        assert {step["signature"] for step in item["steps"]} == {"holds"}
        assert (item["promised_at"] is None) == (item["accepted_at"] is None)
        if item["state"] == "returned":
            assert item["result"]["holds"] is True
            assert len(item["result"]["signatures"]) in {2, 3}  # of the leader, of the agency, on some initials before
            assert all(signature["stamped_at"] for signature in item["result"]["signatures"])
        else:
            assert item["returned_at"] is None
    moved = {step["kind"] for item in dossiers for step in item["steps"]}
    assert {"charge", "pay", "refund"} <= moved
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


def test_people_find_messages_and_leaders_alerts(installation: Installation, account: dict[str, Any]) -> None:
    """Made from the stories' entries; of what goes wrong with the figures, those who answer for it were told."""
    told = {item["kind"]: item["made"] for item in json.loads(installation.run("notices", "--json").stdout)["kinds"]}
    assert told.keys() >= {"accepted", "supplement", "apology", "returned", "task_late", "review_due"}
    alerts = json.loads(installation.run("alerts", "--json").stdout)["alerts"]
    assert ("H49", "below_floor", ["H49.CT", "H49.KSTT"]) in [
        (item["unit"], item["kind"], item["posts"]) for item in alerts
    ]
    assert told["alert_below_floor"] >= 2


def test_the_plan_of_the_year_can_be_asked_for(installation: Installation, account: dict[str, Any]) -> None:
    """Shown with a signature that holds, judged by the version of a moment, its tasks due, its review as a paper."""
    shown = json.loads(installation.run("plan", "show", "--year", "2026", "--unit", "H49", "--json").stdout)
    assert (shown["version"], shown["state"], shown["signature"], len(shown["lines"])) == (2, "signed", "holds", 8)
    early = installation.run("plan", "progress", "--year", "2026", "--as-of", "2026-03-01T09:00", "--json")
    judged = json.loads(early.stdout)
    assert (judged["version"], len(judged["units"])) == (1, 71)
    assert {"reached", "at_risk", "slow", "no_data"} >= {unit["standing"] for unit in judged["units"]}
    due = json.loads(installation.run("plan", "reminders", "--json").stdout)["reminders"]
    assert {item["nearness"] for item in due} == {"late", "soon"}
    paper = installation.folder / "review.pdf"
    told = installation.run("plan", "review", "--year", "2026", "--unit", "H49.26", "--quarter", "1", "-o", str(paper))
    assert "signed" in told.stdout
    assert installation.run("verify", str(paper)).returncode == 0


def test_targets_come_in_at_the_command_line_or_every_bad_cell_is_named(
    installation: Installation, account: dict[str, Any]
) -> None:
    table = installation.folder / "targets.csv"
    table.write_text("đơn vị,chỉ số,chỉ tiêu,văn bản\nH49,FULL_PROCESS,70,KH\nH50,FULL_PROCESS,bảy,KH\n", "utf-8")
    bad = installation.run("targets", "import", str(table), "--year", "2027", "--json")
    assert bad.returncode == 2
    assert [fault["field"] for fault in json.loads(bad.stdout)["error"]["faults"]] == ["A3", "C3"]
    table.write_text("đơn vị,chỉ số,chỉ tiêu,văn bản\nH49,FULL_PROCESS,70,KH\n", "utf-8")
    good = installation.run("targets", "import", str(table), "--year", "2027", "--json")
    assert json.loads(good.stdout)["created"] == 1
    handed = installation.run("plan", "cascade", "--year", "2027", "--indicator", "FULL_PROCESS", "--json")
    assert json.loads(handed.stdout)["holds"] is True
    refused = installation.run("plan", "sign", "--year", "2027", "--by", "lanhdao", "--password", "wrong-password")
    assert refused.returncode == 2
    signed = installation.run("plan", "sign", "--year", "2027", "--by", "lanhdao", "--password", "quang-ninh-2026")
    assert signed.returncode == 0, signed.stderr
    assert installation.run("audit").returncode == 0


def test_the_province_reports_to_a_centre_that_is_another_installation(
    installation: Installation, account: dict[str, Any], tmp_path: Path
) -> None:
    """Over HTTP, under its own seal: refused as long as the centre has not been told whose seal it is."""
    tmp_path.parent.parent.chmod(0o755)
    centre = Installation(tmp_path)
    centre.env["ONESTOP_TRUST"] = str(believe(tmp_path, installation.folder / "var" / "keys"))
    made = json.loads(installation.run("monitor", "compose", "--json").stdout)
    with serving(centre.env) as address:
        assert centre.run("keys", "issue", "system:portal", "--name", "Trung tâm").returncode == 0
        send = ("monitor", "send", f"{address}/giam-sat/nop/", "--json")
        refused = installation.run(*send)
        assert refused.returncode == 1, refused.stderr
        faults = {item["fault"]: item["about"] for item in json.loads(refused.stdout)[0]["answer"]["faults"]}
        assert set(faults) - {"late"} == {"wrong_signer"}
        named = centre.run("monitor", "holder", faults["wrong_signer"], "--member", "H49", "--from", "2026-01-01")
        assert named.returncode == 0, named.stderr
        sent = installation.run(*send)
        assert sent.returncode == 0, sent.stdout
        assert json.loads(sent.stdout)[0]["answer"]["sha256"] == made["sha256"]
        page = urlopen(f"{address}/giam-sat/don-vi/H49/").read().decode()
    assert "Quảng Ninh" in page
    assert "figure-value" in page
