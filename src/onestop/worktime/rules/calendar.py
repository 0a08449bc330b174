"""The working calendar: which minutes of which days are office time (lịch làm việc).

An office day has the same working time all year (8 hours by default), in windows that may differ by season and
by unit. From that follow two tables made once for a calendar: how many working days lie before each day, and
which day is the n-th working day. Every question of the clock is then a look-up, whatever the span:

    position(moment)  = working minutes from the first covered day to the moment
    moment(position)  = the way back

The clock ticks in whole minutes: seconds are dropped from every moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from onestop.errors import Fault, Invalid, Refused

LOCAL_ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no summer time in Viet Nam
Window = tuple[time, time]
DEFAULT_WINDOWS: tuple[Window, ...] = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    OFF = "off"  # ngày nghỉ lễ, nghỉ bù
    WORK = "work"  # ngày làm bù


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A public holiday, a swapped day off or a make-up working day (ngày nghỉ lễ, ngày làm bù), with its source."""

    on: date
    kind: DayKind
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """Other office windows for a part of each year (giờ mùa hè, mùa đông), from a month and day until another."""

    starts: tuple[int, int]
    ends: tuple[int, int]
    windows: tuple[Window, ...]

    def covers(self, on: date) -> bool:
        """True if `on` lies in the season; a season may run over New Year."""
        day = (on.month, on.day)
        if self.starts <= self.ends:
            return self.starts <= day < self.ends
        return day >= self.starts or day < self.ends


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What a version of the calendar says. `covered_*` bound it, half-open.

    From `announced_until` on only the holidays fixed by statute are known: what is computed there is provisional.
    """

    covered_from: date
    covered_until: date
    announced_until: date
    days: tuple[SpecialDay, ...] = ()
    windows: tuple[Window, ...] = DEFAULT_WINDOWS
    seasons: tuple[Season, ...] = ()
    weekly_days_off: frozenset[int] = frozenset({6, 7})
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """A calendar ready to be asked (lịch làm việc). Make it with `WorkingCalendar.of(content)`; never changes.

    Outside the covered years it refuses (`Refused("worktime.not_covered")`) instead of counting weekends only: a
    date on a receipt is a promise, and a guess that forgets Tết would be a wrong one.
    """

    content: CalendarContent
    day_minutes: int
    zone: tzinfo
    _base: int  # ordinal of the first covered day
    _worked: tuple[int, ...]  # [i]: working days before day i; one longer than the days covered
    _ordinals: tuple[int, ...]  # [n]: ordinal of the n-th working day
    _windows: tuple[tuple[tuple[int, int], ...], ...]  # the default, then each season; in minutes of the day
    _season: bytes  # [i]: which windows hold on day i

    @classmethod
    def of(cls, content: CalendarContent, zone: tzinfo = LOCAL_ZONE) -> "WorkingCalendar":
        """Build the tables. Raises `Invalid` naming every fault of the content."""
        faults = tuple(_find_faults(content))
        if faults:
            raise Invalid("calendar.unusable", faults=faults)
        base, length = content.covered_from.toordinal(), (content.covered_until - content.covered_from).days
        days = [content.covered_from + timedelta(days=number) for number in range(length)]
        special = {day.on: day.kind for day in content.days}
        worked, ordinals = [0], []
        for day in days:
            if _is_worked(day, special, content.weekly_days_off):
                ordinals.append(day.toordinal())
            worked.append(len(ordinals))
        windows = tuple(_in_minutes(found) for found in (content.windows, *(one.windows for one in content.seasons)))
        season = bytes(_season_of(day, content.seasons) for day in days)
        return cls(content, _length(windows[0]), zone, base, tuple(worked), tuple(ordinals), windows, season)

    def is_working_day(self, on: date) -> bool:
        """True if offices are open on `on`. Raises `Refused` outside the covered years."""
        number = self._number(on)
        return self._worked[number] < self._worked[number + 1]

    def is_provisional(self, moment: datetime) -> bool:
        """True if the year of `moment` has no official notice of days off yet, so that the date may still move."""
        return self.local(moment).date() >= self.content.announced_until

    def local(self, moment: datetime) -> datetime:
        """`moment` on the wall clock here, without its seconds. Raises `Invalid` for a moment without a zone."""
        if moment.tzinfo is None:
            raise Invalid("worktime.moment_without_zone", moment=moment.isoformat())
        return moment.astimezone(self.zone).replace(second=0, microsecond=0)

    def position(self, moment: datetime) -> int:
        """Working minutes from the first covered day until `moment`. Never falls as time goes on."""
        local = self.local(moment)
        number = self._number(local)
        before = self._worked[number]
        if before == self._worked[number + 1]:
            return before * self.day_minutes
        minute = local.hour * 60 + local.minute
        windows = self._windows[self._season[number]]
        return before * self.day_minutes + sum(max(0, min(minute, closes) - opens) for opens, closes in windows)

    def moment_ending(self, position: int) -> datetime:
        """The earliest moment by which `position` minutes are worked: at a day's edge, the close before it."""
        number, minutes = divmod(position - 1, self.day_minutes)
        return self._moment(number, minutes, 1)

    def moment_starting(self, position: int) -> datetime:
        """The latest moment at which no more than `position` minutes are worked: at an edge, the opening after it."""
        number, minutes = divmod(position, self.day_minutes)
        return self._moment(number, minutes, 0)

    def is_office_time(self, moment: datetime) -> bool:
        """True within the office windows, both their ends included."""
        local = self.local(moment)
        number = self._number(local)
        minute = local.hour * 60 + local.minute
        windows = self._windows[self._season[number]]
        return self.is_working_day(local) and any(opens <= minute <= closes for opens, closes in windows)

    def opens_at(self, on: date) -> datetime:
        """The opening of the first working day from `on` on."""
        return self.moment_starting(self._worked[self._number(on)] * self.day_minutes)

    def closes_at(self, on: date) -> datetime:
        """The close of the first working day from `on` on."""
        return self.moment_ending((self._worked[self._number(on)] + 1) * self.day_minutes)

    def working_days_until(self, on: date) -> int:
        """How many working days lie before `on`, from the first covered day."""
        return self._worked[self._number(on)]

    def working_day(self, number: int) -> date:
        """The working day before which `number` working days lie."""
        if not 0 <= number < len(self._ordinals):
            raise self._not_covered()
        return date.fromordinal(self._ordinals[number])

    def _moment(self, number: int, minutes: int, past: int) -> datetime:
        if not 0 <= number < len(self._ordinals):
            raise self._not_covered()
        ordinal = self._ordinals[number]
        for opens, closes in self._windows[self._season[ordinal - self._base]]:
            if minutes < closes - opens:
                hour, minute = divmod(opens + minutes + past, 60)
                day = date.fromordinal(ordinal)
                return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
            minutes -= closes - opens
        raise AssertionError("an office day is as long in every season")

    def _number(self, on: date) -> int:
        number = on.toordinal() - self._base
        if not 0 <= number < len(self._season):
            raise self._not_covered(on)
        return number

    def _not_covered(self, on: date | None = None) -> Refused:
        return Refused(
            "worktime.not_covered",
            on=date(on.year, on.month, on.day).isoformat() if on else "",
            covered_from=self.content.covered_from.isoformat(),
            covered_until=self.content.covered_until.isoformat(),
        )


def _is_worked(on: date, special: dict[date, DayKind], weekly_days_off: frozenset[int]) -> bool:
    kind = special.get(on)
    return kind is DayKind.WORK or (kind is None and on.isoweekday() not in weekly_days_off)


def _season_of(on: date, seasons: tuple[Season, ...]) -> int:
    return next((number for number, season in enumerate(seasons, 1) if season.covers(on)), 0)


def _in_minutes(windows: tuple[Window, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute) for opens, closes in windows)


def _length(windows: tuple[tuple[int, int], ...]) -> int:
    return sum(closes - opens for opens, closes in windows)


def _find_faults(content: CalendarContent) -> Iterator[Fault]:
    if not content.covered_from < content.announced_until <= content.covered_until:
        yield Fault("covered_until", "calendar.bounds_out_of_order")
    if len({day.on for day in content.days}) < len(content.days):
        yield Fault("days", "calendar.day_named_twice")
    if any(not content.covered_from <= day.on < content.covered_until for day in content.days):
        yield Fault("days", "calendar.day_outside_the_years")
    if len(content.weekly_days_off) > 6 or not content.weekly_days_off <= set(range(1, 8)):
        yield Fault("weekly_days_off", "calendar.no_day_worked")
    kinds = [_in_minutes(windows) for windows in (content.windows, *(season.windows for season in content.seasons))]
    edges = [[edge for window in windows for edge in window] for windows in kinds]
    if any(not found or found != sorted(set(found)) for found in edges):
        yield Fault("windows", "calendar.windows_out_of_order")
    elif len({_length(windows) for windows in kinds}) > 1:
        yield Fault("seasons", "calendar.days_differ_in_length")
