"""A made-up history is the same for the same wishes, looks like life, and says truly who cheats and how."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from onestop.cli.generate import generate
from onestop.demo.history.days import date_of, number_of, read_clock, share_out
from onestop.demo.history.places import CHEATS, HABITS, LATE_REPORTERS, MERGER
from onestop.demo.history.write import PLANTED, _tasks, _write, planted, set_stage
from onestop.facts.rules.columnar import SCHEMA, FactFile
from onestop.facts.rules.periods import PROVINCE_ZONE

UNTIL = datetime(2026, 11, 1, tzinfo=PROVINCE_ZONE)
STAGE = set_stage(first=datetime(2025, 1, 1, tzinfo=PROVINCE_ZONE), as_of=UNTIL, seed=5)
COUNT = 120_000


def write(folder: Path) -> list[FactFile]:
    """Write the history in this process."""
    return [_write(task) for task in _tasks(folder, STAGE, COUNT)]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A history of nearly two years as a table."""
    folder = tmp_path_factory.mktemp("history")
    write(folder)
    connection = duckdb.connect(config={"threads": 1})
    connection.read_parquet(f"{folder}/month=*/facts.parquet", hive_partitioning=False).create_view("facts")
    return connection


def one(history: duckdb.DuckDBPyConnection, sql: str) -> float:
    """Return one number."""
    row = history.execute(sql).fetchone()
    assert row
    return float(row[0])


def test_the_command_gives_the_same_bytes_for_the_same_wishes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = CliRunner().invoke(generate, ["3000", "--out", str(tmp_path / name), "--years", "0.2", "--json"])
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["dossiers"] == 3000
    first, second = ({p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in "ab")
    assert first == second
    assert Path(PLANTED) in first
    again = CliRunner().invoke(generate, ["3000", "--out", str(tmp_path / "a")])
    assert again.exit_code == 2


def test_a_day_is_shared_out_to_the_last_dossier() -> None:
    days = share_out(10_007, range(STAGE.first, STAGE.until), read_clock())
    assert sum(days.values()) == 10_007
    assert days[number_of(datetime(2026, 2, 17).date())] < days[number_of(datetime(2026, 3, 2).date())] / 4, "Tet"


def test_every_dossier_has_every_column_and_its_own_number(history: duckdb.DuckDBPyConnection) -> None:
    assert history.table("facts").columns == SCHEMA.names
    assert one(history, "SELECT count(DISTINCT stream) FROM facts") == COUNT
    assert one(history, "SELECT max(stream) FROM facts") == COUNT


@pytest.mark.parametrize(
    "impossible",
    [
        "accepted_at < submitted_at",
        "finished_at < accepted_at",
        "returned_at < processed_at",
        "signed_at < approved_at",
        "finished IS NULL AND finished_at IS NOT NULL",
        "greatest(submitted_at, accepted_at, finished_at, returned_at, approved_at, waiting_from) > '{until}'",
        "waiting_from IS NOT NULL AND finished_at IS NOT NULL",
        "legal_due_at < accepted_at",
        "papers_scanned > papers",
        "(accepted_at IS NULL) <> (legal_due_at IS NULL)",
        "electronic_result AND processed_at IS NULL",
        "NOT is_working AND channel = 1",
        "rated_at < coalesce(returned_at, finished_at) OR rated_at > '{until}'",
        "rated_at IS NOT NULL AND finished = 'withdrawn'",
        "(rating IS NULL) <> (rated_at IS NULL) OR (rated_by IS NULL) <> (rated_at IS NULL)",
    ],
)
def test_nothing_impossible_happens(history: duckdb.DuckDBPyConnection, impossible: str) -> None:
    clock = read_clock()
    off = [str(date_of(day)) for day in range(STAGE.first, STAGE.until) if not clock.is_working(day)]
    table = (
        f"(SELECT *, (submitted_at + INTERVAL 7 HOUR)::timestamp::date NOT IN {tuple(off)} AS is_working FROM facts)"
    )
    history.execute("SET TimeZone = 'UTC'")
    assert one(history, f"SELECT count(*) FROM {table} WHERE {impossible.format(until=UNTIL)}") == 0


def test_old_units_handle_until_the_merger_and_new_ones_after(history: duckdb.DuckDBPyConnection) -> None:
    closed = {item.code for item in STAGE.offices if item.closes_on == number_of(MERGER)}
    opened = {item.code for item in STAGE.offices if item.opens_on == number_of(MERGER)}
    assert (len(closed), len(opened)) == (184, 54)
    moment = datetime(2025, 7, 1, tzinfo=PROVINCE_ZONE)
    agencies = [
        {
            row[0]
            for row in history.execute(
                f"SELECT DISTINCT agency FROM facts WHERE submitted_at {sign} ?", [moment]
            ).fetchall()
        }
        for sign in ("<", ">=")
    ]
    assert not agencies[0] & opened
    assert not agencies[1] & closed
    assert len(agencies[1] & opened) > 50


def test_it_looks_like_life(history: duckdb.DuckDBPyConnection) -> None:
    def share(test: str, where: str = "TRUE") -> float:
        return one(history, f"SELECT avg(({test})::int) FROM facts WHERE {where}")

    assert (
        share("channel = 2", "submitted_at < '2025-04-01'") < share("channel = 2", "submitted_at > '2026-08-01'") - 0.1
    )
    assert 0.03 < share("finished_at > legal_due_at", "finished_at IS NOT NULL") < 0.2
    assert 0.04 < share("supplements > 0") < 0.12
    assert 0.08 < share("rated_at IS NOT NULL", "returned_at IS NOT NULL") < 0.3
    assert share("rating >= 4", "rated_at IS NOT NULL") > 0.75
    late = "finished_at > legal_due_at"
    assert share("rating <= 2", f"rated_at IS NOT NULL AND {late}") > 2 * share("rating <= 2", f"NOT ({late})")
    assert share("complaints > 0", late) > 3 * share("complaints > 0", f"NOT ({late})")
    sizes = [row[0] for row in history.execute("SELECT count(*) FROM facts GROUP BY agency ORDER BY 1").fetchall()]
    assert sizes[-1] > 30 * sizes[len(sizes) // 2]
    assert {row[0] for row in history.execute("SELECT DISTINCT fee FROM facts").fetchall()} == {True, False, None}


SHOWN = {
    "at_once": "handling_minutes < 10",
    "paused_at_due": "supplements > 0",
    "filed_for_applicants": "channel = 2 AND filer IN ('by_officer', 'assisted')",
    "in_bulk": "epoch(finished_at)::bigint % 86400 = 35700",
    "reappointed": "reappointments > 0",
    "rated_at_the_desk": "rated_by = 'desk_device' AND rating_seconds < 60",
    "scanned_without_files": "papers > 0 AND papers_scanned = papers AND NOT has_file",
}


def test_who_cheats_shows_it_and_nobody_else_does_as_much(history: duckdb.DuckDBPyConnection) -> None:
    told = planted(STAGE)
    assert {item["habit"] for item in told["cheats"]} == set(HABITS) == set(SHOWN)
    assert (len(told["cheats"]), len(told["late"])) == (CHEATS, LATE_REPORTERS)
    history.execute("SET TimeZone = 'UTC'")
    honest = tuple(item.code for item in STAGE.offices if not item.habit)
    for item in told["cheats"]:
        test = f"avg(coalesce({SHOWN[item['habit']]}, FALSE)::int) FROM facts WHERE submitted_at >= '{item['from']}'"
        there = one(history, f"SELECT {test} AND agency = '{item['unit']}'")
        elsewhere = one(history, f"SELECT {test} AND agency IN {honest}")
        assert there > 2 * elsewhere, item
    late = one(
        history,
        f"SELECT count(DISTINCT agency) FROM facts WHERE late_entries > 0 AND agency NOT IN {tuple(told['late'])}",
    )
    assert late == 0
    assert one(history, "SELECT count(*) FROM facts WHERE late_entries > 0") > 0
