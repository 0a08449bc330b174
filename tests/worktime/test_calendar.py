"""The calendar: its data, its years, seasons and faults."""

import warnings
from dataclasses import replace
from datetime import date, datetime, time

import holidays
import pytest

from onestop.errors import Invalid, Refused
from onestop.worktime import rules
from onestop.worktime.queries import read_packaged_content
from onestop.worktime.rules import (
    LOCAL_ZONE,
    CalendarContent,
    DayKind,
    Season,
    SpecialDay,
    TimeLimit,
    WorkingCalendar,
    as_payload,
    due,
    read_content,
    with_days,
)

NOTICE = "12729/VPCP-KGVX"
SUMMER = Season((4, 16), (10, 16), ((time(7), time(11, 30)), (time(13, 30), time(17))))
WINTER = ((time(7, 30), time(12)), (time(13), time(16, 30)))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


def test_the_packaged_days_are_the_librarys_but_for_the_corrections() -> None:
    content = read_packaged_content()
    years = range(content.covered_from.year, content.covered_until.year)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = holidays.country_holidays("VN", years=years, language="vi")
    off = {day.on for day in content.days if day.kind is DayKind.OFF}
    work = {day.on for day in content.days if day.kind is DayKind.WORK}
    corrected = {day.on for day in content.days if NOTICE in day.source}
    assert corrected == {date(2026, 1, 2), date(2026, 1, 10)}
    assert off - set(library) == {date(2026, 1, 2)}
    assert set(library) - off == set()
    swapped = {day for day in library.weekend_workdays if day.year in years}
    assert work - swapped <= corrected | {date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)}
    assert swapped <= work


def test_every_special_day_has_a_name_and_a_source() -> None:
    days = read_packaged_content().days
    assert len(days) > 100
    assert all(day.name and day.source for day in days)


def test_four_saturdays_are_worked(cal: WorkingCalendar) -> None:
    for day in (date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)):
        assert day.isoweekday() == 6
        assert cal.is_working_day(day)


def test_beyond_its_years_it_refuses_and_says_which_years_it_has(cal: WorkingCalendar) -> None:
    with pytest.raises(Refused) as caught:
        due(cal, moment("2030-12-20T10:00"), TimeLimit.parse("20 working days"))
    assert caught.value.code == "worktime.not_covered"
    assert caught.value.params["covered_until"] == "2031-01-01"
    for far in ("2020-12-31T10:00", "2031-01-01T00:00"):
        with pytest.raises(Refused):
            cal.position(moment(far))
    with pytest.raises(Refused):
        due(cal, moment("2030-06-03T10:00"), TimeLimit.parse("99999 months"))
    with pytest.raises(Refused):
        rules.working_day_before(cal, date(2021, 1, 5), 5)


def test_a_year_without_a_notice_is_provisional(cal: WorkingCalendar) -> None:
    assert rules.promise(cal, moment("2026-12-30T10:00"), TimeLimit.parse("5 working days")).is_provisional
    assert not rules.promise(cal, moment("2026-12-21T10:00"), TimeLimit.parse("5 working days")).is_provisional


def test_a_moment_without_a_zone_is_refused(cal: WorkingCalendar) -> None:
    with pytest.raises(Invalid, match="moment_without_zone"):
        cal.position(datetime(2026, 3, 2, 10))


def test_seasons_move_the_windows_not_the_length_of_the_day() -> None:
    content = replace(read_packaged_content(), windows=WINTER, seasons=(SUMMER,))
    calendar = WorkingCalendar.of(content)
    assert due(calendar, moment("2026-03-02T10:00"), TimeLimit.parse("1 working day")) == moment("2026-03-03T16:30")
    assert due(calendar, moment("2026-06-01T10:00"), TimeLimit.parse("1 working day")) == moment("2026-06-02T17:00")
    over_the_change = due(calendar, moment("2026-04-15T16:00"), TimeLimit.parse("8 working hours"))
    assert over_the_change == moment("2026-04-16T16:30")
    assert rules.start_of_clock(calendar, moment("2026-03-02T07:10")) == moment("2026-03-02T07:30")


def test_a_season_over_new_year() -> None:
    season = Season((10, 16), (4, 16), WINTER)
    assert season.covers(date(2026, 1, 1))
    assert season.covers(date(2026, 10, 16))
    assert not season.covers(date(2026, 4, 16))


def test_content_survives_its_json_shape() -> None:
    content = replace(read_packaged_content(), seasons=(Season((4, 16), (10, 16), WINTER),))
    assert read_content(as_payload(content)) == content


def test_a_new_notice_replaces_days() -> None:
    content = read_packaged_content()
    notice = (SpecialDay(date(2027, 1, 2), DayKind.WORK, "Ngày làm bù", "a notice"),)
    changed = WorkingCalendar.of(with_days(content, notice))
    assert changed.is_working_day(date(2027, 1, 2))
    assert not WorkingCalendar.of(content).is_working_day(date(2027, 1, 2))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"announced_until": date(2040, 1, 1)}, "calendar.bounds_out_of_order"),
        ({"covered_until": date(2020, 1, 1)}, "calendar.bounds_out_of_order"),
        ({"days": (SpecialDay(date(2024, 1, 1), DayKind.OFF),) * 2}, "calendar.day_named_twice"),
        ({"days": (SpecialDay(date(1999, 1, 1), DayKind.OFF),)}, "calendar.day_outside_the_years"),
        ({"windows": ((time(11), time(7)),)}, "calendar.windows_out_of_order"),
        ({"windows": ()}, "calendar.windows_out_of_order"),
        ({"windows": ((time(7), time(12)), (time(11), time(15)))}, "calendar.windows_out_of_order"),
        ({"seasons": (Season((1, 1), (2, 1), ((time(7), time(9)),)),)}, "calendar.days_differ_in_length"),
        ({"weekly_days_off": frozenset(range(1, 8))}, "calendar.no_day_worked"),
        ({"weekly_days_off": frozenset({0})}, "calendar.no_day_worked"),
    ],
)
def test_content_that_cannot_stand_names_its_fault(change: dict[str, object], code: str) -> None:
    content: CalendarContent = replace(read_packaged_content(), **change)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        WorkingCalendar.of(content)
    assert code in {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    "payload", [{}, {"covered_from": 1}, {**as_payload(read_packaged_content()), "windows": ["x"]}]
)
def test_unreadable_content(payload: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="unreadable"):
        read_content(payload)
