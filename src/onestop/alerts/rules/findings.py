"""What is worth an alert, with every threshold in one place.

A target slips if at its pace the year ends below it (`indicators.rules.outlook`). The floor is seven tenths of the
target: less than that is the lowest grade of a task (`plans.rules.scoring.Grade.LOW`). A sign of gaming begins an alert
at the level `alarm`, and is over once it is not even worth watching. Doubtful data begin one at a twentieth of the
dossiers and end it below three in a hundred. Below ten dossiers nothing is said of anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.kinds import AlertKind
from onestop.indicators.rules.alarms import Alarm

FEWEST = 10
FLOOR = Fraction(7, 10)
DOUBTFUL, DOUBTFUL_STILL = Fraction(5, 100), Fraction(3, 100)
CUBE_STANDS_AFTER = timedelta(minutes=10)
LOG_STANDS_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A target with what became of it: per cents, None if unknown, and how many dossiers it rests on."""

    unit: str
    indicator: str
    target: Fraction
    percent: Fraction | None
    forecast: Fraction | None
    counted: int


@dataclass(frozen=True, slots=True)
class Count:
    """One thing counted in two places."""

    code: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about the data of a unit: so many of so many dossiers."""

    unit: str
    indicator: str
    numerator: int
    denominator: int


def find_slips(lines: Iterable[Line], on: date) -> tuple[Finding, ...]:
    """Return the targets that will be missed at this pace, and those missed by so much that the floor gave way."""
    found = []
    for line in lines:
        if line.percent is None or line.counted < FEWEST:
            continue
        facts = {"indicator": named(line.indicator, on), "now_percent": tenths(line.percent)}
        facts["target_percent"] = tenths(line.target)
        if line.forecast is not None and line.forecast < line.target:
            more = {**facts, "forecast_percent": tenths(line.forecast)}
            found.append(Finding(AlertKind.TARGET_SLIPS, line.unit, line.indicator, more))
        if line.percent < FLOOR * line.target:
            found.append(Finding(AlertKind.BELOW_FLOOR, line.unit, line.indicator, facts))
    return tuple(found)


def find_made(alarms: Mapping[str, Sequence[Alarm]], on: date) -> tuple[Finding, ...]:
    """Return the units that show a sign of gaming, by the code of the sign."""
    return tuple(
        Finding(AlertKind.LOOKS_MADE, alarm.unit, code, _of_alarm(alarm, code, on), is_grave=alarm.level == "alarm")
        for code, of_units in alarms.items()
        for alarm in of_units
        if alarm.level
    )


def find_doubtful(doubts: Iterable[Doubt], on: date) -> tuple[Finding, ...]:
    """Return the units whose data are to be doubted."""
    found = []
    for doubt in doubts:
        if doubt.denominator < FEWEST:
            continue
        share = Fraction(doubt.numerator, doubt.denominator)
        if share >= DOUBTFUL_STILL:
            facts = {"indicator": named(doubt.indicator, on), **_counted(doubt.numerator, doubt.denominator)}
            kind, is_grave = AlertKind.DATA_DOUBTFUL, share >= DOUBTFUL
            found.append(Finding(kind, doubt.unit, doubt.indicator, facts, is_grave=is_grave))
    return tuple(found)


def find_differences(counts: Iterable[Count], top: str) -> tuple[Finding, ...]:
    """Return where two places that keep the same do not agree."""
    return tuple(
        Finding(AlertKind.COUNTS_DIFFER, top, count.code, {"left": count.left, "right": count.right})
        for count in counts
        if count.left != count.right
    )


def find_broken(breaks: int, entries: int, top: str) -> tuple[Finding, ...]:
    """Return whether the last check of every entry of the journal found any that does not hold."""
    facts = {"numerator": breaks, "denominator": entries}
    return (Finding(AlertKind.JOURNAL_BROKEN, top, facts=facts),) if breaks else ()


def find_standing(
    *, cube_at: datetime | None, waiting_since: datetime | None, top: str, at: datetime
) -> tuple[Finding, ...]:
    """Return whether the cube has not moved on, and whether an entry has waited for the public log, for too long."""
    found = []
    if cube_at is not None and at - cube_at > CUBE_STANDS_AFTER:
        found.append(Finding(AlertKind.CUBE_STANDS, top, facts={"since": cube_at.isoformat()}))
    if waiting_since is not None and at - waiting_since > LOG_STANDS_AFTER:
        found.append(Finding(AlertKind.LOG_STANDS, top, facts={"since": waiting_since.isoformat()}))
    return tuple(found)


def tenths(percent: Fraction) -> str:
    """Return a per cent for a journal entry, which takes no floats: `92.4`; rounded down, so that a miss shows."""
    whole, tenth = divmod(int(percent * 10), 10)
    return f"{whole}.{tenth}"


def named(indicator: str, on: date) -> dict[str, str]:
    """Return how an entry names an indicator: its code, and the day whose definition is meant."""
    return {"code": indicator, "on": on.isoformat()}


def _of_alarm(alarm: Alarm, code: str, on: date) -> dict[str, Any]:
    base = {"base_percent": tenths(100 * alarm.base)} if alarm.base is not None else {}
    return {"indicator": named(code, on), **_counted(alarm.numerator, alarm.denominator), **base}


def _counted(numerator: int, denominator: int) -> dict[str, int]:
    return {"numerator": numerator, "denominator": denominator}
