"""What is worth an alert: worked examples at both sides of every threshold."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from onestop.alerts.rules.findings import (
    Count,
    Doubt,
    Line,
    find_broken,
    find_differences,
    find_doubtful,
    find_made,
    find_slips,
    find_standing,
    tenths,
)
from onestop.alerts.rules.kinds import AlertKind
from onestop.indicators.rules.alarms import Alarm

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SLIPS, FLOOR = AlertKind.TARGET_SLIPS, AlertKind.BELOW_FLOOR


@pytest.mark.parametrize(
    ("percent", "forecast", "counted", "wanted"),
    [
        (95, 95, 100, []),
        (95, 89, 100, [SLIPS]),  # kept now, lost at this pace
        (80, 92, 100, []),  # missed now, reached at this pace
        (80, None, 100, []),  # no pace yet, and above the floor
        (63, None, 100, []),  # exactly seven tenths of 90
        (62, None, 100, [FLOOR]),
        (62, 70, 100, [SLIPS, FLOOR]),
        (62, 70, 9, []),  # too few to say anything
        (None, None, 0, []),
    ],
)
def test_a_target_of_ninety(percent: int | None, forecast: int | None, counted: int, wanted: list[AlertKind]) -> None:
    exact = [None if value is None else Fraction(value) for value in (percent, forecast)]
    line = Line("H49.26", "ON_TIME_BY_LAW", Fraction(90), *exact, counted)
    assert [finding.kind for finding in find_slips([line], DAY)] == wanted


def test_the_words_get_the_numbers() -> None:
    line = Line("H49.26", "ON_TIME_BY_LAW", Fraction(90), Fraction(500, 6), Fraction(2675, 30), 60)
    (finding,) = find_slips([line], DAY)
    assert finding.facts == {
        "indicator": {"code": "ON_TIME_BY_LAW", "on": "2026-11-20"},
        "now_percent": "83.3", "target_percent": "90.0", "forecast_percent": "89.1",
    }  # fmt: skip


@pytest.mark.parametrize(("value", "text"), [("0", "0.0"), ("99.99", "99.9"), ("100", "100.0"), ("7.05", "7.0")])
def test_tenths_never_flatter(value: str, text: str) -> None:
    assert tenths(Fraction(value)) == text


def test_a_sign_of_gaming_begins_at_alarm_and_stays_while_watched() -> None:
    alarms = [Alarm(unit, 5, 10, Fraction(1, 50), 0.0, 0.0, level) for unit, level in [("A", "alarm"), ("B", "watch")]]
    quiet = Alarm("C", 0, 10, Fraction(1, 50), 1.0, 0.0, "")
    found = find_made({"ENDED_IN_BULK": [*alarms, quiet]}, DAY)
    assert [(finding.unit, finding.is_grave) for finding in found] == [("A", True), ("B", False)]


@pytest.mark.parametrize(("numerator", "wanted"), [(29, []), (30, [False]), (49, [False]), (50, [True])])
def test_doubtful_data_begin_at_a_twentieth_and_end_below_three_in_a_hundred(
    numerator: int, wanted: list[bool]
) -> None:
    found = find_doubtful([Doubt("H49.26", "FINISHED_BEFORE_FILED", numerator, 1000)], DAY)
    assert [finding.is_grave for finding in found] == wanted


def test_counts_that_agree_are_no_finding() -> None:
    found = find_differences([Count("dossiers", 7, 7), Count("entries", 7, 8)], "H49")
    assert [(finding.subject, dict(finding.facts)) for finding in found] == [("entries", {"left": 7, "right": 8})]


def test_one_broken_entry_is_enough() -> None:
    assert find_broken(0, 1_000_000, "H49") == ()
    (finding,) = find_broken(1, 1_000_000, "H49")
    assert (finding.kind, finding.is_grave) == (AlertKind.JOURNAL_BROKEN, True)


@pytest.mark.parametrize(
    ("cube", "log", "wanted"),
    [
        (timedelta(minutes=10), timedelta(hours=1), []),
        (timedelta(minutes=11), None, [AlertKind.CUBE_STANDS]),
        (None, timedelta(minutes=61), [AlertKind.LOG_STANDS]),
    ],
)
def test_what_stands_still(cube: timedelta | None, log: timedelta | None, wanted: list[AlertKind]) -> None:
    ages = {"cube_at": NOW - cube if cube else None, "waiting_since": NOW - log if log else None}
    assert [finding.kind for finding in find_standing(**ages, top="H49", at=NOW)] == wanted
