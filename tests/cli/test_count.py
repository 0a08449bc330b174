"""`onestop count`: figures from columnar facts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onestop.cli.count import count
from onestop.cli.main import run
from onestop.facts.rules.definitions import Subject
from onestop.facts.rules.recount import recount
from onestop.indicators.queries.definitions import list_definitions
from tests.facts.journals import hours
from tests.facts.sets import write_set
from tests.facts.test_spark import AS_OF, facts


def test_figures_of_a_folder_are_those_of_the_reference(tmp_path: Path) -> None:
    told = facts()
    write_set(tmp_path, told, as_of=AS_OF)
    begin = told[0].period_from.isoformat()
    done = CliRunner().invoke(count, [str(tmp_path), "--from", begin, "--by-unit", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["as_of"] == hours(900).isoformat()
    definitions = [item for item in list_definitions(on=AS_OF.date()) if item.subject is Subject.DOSSIER]
    expected = {item.code: recount(item, told) for item in definitions}
    assert found["indicators"] == {code: [said.numerator, said.denominator] for code, said in expected.items()}
    for code, (numerator, denominator) in found["indicators"].items():
        of_units = [unit[code] for unit in found["units"].values()]
        assert [sum(column) for column in zip(*of_units, strict=True)] == [numerator, denominator]
    assert "ON_TIME_BY_LAW" in CliRunner().invoke(count, [str(tmp_path)]).output


def test_what_cannot_be_counted_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["count", str(tmp_path)]) == 1
    assert "facts.json" in capsys.readouterr().err
    assert run(["count", str(tmp_path), "--setting", "spark", "--as-of", "2026-11-01T00:00"]) == 2
    assert "NAME=VALUE" in capsys.readouterr().err
