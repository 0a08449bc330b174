"""Publishing versions of the calendar, and asking which one holds."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onestop.errors import Invalid
from onestop.worktime.models import WorkingCalendarVersion
from onestop.worktime.operations import publish_calendar
from onestop.worktime.queries import (
    forget_calendars,
    get_calendar,
    get_packaged_calendar,
    list_calendar_versions,
    read_packaged_content,
)
from onestop.worktime.rules import CalendarContent, DayKind, SpecialDay, with_days

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
WINTER = ((time(7, 30), time(12)), (time(13), time(16, 30)))


@dataclass(frozen=True)
class Somebody:
    key: str = "officer:1"


def publish(content: CalendarContent, valid_from: date, unit_code: str = "") -> WorkingCalendarVersion:
    return publish_calendar(
        content=content, valid_from=valid_from, legal_basis="a notice", by=Somebody(), at=AT, unit_code=unit_code
    )


def with_a_day_off(on: date) -> CalendarContent:
    return with_days(read_packaged_content(), [SpecialDay(on, DayKind.OFF, "Nghỉ", "a notice")])


def test_without_a_version_the_packaged_calendar_holds() -> None:
    assert get_calendar() is get_packaged_calendar()
    assert get_calendar(date(2026, 3, 2), "000.12.34.H49") is get_packaged_calendar()


def test_a_new_version_holds_from_its_day_on_and_the_old_one_before() -> None:
    first = publish(with_a_day_off(date(2026, 12, 1)), date(2026, 1, 1))
    second = publish(with_a_day_off(date(2026, 12, 2)), date(2026, 12, 1))
    assert (first.version, second.version) == (1, 2)
    assert not get_calendar(date(2026, 11, 24)).is_working_day(date(2026, 12, 1))
    assert get_calendar(date(2026, 12, 1)).is_working_day(date(2026, 12, 1))
    assert not get_calendar().is_working_day(date(2026, 12, 2))
    assert get_calendar(date(2025, 12, 31)) is get_packaged_calendar()
    assert [row.version for row in list_calendar_versions()] == [2, 1]


def test_a_unit_has_its_own_hours_and_others_do_not() -> None:
    publish(replace(read_packaged_content(), windows=WINTER), date(2026, 1, 1), unit_code="H49.99")
    noon = datetime(2026, 3, 2, 11, 45, tzinfo=get_packaged_calendar().zone)
    assert get_calendar(unit_code="H49.99").is_office_time(noon)
    assert not get_calendar(unit_code="H49.98").is_office_time(noon)
    assert not get_calendar().is_office_time(noon)


def test_asking_again_costs_nothing() -> None:
    publish(with_a_day_off(date(2026, 12, 1)), date(2026, 1, 1))
    with CaptureQueriesContext(connection) as first:
        kept = get_calendar(date(2026, 3, 2), "H49.1")
    with CaptureQueriesContext(connection) as again:
        assert get_calendar(date(2026, 3, 2), "H49.1") is kept
        assert get_calendar() is kept
    forget_calendars()
    with CaptureQueriesContext(connection) as after_a_while:
        assert get_calendar(date(2026, 3, 2), "H49.1") is kept
    assert (len(first), len(again), len(after_a_while)) == (2, 0, 1)


def test_what_cannot_stand_is_not_published() -> None:
    with pytest.raises(Invalid, match="without_basis"):
        publish_calendar(
            content=read_packaged_content(), valid_from=date(2026, 1, 1), legal_basis=" ", by=Somebody(), at=AT
        )
    with pytest.raises(Invalid, match="unusable"):
        publish(replace(read_packaged_content(), windows=()), date(2026, 1, 1))
    assert not WorkingCalendarVersion.objects.exists()


def test_a_number_is_given_once() -> None:
    row = publish(read_packaged_content(), date(2026, 1, 1))
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
