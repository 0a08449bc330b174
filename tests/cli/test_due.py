"""`onestop due`: one case, a table, and input that cannot be used."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from onestop.cli.main import run

ASKED = ["due", "--from", "2026-03-02T10:00:00+07:00", "--limit", "5 working days"]
TABLE = """\
code,from,limit,suspend,restart_at,as_of
A-1,2026-03-02T10:00+07:00,5 working days,,,2026-03-05T13:30+07:00
"A,2",2026-03-02T10:00+07:00,5 working days,2026-03-03T08:00..2026-03-03T10:00,,2026-03-11T09:00+07:00

A-3,2026-03-02T10:00+07:00,5 working days,2026-03-04T09:00..2026-03-05T09:00,2026-03-05T09:00,2026-03-04T10:00+07:00
A-4,2026-12-30T10:00+07:00,5 working days,2027-01-04T08:00..2027-01-04T09:00;2027-01-05T08:00..2027-01-05T09:00,,
"""


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_one_case_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, *ASKED, "--as-of", "2026-03-05T13:30", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["due"] == found["due_legal"] == found["due_indicator"] == "2026-03-09T17:00:00+07:00"
    assert found["clock_from"] == "2026-03-02T10:00:00+07:00"
    assert found["remaining"] == {"late": False, "days": 2, "hours": 3, "minutes": 30}
    assert found["provisional"] is False


def test_both_dates_after_a_supplement(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = ["--suspend", "2026-03-04T09:00..2026-03-05T09:00", "--restart-at", "2026-03-05T09:00"]
    code, out, _ = ask(capsys, *ASKED, *waiting, "--as-of", "2026-03-13T17:00", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["due"] == found["due_legal"] == "2026-03-12T17:00:00+07:00"
    assert found["due_indicator"] == "2026-03-10T17:00:00+07:00"
    assert found["clock_from"] == "2026-03-05T09:00:00+07:00"
    assert found["remaining"] == {"late": True, "days": 1, "hours": 0, "minutes": 0}


def test_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "due", "--from", "2026-12-30T10:00", "--limit", "5 working days")
    assert code == 0
    assert "2027-01-07T17:00:00+07:00" in out
    assert "not announced yet" in out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--from", "yesterday", "--limit", "5 workdays"], ["'yesterday' is no moment", "'5 workdays' is no"]),
        (["--from", "2026-03-02", "--limit", "5 days"], ["has no hour"]),
        (["--from", "2026-03-02T10:00", "--limit", "0 days"], ["more than 0"]),
        (["--from", "2026-03-02T10:00", "--limit", "1.5 months"], ["Months are counted whole"]),
        (["--from", "2026-03-02T10:00"], ["--limit"]),
        (["--limit", "5 days"], ["--from"]),
        (["--file", "x.csv", "--limit", "5 days"], ["--file takes the place"]),
        (["--file", "no such file.csv"], ["no such file.csv cannot be read"]),
        ([*ASKED[1:], "--suspend", "2026-03-03T10:00"], ["is no period"]),
        ([*ASKED[1:], "--suspend", "2026-03-04T10:00..2026-03-03T10:00"], ["ends before it begins"]),
        ([*ASKED[1:], "--suspend", "2026-03-01T10:00..2026-03-03T10:00"], ["before the dossier was received"]),
        ([*ASKED[1:], "--restart-at", "2026-03-01T10:00"], ["cannot start afresh"]),
        (
            [*ASKED[1:], *(f"--suspend=2026-03-0{day}T10:00..2026-03-0{day + 2}T10:00" for day in (3, 4))],
            ["before the one before it has ended"],
        ),
    ],
)  # fmt: skip
def test_input_that_cannot_be_used(capsys: pytest.CaptureFixture[str], arguments: list[str], named: list[str]) -> None:
    code, out, err = ask(capsys, "due", *arguments)
    assert (code, out) == (2, "")
    assert all(words in err for words in named)
    code, out, _ = ask(capsys, "due", *arguments, "--json")
    assert code == 2
    assert json.loads(out)["error"]["message"]


@pytest.mark.parametrize("limit", ["5 days", "other"])
def test_what_cannot_be_computed_is_refused(capsys: pytest.CaptureFixture[str], limit: str) -> None:
    code, out, err = ask(capsys, "due", "--from", "2040-03-02T10:00", "--limit", limit)
    assert (code, out) == (1, "")
    assert "working calendar runs from 2021-01-01 until 2031-01-01" in err


def test_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    code, out, err = ask(capsys, "due", "--file", str(path), "--as-of", "2027-01-08T17:00")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["code"] for row in rows] == ["A-1", "A,2", "A-3", "A-4"]
    assert [row["due"][:16] for row in rows] == [
        "2026-03-09T17:00",
        "2026-03-10T09:00",
        "2026-03-12T17:00",
        "2027-01-08T09:00",
    ]
    assert rows[2]["due_legal"] == "2026-03-12T17:00:00+07:00"
    assert rows[2]["due_indicator"] == "2026-03-10T17:00:00+07:00"
    assert [(row["late"], row["days"], row["hours"], row["minutes"]) for row in rows] == [
        ("false", "2", "3", "30"),
        ("true", "1", "0", "0"),
        ("false", "5", "6", "0"),
        ("true", "0", "6", "0"),
    ]
    assert [row["provisional"] for row in rows] == ["false", "false", "false", "true"]
    assert {row["error"] for row in rows} == {""}


def test_an_answered_table_may_be_asked_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, once = tmp_path / "cases.csv", tmp_path / "once.csv"
    path.write_text(TABLE)
    assert ask(capsys, "due", "--file", str(path), "--as-of", "2026-03-11T09:00", "--out", str(once))[:2] == (0, "")
    _, again, _ = ask(capsys, "due", "--file", str(once), "--as-of", "2026-03-11T09:00")
    assert again == once.read_text()


def test_bad_rows_are_named_and_good_ones_answered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "from,limit\n2026-03-02T10:00,5 days\nsoon,5 days\n2026-03-02T10:00\n,5 days\n"
        '2050-03-02T10:00,"5 days"\n2026-03-02T10:00,1 month\n2026-03-02T10:00,other\n'
    )
    code, out, err = ask(capsys, "due", "--file", str(path))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 2
    assert [bool(row["due"]) for row in rows] == [True, False, False, False, False, True, False]
    assert [bool(row["error"]) for row in rows] == [False, True, True, True, True, False, True]
    assert [line.split(":")[1].strip() for line in err.splitlines()] == [
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 8",
    ]
    code, out, _ = ask(capsys, "due", "--file", str(path), "--json")
    assert code == 2
    assert [item["line"] for item in json.loads(out)["errors"]] == [3, 4, 5, 6, 8]


@pytest.mark.parametrize("content", [b"", b"when,limit\n", "from,limit\n\xff".encode("latin-1")])
def test_a_table_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    code, out, err = ask(capsys, "due", "--file", str(path))
    assert (code, out) == (2, "")
    assert "lacks the column from" in err or "UTF-8" in err


def test_it_needs_neither_django_nor_a_database() -> None:
    asked = "from onestop.cli.main import run; run(['due','--from','2026-03-02T10:00','--limit','5 days']);"
    said = subprocess.run(
        [sys.executable, "-c", f"import sys; {asked} print('django' in sys.modules or 'psycopg' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines()[-1] == "False"
