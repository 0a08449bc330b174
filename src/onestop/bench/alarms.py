"""The workload `alarms`: histories in which some units cheat. Do the signs point at them, and at whom else?

No clock: what is measured is how many planted cheats are found, and how many units are pointed at for nothing. Each
unit is looked at once for every sign, over the year so far, beside the others of its kind.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onestop.demo.history.stage import Stage, set_stage
from onestop.demo.history.write import planted, write_history
from onestop.facts import ports
from onestop.facts.rules.columns import distinct_tests
from onestop.facts.rules.definitions import Definition, Subject
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.facts.rules.tally import UnitFilter
from onestop.indicators.queries.definitions import all_definitions
from onestop.indicators.rules.alarms import Alarm, judge_alarms
from onestop.indicators.rules.comparison import Peer

AS_OF = datetime(2026, 11, 1, tzinfo=PROVINCE_ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=PROVINCE_ZONE)
SIGN_OF = {
    "at_once": "ENDED_WITHIN_MINUTES",
    "paused_at_due": "STOPPED_JUST_BEFORE_DUE",
    "filed_for_applicants": "FILED_FOR_APPLICANTS",
    "in_bulk": "ENDED_IN_BULK",
    "reappointed": "PROMISED_ANEW",
    "scanned_without_files": "SCANNED_WITHOUT_FILES",
    "rated_at_the_desk": "RATED_AT_THE_COUNTER",
}
"""Which sign ought to show a habit of `demo/history/places.py`."""
_IN_BULK = """
SELECT agency, count(*) FILTER (WHERE same_minute >= 5), count(*) FROM (
    SELECT *, count(*) OVER (PARTITION BY agency, date_trunc('minute', finished_at)) AS same_minute
    FROM read_parquet($files) WHERE finished_at IS NOT NULL
) WHERE accepted_at IS NOT NULL AND finished_at >= $since GROUP BY agency
"""


@dataclass(frozen=True)
class Trial:
    """One history judged: who cheats how, and the alarms of every sign."""

    cheats: dict[str, str]
    alarms: dict[str, tuple[Alarm, ...]]

    @property
    def found(self) -> dict[str, str]:
        """The level that the right sign gives each unit that cheats."""
        return {
            unit: next(alarm.level for alarm in self.alarms[SIGN_OF[habit]] if alarm.unit == unit)
            for unit, habit in self.cheats.items()
        }

    @property
    def innocent(self) -> list[tuple[str, Alarm]]:
        """The alarms raised, each with its sign, that nothing planted explains."""
        return [
            (sign, alarm)
            for sign, alarms in self.alarms.items()
            for alarm in alarms
            if alarm.level and SIGN_OF.get(self.cheats.get(alarm.unit, "")) != sign
        ]


def run(*, dossiers: int, seeds: Sequence[int], say: Callable[[str], None]) -> dict[str, Any]:
    """Try the signs on a history of each seed, and return what they found."""
    from onestop.config.embedded import plug_embedded_engine

    plug_embedded_engine()
    found = []
    for seed in seeds:
        say(f"seed {seed} ...")
        found.append({"seed": seed, **_told(try_signs(dossiers, seed))})
    return {
        "workload": "alarms",
        "dossiers": dossiers,
        "histories": found,
        "recall": round(sum(item["found"] for item in found) / sum(item["planted"] for item in found), 3),
        "looks": sum(item["looks"] for item in found),
        "innocent_at_alarm": sum(item["innocent_at_alarm"] for item in found),
        "innocent_at_watch": sum(item["innocent_at_watch"] for item in found),
    }


def try_signs(dossiers: int, seed: int) -> Trial:
    """Make a history of a year, and judge every unit of today by every sign."""
    stage = set_stage(first=AS_OF - timedelta(days=365), as_of=AS_OF, seed=seed)
    kinds = {
        office.code: "department" if office.is_province else "commune"
        for office in stage.offices
        if office.closes_on > stage.until
    }
    with TemporaryDirectory(prefix="onestop-alarms-") as name:
        write_history(Path(name), dossiers, as_of=AS_OF, years=1, seed=seed)
        counted = {**_count_plain(name), **_count_in_bulk(name)}
    alarms = {
        sign: judge_alarms([Peer(unit, kind, *numbers(unit)) for unit, kind in kinds.items()])
        for sign, numbers in counted.items()
    }
    return Trial(_cheats(stage), alarms)


def _cheats(stage: Stage) -> dict[str, str]:
    return {item["unit"]: item["habit"] for item in planted(stage)["cheats"]}


Numbers = Callable[[str], tuple[int, int]]


def _count_plain(folder: str) -> dict[str, Numbers]:
    """Return, for each sign that shows in a dossier alone, the two numbers of a unit."""
    signs = [item for item in _signs() if item.subject is Subject.DOSSIER]
    tally = ports.engine().count(folder, distinct_tests(signs), as_of=AS_OF, period_from=SINCE)

    def numbers(sign: Definition) -> Numbers:
        def of(unit: str) -> tuple[int, int]:
            (counts,) = tally.counts([sign], UnitFilter("agency", frozenset({unit})))
            return counts.numerator, counts.denominator

        return of

    return {sign.code: numbers(sign) for sign in signs}


def _count_in_bulk(folder: str) -> dict[str, Numbers]:
    """The same for the sign that shows only beside other dossiers; in the product the journal answers it."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as connection:
        files = f"{folder}/month=*/facts.parquet"
        rows = connection.execute(_IN_BULK, {"files": files, "since": SINCE}).fetchall()
    found = {unit: (numerator, denominator) for unit, numerator, denominator in rows}
    return {"ENDED_IN_BULK": lambda unit: found.get(unit, (0, 0))}


def _signs() -> Iterator[Definition]:
    return (item for item in all_definitions() if item.code in SIGN_OF.values() and not item.no_data)


def _told(trial: Trial) -> dict[str, Any]:
    levels = [alarm.level for _, alarm in trial.innocent]
    return {
        "planted": len(trial.cheats),
        "found": sum(bool(level) for level in trial.found.values()),
        "found_at_alarm": sum(level == "alarm" for level in trial.found.values()),
        "missed": sorted(f"{unit} {trial.cheats[unit]}" for unit, level in trial.found.items() if not level),
        "looks": sum(len(alarms) for alarms in trial.alarms.values()),
        "innocent_at_alarm": levels.count("alarm"),
        "innocent_at_watch": levels.count("watch"),
        "innocent": [
            f"{alarm.level} {sign} {alarm.unit}: {alarm.numerator} of {alarm.denominator},"
            f" others {float(alarm.base or 0):.1%}"
            for sign, alarm in trial.innocent
        ],
    }
