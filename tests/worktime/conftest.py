"""The packaged calendar, and a table of versions nobody remembers from an earlier test."""

from collections.abc import Iterator

import pytest

from onestop.worktime.queries import forget_calendars, get_packaged_calendar
from onestop.worktime.rules import WorkingCalendar


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget_calendars()
    yield
    forget_calendars()


@pytest.fixture(scope="session")
def cal() -> WorkingCalendar:
    return get_packaged_calendar()
