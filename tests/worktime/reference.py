"""The same questions answered the slow way, minute by minute and day by day, straight from the CSV of days.

Shares no code with the rules: what both agree on is right or wrong twice.
"""

import calendar as months
import csv
from datetime import date, datetime, timedelta, timezone
from importlib.resources import files

HERE = timezone(timedelta(hours=7))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ROWS = list(csv.DictReader((files("onestop.worktime") / "data" / "holidays_vn.csv").read_text("utf-8").splitlines()))
OFF = {date.fromisoformat(row["on"]) for row in ROWS if row["kind"] == "off"}
WORK = {date.fromisoformat(row["on"]) for row in ROWS if row["kind"] == "work"}


def is_worked_day(day: date) -> bool:
    return day in WORK or (day not in OFF and day.weekday() < 5)


def is_worked_minute(moment: datetime) -> bool:
    """True if the minute that begins at `moment` is worked."""
    clock = moment.hour * 60 + moment.minute
    return is_worked_day(moment.date()) and (420 <= clock < 690 or 810 <= clock < 1020)


def floor(moment: datetime) -> datetime:
    return moment.astimezone(HERE).replace(second=0, microsecond=0)


def minutes_between(earlier: datetime, later: datetime) -> int:
    moment, count = floor(earlier), 0
    while moment < floor(later):
        count += is_worked_minute(moment)
        moment += MINUTE
    return count


def add_minutes(moment: datetime, minutes: int) -> datetime:
    moment = floor(moment)
    while minutes:
        minutes -= is_worked_minute(moment)
        moment += MINUTE
    return moment


def next_worked_minute(moment: datetime) -> datetime:
    moment = floor(moment)
    while not is_worked_minute(moment):
        moment += MINUTE
    return moment


def start(received: datetime) -> datetime:
    local = received.astimezone(HERE)
    if is_worked_day(local.date()) and local > local.replace(hour=15, minute=0, second=0, microsecond=0):
        local = (local + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return next_worked_minute(local)


def close_of(day: date) -> datetime:
    while not is_worked_day(day):
        day += DAY
    return datetime(day.year, day.month, day.day, 17, tzinfo=HERE)


def due_in_working_days(begin: datetime, days: int) -> datetime:
    """Counts days by their names: the day of the start counts only if it is worked whole."""
    day = next_worked_minute(begin).date()
    is_whole = floor(begin) <= datetime(day.year, day.month, day.day, 7, tzinfo=HERE)
    left = days - is_whole
    while left:
        day += DAY
        left -= is_worked_day(day)
    return close_of(day)


def due_in_days(begin: datetime, days: int) -> datetime:
    return close_of(floor(begin).date() + days * DAY)


def due_in_months(begin: datetime, count: int) -> datetime:
    day = floor(begin).date()
    for _ in range(count):
        year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
        day = date(year, month, 1)
    last = months.monthrange(day.year, day.month)[1]
    return close_of(day.replace(day=min(floor(begin).day, last)))
