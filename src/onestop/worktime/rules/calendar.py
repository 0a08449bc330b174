"""The working calendar: which minutes of which days are office time (lịch làm việc).

An office day has the same working time all year (8 hours by default), in windows that may differ by season and
by unit. From that follow two tables made once for a calendar: how many working days lie before each day, and
which day is the n-th working day. Every question of the clock is then a look-up, whatever the span:

    position(moment)  = working minutes from the first covered day to the moment
    moment(position)  = the way back

The clock ticks in whole minutes: seconds are dropped from every moment.
"""

from bisect import bisect_left
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkingCalendar:
    """A calendar ready to be asked (lịch làm việc). Make it with `WorkingCalendar.of(content)`; never changes.

    Outside the covered years it refuses (`Refused("worktime.not_covered")`) instead of counting weekends only: a
    date on a receipt is a promise, and a guess that forgets Tết would be a wrong one.
    """

    content: CalendarContent
    day_minutes: int
    zone: tzinfo
    _provisional_from: datetime
    _base: int  # ordinal of the first covered day
    _before: tuple[int, ...]  # [day]: minutes worked before it; one longer than the days covered
    _within: tuple[tuple[int, ...], ...]  # [day][minute of the day]: minutes worked on it before that minute
    _openings: tuple[datetime, ...]  # [n]: of the n-th working day
    _closes: tuple[datetime, ...]
    _minutes: tuple[
        tuple[int, ...], ...
    ]  # [n][m]: the minute of the day that is the m-th worked of the n-th working day

    @classmethod
    def of(cls, content: CalendarContent, zone: tzinfo = LOCAL_ZONE) -> "WorkingCalendar":
        """Build the tables. Raises `Invalid` naming every fault of the content."""
        faults = tuple(_find_faults(content))
        if faults:
            raise Invalid("calendar.unusable", faults=faults)
        hours = tuple(_OfficeHours.of(found) for found in (content.windows, *(one.windows for one in content.seasons)))
        special = {day.on: day.kind for day in content.days}
        worked: list[tuple[date, _OfficeHours]] = []
        before, within, length = [0], [], len(hours[0].minutes)
        for day in _days(content.covered_from, content.covered_until):
            is_worked = _is_worked(day, special, content.weekly_days_off)
            season = hours[_season_of(day, content.seasons)]
            worked += [(day, season)] if is_worked else []
            within.append(season.worked if is_worked else NOT_WORKED)
            before.append(len(worked) * length)
        return cls(
            content,
            length,
            zone,
            _at(content.announced_until, 0, zone),
            content.covered_from.toordinal(),
            tuple(before),
            tuple(within),
            tuple(_at(day, season.minutes[0], zone) for day, season in worked),
            tuple(_at(day, season.minutes[-1] + 1, zone) for day, season in worked),
            tuple(season.minutes for _, season in worked),
        )

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.content.covered_from}..{self.content.covered_until})"

    def is_working_day(self, on: date) -> bool:
        """True if offices are open on `on`. Raises `Refused` outside the covered years."""
        number = self._number(on)
        return self._before[number] < self._before[number + 1]

    def is_provisional(self, moment: datetime) -> bool:
        """True if the year of `moment` has no official notice of days off yet, so that the date may still move."""
        return moment >= self._provisional_from

    def local(self, moment: datetime) -> datetime:
        """`moment` on the wall clock here. Raises `Invalid` for a moment without a zone."""
        if moment.tzinfo is None:
            raise Invalid("worktime.moment_without_zone", moment=moment.isoformat())
        return moment.astimezone(self.zone)

    def position(self, moment: datetime) -> int:
        """Working minutes from the first covered day until `moment`. Never falls as time goes on."""
        local = moment.astimezone(self.zone) if moment.tzinfo else self.local(moment)
        number = local.toordinal() - self._base
        if not 0 <= number < len(self._within):
            raise self._not_covered(local)
        return self._before[number] + self._within[number][local.hour * 60 + local.minute]

    def position_of_close(self, on: date) -> int:
        """Working minutes from the first covered day until the end of the day `on`."""
        return self._before[self._number(on) + 1]

    def moment_ending(self, position: int) -> datetime:
        """The earliest moment by which `position` minutes are worked: at a day's edge, the close before it."""
        number, minutes = divmod(position - 1, self.day_minutes)  # of the last minute worked, whose end is wanted
        closes = self._closes[self._covered(number)]
        return closes if minutes == self.day_minutes - 1 else _at(closes, self._minutes[number][minutes] + 1, self.zone)

    def close_after(self, position: int) -> datetime:
        """The close of the office day in which the last of `position` minutes is worked."""
        return self._closes[self._covered((position - 1) // self.day_minutes)]

    def moment_starting(self, position: int) -> datetime:
        """The latest moment at which no more than `position` minutes are worked: at an edge, the opening after it."""
        number, minutes = divmod(position, self.day_minutes)
        opens = self._openings[self._covered(number)]
        return _at(opens, self._minutes[number][minutes], self.zone) if minutes else opens

    def is_office_time(self, moment: datetime) -> bool:
        """True within the office windows, both their ends included."""
        local = self.local(moment)
        if not self.is_working_day(local):
            return False
        season = _season_of(local, self.content.seasons)
        windows = self.content.seasons[season - 1].windows if season else self.content.windows
        minute = local.time().replace(second=0, microsecond=0)
        return any(opens <= minute <= closes for opens, closes in windows)

    def opens_at(self, on: date) -> datetime:
        """The opening of the first working day from `on` on."""
        return self._openings[self._covered(self.working_days_until(on))]

    def closes_at(self, on: date) -> datetime:
        """The close of the first working day from `on` on."""
        return self._closes[self._covered(self.working_days_until(on))]

    def working_days_until(self, on: date) -> int:
        """How many working days lie before `on`, from the first covered day."""
        return self._before[self._number(on)] // self.day_minutes

    def working_day(self, number: int) -> date:
        """The working day before which `number` working days lie."""
        return self._openings[self._covered(number)].date()

    def _number(self, on: date) -> int:
        number = on.toordinal() - self._base
        if 0 <= number < len(self._within):
            return number
        raise self._not_covered(on)

    def _covered(self, number: int) -> int:
        if 0 <= number < len(self._openings):
            return number
        raise self._not_covered(None)

    def _not_covered(self, on: date | None) -> Refused:
        bounds = {"covered_from": self.content.covered_from, "covered_until": self.content.covered_until}
        shown = {name: day.isoformat() for name, day in bounds.items()}
        return Refused("worktime.not_covered", reasons=(), on=f"{on:%Y-%m-%d}" if on else "", **shown)


NOT_WORKED = (0,) * (24 * 60)


def _days(first: date, until: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((until - first).days))


def _at(day: date, minute: int, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class _OfficeHours:
    """The windows of one season, minute by minute."""

    worked: tuple[int, ...]  # [minute of the day]: minutes worked before it
    minutes: tuple[int, ...]  # [n]: the minute of the day that is the n-th worked

    @classmethod
    def of(cls, windows: tuple[Window, ...]) -> "_OfficeHours":
        minutes = tuple(minute for opens, closes in _in_minutes(windows) for minute in range(opens, closes))
        return cls(tuple(bisect_left(minutes, minute) for minute in range(24 * 60)), minutes)


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
