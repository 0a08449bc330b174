"""Moments, days and working time in words: with the weekday, in the local zone of the province."""

from datetime import date, datetime
from typing import Protocol

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from onestop.worktime.rules import TimeLimit, TimeUnit

LRI, PDI = "\u2066", "\u2069"  # keeps a run of figures together among letters written from right to left

WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ur": ("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار"),
}


class Remaining(Protocol):
    """Time left or overrun, as `worktime.rules` counts it."""

    @property
    def late(self) -> bool: ...  # noqa: D102
    @property
    def days(self) -> int: ...  # noqa: D102
    @property
    def hours(self) -> int: ...  # noqa: D102
    @property
    def minutes(self) -> int: ...  # noqa: D102


def language() -> str:
    """Return the reader's language: vi, en or ur."""
    chosen = (get_language() or "vi")[:2]
    return chosen if chosen in WEEKDAYS else "vi"


def moment_word(at: datetime) -> str:
    """Return a moment such as `16:30, Thứ Sáu 27/02/2026`."""
    local = localtime(at)
    weekday, day, hour = WEEKDAYS[language()][local.weekday()], f"{local:%d/%m/%Y}", f"{local:%H:%M}"
    if language() == "ur":
        return f"{weekday} {LRI}{day}{PDI}، {LRI}{hour}{PDI}"
    return f"{hour}, {weekday} {day}"


def day_word(on: date | datetime) -> str:
    """Return a day such as `Thứ Sáu 27/02/2026`."""
    day = localtime(on).date() if isinstance(on, datetime) else on
    figures = f"{day:%d/%m/%Y}"
    return f"{WEEKDAYS[language()][day.weekday()]} {LRI + figures + PDI if language() == 'ur' else figures}"


def short_moment(at: datetime) -> str:
    """Return a moment for a narrow column: `16:30 27/02`; with the year if it is not the year of today's work."""
    return f"{localtime(at):%H:%M %d/%m/%Y}"


def time_word(at: datetime) -> str:
    """Return the time of day: `16:30`."""
    return f"{localtime(at):%H:%M}"


def span_word(days: int, hours: int, minutes: int) -> str:
    """Return a span of working time in its two largest units: `2 ngày 3 giờ`, `20 phút`; empty if there is none."""
    parts = []
    if days:
        parts.append(ngettext("%(n)d day", "%(n)d days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if minutes and not days:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)


def working_time_word(left: Remaining | None) -> str:
    """Return what is left or by how much it is late: `Còn 2 ngày 3 giờ`, `Quá hạn 1 ngày`."""
    if left is None:
        return gettext("No due date")
    span = span_word(left.days, left.hours, left.minutes)
    if left.late:
        return gettext("Overdue by %(span)s") % {"span": span} if span else gettext("Overdue")
    return gettext("%(span)s left") % {"span": span} if span else gettext("Due now")


def limit_word(limit: TimeLimit) -> str:
    """Return a time limit in words: `3 ngày làm việc`, `8 giờ làm việc`, `trong ngày`."""
    n = int(limit.quantity) if limit.quantity == int(limit.quantity) else limit.quantity
    values = {"n": n}
    match limit.unit:
        case TimeUnit.WORKING_DAY:
            return ngettext("%(n)s working day", "%(n)s working days", n) % values
        case TimeUnit.WORKING_HOUR:
            return ngettext("%(n)s working hour", "%(n)s working hours", n) % values
        case TimeUnit.DAY:
            return ngettext("%(n)s day", "%(n)s days", n) % values
        case TimeUnit.MONTH:
            return ngettext("%(n)s month", "%(n)s months", n) % values
        case TimeUnit.SAME_DAY:
            return gettext("the same working day")
    return gettext("set in each case")
