"""When dossiers are filed: days of a history with their weight, and a clock in whole seconds of local time."""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from onestop.worktime.rules.calendar import LOCAL_ZONE, WorkingCalendar
from onestop.worktime.rules.content import read_content, read_special_days, with_days

EPOCH = date(1970, 1, 1)
DAY = 86_400
OPENS, CLOSES = 7 * 3600, 17 * 3600
SEASON = (0.85, 0.62, 1.12, 1.05, 1.02, 1.08, 1.1, 1.12, 1.06, 1.04, 1.0, 0.94)
"""How busy each month is: quiet around the lunar New Year, busy before and after the summer."""
WEEKDAY = (1.18, 1.08, 1.0, 0.97, 0.92, 0.2, 0.12)
GROWTH = 0.06
"""More dossiers each year, as a share."""

Seconds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Clock:
    """The working calendar as tables: moments are seconds of local time since 1970."""

    working: npt.NDArray[np.int64]
    first: int

    @cached_property
    def _place(self) -> npt.NDArray[np.int64]:
        """For each day from the first on, how many working days lie before it."""
        days = np.arange(self.first, int(self.working[-1]) + 1)
        places: npt.NDArray[np.int64] = np.searchsorted(self.working, days)
        return places

    def working_day_after(self, moments: Seconds, days: npt.NDArray[np.int64]) -> Seconds:
        """Return the day (as a number) so many working days after that of each moment; after 0 days the next open."""
        found: Seconds = self.working[self._place[moments // DAY - self.first] + days]
        return found

    def opened(self, moments: Seconds, spread: Seconds) -> Seconds:
        """Return the moments themselves in office hours, else `spread` seconds after the office opens next."""
        late = moments % DAY > CLOSES - 600
        day = self.working_day_after(moments + np.where(late, DAY, 0), np.zeros(len(moments), dtype=np.int64))
        is_open = (day == moments // DAY) & (moments % DAY >= OPENS) & ~late
        return np.where(is_open, moments, day * DAY + OPENS + spread)

    def is_working(self, day: int) -> bool:
        """True if the office is open on that day."""
        return bool(self.working[np.searchsorted(self.working, day)] == day)


def read_clock() -> Clock:
    """Return the clock of the calendar that comes with the product."""
    folder = resources.files("onestop.worktime.data")
    content = read_content(json.loads(folder.joinpath("calendar_vn.json").read_text("utf-8")))
    rows = csv.DictReader(folder.joinpath("holidays_vn.csv").read_text("utf-8").splitlines())
    calendar = WorkingCalendar.of(with_days(content, read_special_days(rows)))
    span = range((content.covered_until - content.covered_from).days)
    days = [content.covered_from + timedelta(days=number) for number in span]
    worked = [number_of(day) for day in days if calendar.is_working_day(day)]
    return Clock(np.array(worked, dtype=np.int64), number_of(content.covered_from))


def number_of(day: date) -> int:
    """Return the number of a day since 1970."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """Return the day of a number."""
    return EPOCH + timedelta(days=number)


def seconds_of(moment: datetime) -> int:
    """Return a moment as seconds of local time since 1970."""
    return int(moment.timestamp()) + int(LOCAL_ZONE.utcoffset(None).total_seconds())


def share_out(count: int, days: range, clock: Clock) -> dict[int, int]:
    """Return how many of `count` dossiers are filed on each day: exactly `count` together."""
    weights = np.array([_weight(date_of(day), clock.is_working(day), (day - days[0]) / 365) for day in days])
    until = np.floor(np.cumsum(weights) / weights.sum() * count + 1e-9).astype(np.int64)
    until[-1] = count
    return dict(zip(days, np.diff(until, prepend=0).tolist(), strict=True))


def _weight(day: date, is_working: bool, years: float) -> float:
    """Return the weight of a day: on a holiday only what is filed online comes in."""
    weekday = WEEKDAY[day.weekday()] if is_working else min(WEEKDAY[day.weekday()], 0.14)
    return SEASON[day.month - 1] * weekday * (1 + GROWTH * years)
