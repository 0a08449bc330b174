"""When the clock starts, and when something is due (thời điểm bắt đầu tính, hạn giải quyết).

How each unit is counted, from the moment the clock starts:

    working hours   when so many working hours are over, to the minute (Civil Code 2015 Art 147(1))
    working days    8 working hours each, then on to the end of that office day; below one day, to the minute
    same day        at the end of the office day on which the clock starts (text of the procedures themselves)
    days, months    on that day of the calendar, the day of the start not counted, at the end of its office day
                    (Art 147(2), 148); a last day that is a day off moves to the next working day (Art 148(5))
    other           never computed: a person sets it

So a dossier accepted on Monday at 10:00 with one working day is due on Tuesday at 17:00, and so is one accepted on
Monday after 15:00, whose clock starts on Tuesday at the opening: Tuesday is then a whole office day and counts.

All moments may be in any zone; moments given back carry the zone of the calendar. Outside the calendar's years every
function raises `Refused("worktime.not_covered")`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onestop.errors import Refused
from onestop.worktime.rules.calendar import WorkingCalendar
from onestop.worktime.rules.limits import TimeLimit, TimeUnit

CUTOFF = time(15, 0)
WORKING_HOUR, WORKING_DAY, DAY = TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY, TimeUnit.DAY
SAME_DAY, OTHER = TimeUnit.SAME_DAY, TimeUnit.OTHER


def start_of_clock(calendar: WorkingCalendar, received_at: datetime, cutoff: time = CUTOFF) -> datetime:
    """Return the moment from which the time limit runs, for a complete dossier received at `received_at`.

    R1: from the moment it is accepted complete and correct; for a non-boundary dossier hand in the moment the
    competent agency received it (Decree 309/2026 Art 17(3)). R2: after 15:00, from the opening of the next working
    day; on a day off likewise (Decree 61/2018 Art 18). Before the opening or at noon: from the next opening.
    """
    local = calendar.local(received_at)
    is_after = local.time() > cutoff  # seconds counted: 15:00:00 is not yet after 15:00
    return calendar.moment_starting(calendar.position_of_close(local) if is_after else calendar.position(local))


def due(calendar: WorkingCalendar, start: datetime, limit: TimeLimit) -> datetime:
    """Return the moment by which something is due whose clock starts at `start`; always within office time.

    Raises `Refused("limit.set_by_hand")` for a limit in words only.
    """
    unit, quantity = limit.unit, limit.quantity
    if unit is WORKING_DAY:
        reached = calendar.position(start) + (round(quantity * calendar.day_minutes) or 1)
        return calendar.moment_ending(reached) if quantity < 1 else calendar.close_after(reached)
    if unit is WORKING_HOUR:
        return calendar.moment_ending(calendar.position(start) + (round(quantity * 60) or 1))
    if unit is SAME_DAY:
        return calendar.close_after(calendar.position(start) + 1)
    if unit is OTHER:
        raise Refused("limit.set_by_hand")
    return calendar.closes_at(_last_day(calendar.local(start), limit))


@dataclass(frozen=True, slots=True)
class Promise:
    """What the receipt says (giấy tiếp nhận và hẹn trả): received when, counted from when, due when."""

    received_at: datetime
    clock_from: datetime
    due_at: datetime
    is_provisional: bool


def promise(calendar: WorkingCalendar, received_at: datetime, limit: TimeLimit, cutoff: time = CUTOFF) -> Promise:
    """Return all three moments of a receipt from one computation, so that paper and clock cannot disagree."""
    clock_from = start_of_clock(calendar, received_at, cutoff)
    due_at = due(calendar, clock_from, limit)
    return Promise(calendar.local(received_at), clock_from, due_at, calendar.is_provisional(due_at))


def working_minutes_between(calendar: WorkingCalendar, earlier: datetime, later: datetime) -> int:
    """Return the working minutes from `earlier` to `later`; negative if they are the other way round."""
    return calendar.position(later) - calendar.position(earlier)


def elapsed(calendar: WorkingCalendar, start: datetime, now: datetime) -> int:
    """Return the working minutes the clock has run from `start` until `now`; 0 before it starts."""
    return max(0, working_minutes_between(calendar, start, now))


def add_working_minutes(calendar: WorkingCalendar, moment: datetime, minutes: int) -> datetime:
    """Return the moment `minutes` working minutes after `moment` (before it, if negative).

    Going forward it ends at the close of a day rather than at the opening of the next; going back the reverse. Nothing
    added leaves a moment of office time as it is and moves any other to the next opening.
    """
    if minutes > 0:
        return calendar.moment_ending(calendar.position(moment) + minutes)
    if minutes == 0 and calendar.is_office_time(moment):
        return calendar.local(moment).replace(second=0, microsecond=0)
    return calendar.moment_starting(calendar.position(moment) + minutes)


def working_days_between(calendar: WorkingCalendar, earlier: datetime, later: datetime) -> int:
    """Return how many working days follow the day of `earlier` up to and with the day of `later`.

    "Within 3 working days of reception" holds while this is at most 3: the first day is not counted (Civil Code
    Art 147).
    """
    days = (calendar.local(moment).date() + timedelta(days=1) for moment in (earlier, later))
    first, last = (calendar.working_days_until(day) for day in days)
    return last - first


def working_day_before(calendar: WorkingCalendar, on: date, count: int) -> date:
    """Return the working day that lies `count` working days before the day `on`: the last one that is in time."""
    return calendar.working_day(calendar.working_days_until(on) - count)


def _last_day(start: datetime, limit: TimeLimit) -> date:
    if limit.unit is DAY:
        return (start + timedelta(days=limit.quantity)).date()
    months = start.year * 12 + start.month - 1 + int(limit.quantity)
    year, month = months // 12, months % 12 + 1
    if year > 9999:
        raise Refused("worktime.not_covered", on=year)
    return date(year, month, min(start.day, monthrange(year, month)[1]))
