"""The signs of gaming find the units that were made to cheat, and hardly anybody else."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from onestop.bench.alarms import AS_OF, SIGN_OF, SINCE, Trial, run, try_signs
from onestop.config.embedded import plug_embedded_engine
from onestop.demo.history.places import CHEATS, HABITS
from onestop.demo.history.stage import set_stage
from onestop.demo.history.write import write_history
from onestop.indicators.rules.alarms import UNUSUAL

DOSSIERS = 150_000


@pytest.fixture(scope="module", params=[1, 2, 3])
def trial(request: pytest.FixtureRequest) -> Trial:
    """A history of another seed."""
    plug_embedded_engine()
    return try_signs(DOSSIERS, request.param)


def test_every_habit_has_its_sign(trial: Trial) -> None:
    assert set(SIGN_OF) == set(HABITS)
    assert set(SIGN_OF.values()) == set(trial.alarms)


def test_who_cheats_is_found(trial: Trial) -> None:
    assert len(trial.cheats) == CHEATS
    assert all(trial.found.values()), trial.found
    assert sum(level == "alarm" for level in trial.found.values()) >= CHEATS - 1


def test_the_innocent_are_pointed_at_no_more_often_than_is_said(trial: Trial) -> None:
    """`watch` promises that chance alone raises one unit in twenty; an alarm for nothing is rarer than a real one."""
    looks = sum(len(alarms) for alarms in trial.alarms.values())
    assert len(trial.innocent) <= UNUSUAL * looks
    assert sum(alarm.level == "alarm" for _, alarm in trial.innocent) <= CHEATS / 4


def test_the_base_rate_is_what_the_others_of_its_kind_do(tmp_path: Path) -> None:
    plug_embedded_engine()
    write_history(tmp_path, DOSSIERS, as_of=AS_OF, years=1, seed=4)
    stage = set_stage(first=AS_OF - timedelta(days=365), as_of=AS_OF, seed=4)
    communes = {item.code for item in stage.offices if not item.is_province and item.closes_on > stage.until}
    with duckdb.connect(config={"threads": 1}) as connection:
        rows = connection.execute(
            "SELECT agency, count(*) FILTER (WHERE filer IN ('by_officer', 'assisted')), count(*)"
            " FROM read_parquet($files) WHERE channel = 2 AND submitted_at >= $since GROUP BY agency",
            {"files": f"{tmp_path}/month=*/facts.parquet", "since": SINCE},
        ).fetchall()
    counted = {unit: (helped, online) for unit, helped, online in rows if unit in communes}
    shown = [alarm for alarm in try_signs(DOSSIERS, 4).alarms["FILED_FOR_APPLICANTS"] if alarm.unit in communes]
    assert len(shown) == 54
    for alarm in shown:
        others = [numbers for unit, numbers in counted.items() if unit != alarm.unit]
        assert alarm.base == Fraction(sum(helped for helped, _ in others), sum(online for _, online in others))
        assert (alarm.numerator, alarm.denominator) == counted.get(alarm.unit, (0, 0))


def test_what_the_workload_tells_adds_up() -> None:
    told = run(dossiers=20_000, seeds=[5], say=lambda line: None)
    assert told["looks"] == 70 * len(SIGN_OF)
    assert told["recall"] == round(told["histories"][0]["found"] / CHEATS, 3)
    assert len(told["histories"][0]["innocent"]) == told["innocent_at_alarm"] + told["innocent_at_watch"]
