"""The command line: what it answers, where, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onestop.cli.answers import answer, json_option
from onestop.cli.main import COMMANDS, onestop, run
from onestop.errors import Fault, Invalid, OneStopError, Refused

BIN = Path(sys.executable).parent


@click.command()
@click.option("--fail", type=click.Choice(["refused", "invalid", "broken", "stopped"]))
@json_option
def sample(fail: str | None, as_json: bool) -> None:
    if fail == "refused":
        raise Refused("localdb.foreign", reasons=("localdb.foreign", "some.other"))
    if fail == "invalid":
        raise Invalid("file.unreadable", path="x", reason="no", faults=(Fault("code", "is.missing", {"row": 3}),))
    if fail == "broken":
        raise ValueError("inner")
    if fail == "stopped":
        raise KeyboardInterrupt
    answer({"word": "Đường"}, "Đường", as_json=as_json)


def test_answers_for_people_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], sample) == 0
    assert capsys.readouterr().out == "Đường\n"
    assert run(["--json"], sample) == 0
    assert json.loads(capsys.readouterr().out) == {"word": "Đường"}


@pytest.mark.parametrize(
    ("how", "code"), [("refused", 1), ("invalid", 2), ("broken", 1), ("nonsense", 2), ("stopped", 130)]
)
def test_exit_codes_are_the_same_with_and_without_json(how: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--fail", how], sample) == code
    assert capsys.readouterr().out == "", "an error never goes where the answer goes"
    assert run(["--fail", how, "--json"], sample) == code


def test_every_reason_and_fault_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--fail", "refused"], sample)
    assert "some.other" in capsys.readouterr().err
    run(["--fail", "invalid", "--json"], sample)
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["faults"] == [{"field": "code", "code": "is.missing", "params": {"row": 3}}]
    assert error["message"].startswith("x cannot be read: no.")


def test_our_own_fault_is_short_and_its_trace_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("onestop.config.places.LOG", tmp_path)
    run(["--fail", "broken"], sample)
    said = capsys.readouterr().err
    assert "ValueError: inner" in said
    assert "Traceback" not in said
    log = tmp_path / "errors.log"
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_code_without_words_still_tells_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def odd() -> None:
        raise OneStopError("never.heard", n=3)

    run([], odd)
    assert "never.heard (n 3)" in capsys.readouterr().err


def test_the_program_is_quick_and_loads_no_django_for_its_help() -> None:
    watched = (
        "import sys; from onestop.cli.main import run; run(['--help']); print('django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "False"
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_in_the_table_exists_and_tells_about_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    assert "Usage: onestop " in capsys.readouterr().out
    command = onestop.get_command(click.Context(onestop), name)
    assert command
    assert command.help


def test_the_installed_program_runs() -> None:
    done = subprocess.run([str(BIN / "onestop"), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("onestop")
