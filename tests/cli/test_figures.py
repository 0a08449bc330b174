"""Figures on the terminal: exported, counted again, signed for, doubted; each answers as JSON and in lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onestop.cli.main import run
from onestop.cli.quality import alarms, quality
from onestop.cli.recount import export_figures, recount
from onestop.cli.snapshots import snapshot
from onestop.journal.models import JournalEntry
from tests.world import World

SPAN = ["--from", "2026-01-01T00:00:00+07:00", "--as-of", "2026-12-01T00:00:00+07:00"]


def answer(command: Any, *arguments: str, code: int = 0) -> Any:
    """What a command answers as JSON."""
    found = CliRunner().invoke(command, [*arguments, "--json"])
    assert found.exit_code == code, found.output
    return json.loads(found.stdout)


def test_an_export_is_counted_again(played: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert answer(export_figures, str(folder), *SPAN)["rows"]["figures.json"] > 1000
    found = answer(recount, str(folder))
    assert found["agrees"]
    assert (found["dossiers"], found["deviations"]) == (len(played), [])
    (folder / "figures.json").write_text("[]")
    assert run(["recount", str(folder)]) == 2


def test_doubts_and_counters_of_the_demo(played: dict[str, str]) -> None:
    found = answer(quality, *SPAN)
    assert (found["clean"], found["agrees"]) == (True, True)
    assert found["doubts"]["broken_entry"] == [None, None]
    assert found["doubts"]["NO_CHANNEL"] == [0, len(played)]
    assert all(item["agrees"] for item in found["counters"])


def test_the_report_tells_what_the_last_check_of_the_whole_journal_found(played: dict[str, str]) -> None:
    """Checked once, it is told until the next check, of every entry there was."""
    entries = JournalEntry.objects.count()
    assert answer(quality, "--audit", *SPAN)["doubts"]["broken_entry"] == [0, entries]
    assert JournalEntry.objects.filter(kind="audit_journal").count() == 1
    assert answer(quality, *SPAN)["doubts"]["broken_entry"] == [0, entries]


def test_signs_that_are_not_recorded_say_so(played: dict[str, str]) -> None:
    found = answer(alarms, *SPAN)
    assert found["not_recorded"]["FILED_FROM_OFFICES"] == "addresses_not_recorded"
    assert "FILED_FROM_OFFICES" in CliRunner().invoke(alarms, SPAN).output


def test_a_snapshot_is_prepared_listed_and_checked(world: World) -> None:
    month = ["--unit", "H49", "--from", "2026-02-01T00:00:00+07:00", "--until", "2026-03-01T00:00:00+07:00"]
    made = answer(snapshot, "prepare", *month)
    assert (made["number"], made["entry"]) == (1, None)
    (listed,) = answer(snapshot, "list")["snapshots"]
    assert listed["content_hash"] == made["content_hash"]
    checked = answer(snapshot, "check", str(made["id"]), code=1)
    assert checked["faults"] == ["snapshot.not_signed"]


@pytest.mark.parametrize("command", ["export-figures", "recount", "snapshot", "quality", "alarms"])
def test_each_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert "--" in capsys.readouterr().out
