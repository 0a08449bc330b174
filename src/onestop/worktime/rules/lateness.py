"""Early, on time, late; and how much time is left, in working days of 8 hours (trước hạn, đúng hạn, quá hạn)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onestop.worktime.rules.calendar import WorkingCalendar
from onestop.worktime.rules.deadlines import working_minutes_between

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RemainingTime:
    """Time left or overrun, in working time: "Còn 2 ngày 3 giờ", "Quá 1 ngày". The faces word it.

    `days` are office days of the calendar (8 hours). Late by less than a working minute (a night, a day off) is late
    with all numbers 0. `working_minutes` is the same span as one number, negative when late.
    """

    late: bool
    days: int
    hours: int
    minutes: int
    working_minutes: int


def remaining(calendar: WorkingCalendar, now: datetime, due_at: datetime) -> RemainingTime:
    """Return what is left until `due_at`, or by how much it is past, in working time."""
    now = calendar.local(now)
    span = working_minutes_between(calendar, now, due_at)
    days, rest = divmod(abs(span), calendar.day_minutes)
    return RemainingTime(is_late(now, due_at), days, rest // 60, rest % 60, span)


def is_late(done_at: datetime, due_at: datetime) -> bool:
    """True if `done_at` lies after the minute of `due_at`: 17:00:59 is still 17:00 to a clock of minutes."""
    return done_at > due_at and done_at - due_at >= ONE_MINUTE


class Timeliness(StrEnum):
    """How a dossier stands towards its due moment (tình trạng thời hạn)."""

    NOT_PROMISED = "not_promised"  # chưa có hạn: never counted as in time
    RUNNING_IN_TIME = "running_in_time"  # đang xử lý, còn hạn
    RUNNING_LATE = "running_late"  # đang xử lý, quá hạn
    PAUSED_IN_TIME = "paused_in_time"  # tạm dừng, còn hạn
    PAUSED_LATE = "paused_late"  # tạm dừng, đã quá hạn khi dừng
    DONE_EARLY = "done_early"  # xong trước hạn: on a day before the day it is due
    DONE_ON_TIME = "done_on_time"  # xong đúng hạn
    DONE_LATE = "done_late"  # xong quá hạn


def judge(
    calendar: WorkingCalendar,
    *,
    due_at: datetime | None,
    now: datetime,
    standing_since: datetime | None = None,
    settled_at: datetime | None = None,
) -> Timeliness:
    """Return how a dossier stands as of `now`, which may be any past moment.

    `standing_since`: when the clock was stopped; a stopped dossier is late only if it was late when it stopped.
    Facts that came after `now` are left out of account, so last month's answer stays what it was.
    """
    if due_at is None:
        return Timeliness.NOT_PROMISED
    if settled_at is not None and settled_at <= now:
        return _judge_settled(calendar, settled_at, due_at)
    if standing_since is not None and standing_since <= now:
        return Timeliness.PAUSED_LATE if is_late(standing_since, due_at) else Timeliness.PAUSED_IN_TIME
    return Timeliness.RUNNING_LATE if is_late(now, due_at) else Timeliness.RUNNING_IN_TIME


def _judge_settled(calendar: WorkingCalendar, settled_at: datetime, due_at: datetime) -> Timeliness:
    if is_late(settled_at, due_at):
        return Timeliness.DONE_LATE
    early = calendar.local(settled_at).date() < calendar.local(due_at).date()
    return Timeliness.DONE_EARLY if early else Timeliness.DONE_ON_TIME
