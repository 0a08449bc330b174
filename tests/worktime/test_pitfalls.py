"""Faults seen in the code of another system, each with a test that would catch it here.

Two more of that list (postal dossiers left out of a denominator, "no result" counted as digitised) are not about time.
"""

from datetime import datetime, timedelta

import pytest

from onestop.errors import Refused
from onestop.worktime import rules
from onestop.worktime.rules import LOCAL_ZONE, ClockEvent, ClockEventKind, TimeLimit, Timeliness, WorkingCalendar, judge

FIVE = TimeLimit.parse("5 working days")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize("year", range(2021, 2030))
def test_a_deadline_over_new_year_knows_the_next_years_holidays(cal: WorkingCalendar, year: int) -> None:
    """Pitfall: only the current year's holidays."""
    received = datetime(year, 12, 28, 9, tzinfo=LOCAL_ZONE)
    found = rules.promise(cal, received, TimeLimit.parse("30 working days"))
    new_year = datetime(year + 1, 1, 1, 10, tzinfo=LOCAL_ZONE)
    assert not cal.is_office_time(new_year)
    tet_and_new_year = sum(
        day.on.year == year + 1 and day.on.isoweekday() < 6 and day.on <= found.due_at.date()
        for day in cal.content.days
    )
    assert tet_and_new_year >= 1
    weekdays_only = sum((received + timedelta(days=n)).isoweekday() < 6 for n in range(1, 90))
    worked = sum(cal.is_working_day((received + timedelta(days=n)).date()) for n in range(1, 90))
    assert worked < weekdays_only


def test_the_receipt_shows_the_day_the_clock_starts_not_the_day_of_submission(cal: WorkingCalendar) -> None:
    """Pitfall: after 17:00 counted from the next day, but the receipt still says otherwise."""
    found = rules.promise(cal, at("2026-03-06T18:40"), FIVE)
    assert found.received_at == at("2026-03-06T18:40")
    assert found.clock_from == at("2026-03-09T07:00")
    assert found.due_at == rules.due(cal, found.clock_from, FIVE)


def test_without_an_appointment_date_it_is_not_in_time(cal: WorkingCalendar) -> None:
    """Pitfall: a pending dossier with no appointment date counts as in time."""
    assert judge(cal, due_at=None, now=at("2026-03-06T09:00")) is Timeliness.NOT_PROMISED
    settled = judge(cal, due_at=None, now=at("2026-03-06T09:00"), settled_at=at("2026-03-05T09:00"))
    assert settled is Timeliness.NOT_PROMISED


def test_paused_in_time_and_paused_late_differ(cal: WorkingCalendar) -> None:
    """Pitfall: both have the same condition, so they can never differ."""
    due_at, now = at("2026-03-09T17:00"), at("2026-04-10T09:00")
    in_time = judge(cal, due_at=due_at, now=now, standing_since=at("2026-03-09T16:00"))
    late = judge(cal, due_at=due_at, now=now, standing_since=at("2026-03-10T08:00"))
    assert (in_time, late) == (Timeliness.PAUSED_IN_TIME, Timeliness.PAUSED_LATE)


def test_last_months_answer_does_not_change_with_what_happens_today(cal: WorkingCalendar) -> None:
    """Pitfall: "carried over from last period" computed from today's status."""
    events = [
        ClockEvent(ClockEventKind.START, at("2026-03-27T10:00")),
        ClockEvent(ClockEventKind.SUSPEND, at("2026-04-02T10:00"), "a law"),
        ClockEvent(ClockEventKind.RESUME, at("2026-04-20T10:00")),
    ]
    end_of_march = at("2026-03-31T23:59")
    then = rules.run_clock(cal, FIVE, events[:1])
    now = rules.run_clock(cal, FIVE, events, as_of=end_of_march)
    assert then == now
    assert now != rules.run_clock(cal, FIVE, events)
    due_at = then.dates.legal if then.dates else None
    for settled_at in (None, at("2026-04-21T10:00")):
        found = judge(
            cal, due_at=due_at, now=end_of_march, standing_since=at("2026-04-02T10:00"), settled_at=settled_at
        )
        assert found is Timeliness.RUNNING_IN_TIME


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ("2026-03-06T16:00", Timeliness.DONE_EARLY),
        ("2026-03-09T08:00", Timeliness.DONE_ON_TIME),
        ("2026-03-09T17:00", Timeliness.DONE_ON_TIME),
        ("2026-03-09T17:01", Timeliness.DONE_LATE),
    ],
)
def test_early_on_time_late(cal: WorkingCalendar, settled: str, expected: Timeliness) -> None:
    found = judge(cal, due_at=at("2026-03-09T17:00"), now=at("2026-03-20T09:00"), settled_at=at(settled))
    assert found is expected


@pytest.mark.parametrize(
    ("now", "late", "days", "hours", "minutes"),
    [
        ("2026-03-05T13:30", False, 2, 3, 30),
        ("2026-03-09T17:00", False, 0, 0, 0),
        ("2026-03-09T17:01", True, 0, 0, 0),
        ("2026-03-10T17:00", True, 1, 0, 0),
        ("2026-03-11T08:15", True, 1, 1, 15),
    ],
)
def test_time_left_in_days_of_eight_hours(
    cal: WorkingCalendar, now: str, late: bool, days: int, hours: int, minutes: int
) -> None:
    found = rules.remaining(cal, at(now), at("2026-03-09T17:00"))
    assert (found.late, found.days, found.hours, found.minutes) == (late, days, hours, minutes)
    assert abs(found.working_minutes) == days * 480 + hours * 60 + minutes


def test_while_the_clock_stands_the_time_left_does_not_shrink(cal: WorkingCalendar) -> None:
    events = [
        ClockEvent(ClockEventKind.START, at("2026-03-02T10:00")),
        ClockEvent(ClockEventKind.SUSPEND, at("2026-03-05T13:30"), "a law"),
    ]
    state = rules.run_clock(cal, FIVE, events)
    left = state.remaining(cal, at("2026-06-01T10:00"))
    assert left == rules.remaining(cal, at("2026-03-05T13:30"), at("2026-03-09T17:00"))
    assert rules.ClockState(FIVE).remaining(cal, at("2026-06-01T10:00")) is None


def test_the_clock_moves_on_a_ground_only(cal: WorkingCalendar) -> None:
    start = ClockEvent(ClockEventKind.START, at("2026-03-02T10:00"))
    for kind in (ClockEventKind.SUSPEND, ClockEventKind.EXTEND):
        with pytest.raises(Refused, match=r"clock\.without_ground"):
            rules.run_clock(cal, FIVE, [start, ClockEvent(kind, at("2026-03-03T10:00"), " ", FIVE)])


def test_announcing_and_outages_as_verdicts(cal: WorkingCalendar) -> None:
    day = datetime.fromisoformat
    found = rules.find_announcement_objections(
        cal,
        decided_on=day("2026-03-11").date(),
        effective_on=day("2026-03-16").date(),
        published_on=day("2026-03-20").date(),
        level=rules.Level.PROVINCE,
    )
    assert found == ("announcement.too_late", "publication.too_late")
    told = rules.find_outage_objections(cal, told_on=day("2026-03-03").date(), outage_on=day("2026-03-11").date())
    assert told == ("outage.told_too_late",)
    assert rules.find_outage_objections(cal, told_on=None, outage_on=day("2026-03-11").date()) == ("outage.not_told",)
    tasks = [rules.UnitTask("A", " ", FIVE), rules.UnitTask("A", "opinion", FIVE)]
    assert rules.find_interlinked_objections(tasks, rules.Channel.ELECTRONIC) == (
        "interlinked.without_task",
        "interlinked.unit_named_twice",
        "interlinked.one_lead",
    )
