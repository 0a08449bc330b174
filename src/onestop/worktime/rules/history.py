"""The clock of one dossier: started, stopped, restarted, extended (đồng hồ pháp lý của hồ sơ).

Two due moments are kept, because two texts in force disagree:

* legal: after a supplement the statutory time is counted afresh from the beginning (rule R3; Decree 61/2018 Art 17,
  19(4); Decree 63/2010 Art 20(4));
* indicator: for indicator 2.1 the waiting time is subtracted, and a second request makes the dossier overdue
  (rule R4; Decision 766/QĐ-TTg).

A suspension, when it ends, adds to both exactly the working time it lasted. An extension moves both. A re-appointment
moves only the appointment: what is settled after its legal due moment is late all the same (rule R6).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from onestop.errors import Refused
from onestop.worktime.rules.calendar import WorkingCalendar
from onestop.worktime.rules.deadlines import CUTOFF, add_working_minutes, due, start_of_clock, working_minutes_between
from onestop.worktime.rules.duties import find_reappointment_objections
from onestop.worktime.rules.lateness import RemainingTime, remaining
from onestop.worktime.rules.limits import TimeLimit


class ClockEventKind(StrEnum):
    """What can happen to a clock."""

    START = "start"  # nhận đủ hồ sơ hợp lệ
    SUSPEND = "suspend"  # tạm dừng, with a ground
    RESUME = "resume"  # tiếp tục
    ASK_SUPPLEMENT = "ask_supplement"  # yêu cầu bổ sung
    ANSWER_SUPPLEMENT = "answer_supplement"  # đã bổ sung
    EXTEND = "extend"  # gia hạn, with a ground and a limit
    REAPPOINT = "reappoint"  # xin lỗi và hẹn lại, with a new moment


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to the clock, at a moment."""

    kind: ClockEventKind
    at: datetime
    ground: str = ""
    limit: TimeLimit | None = None  # of an extension
    new_at: datetime | None = None  # of a re-appointment


@dataclass(frozen=True, slots=True)
class DueDates:
    """The two due moments (hạn theo luật, hạn theo Bộ chỉ số). Any list must say which one it shows."""

    legal: datetime
    indicator: datetime

    def moved(self, calendar: WorkingCalendar, minutes: int) -> "DueDates":
        """Both, later by so much working time."""
        return DueDates(
            add_working_minutes(calendar, self.legal, minutes), add_working_minutes(calendar, self.indicator, minutes)
        )


@dataclass(frozen=True, slots=True)
class ClockState:
    """Where a clock stands after its events. `dates` are those known at `standing_since` while it stands."""

    limit: TimeLimit
    clock_from: datetime | None = None
    dates: DueDates | None = None
    appointed_at: datetime | None = None
    standing_since: datetime | None = None
    waits_for_supplement: bool = False
    supplements: int = 0
    extensions: int = 0
    reappointments: int = 0

    @property
    def is_overdue_by_rounds(self) -> bool:
        """True after a second request for supplements: overdue for indicator 2.1 whatever the date (rule R4)."""
        return self.supplements > 1

    def remaining(self, calendar: WorkingCalendar, now: datetime) -> RemainingTime | None:
        """Return what is left of the legal time; while the clock stands it does not shrink. None before the start."""
        if self.dates is None:
            return None
        return remaining(calendar, min(now, self.standing_since or now), self.dates.legal)


def run_clock(
    calendar: WorkingCalendar,
    limit: TimeLimit,
    events: Iterable[ClockEvent],
    *,
    as_of: datetime | None = None,
    cutoff: time = CUTOFF,
) -> ClockState:
    """Return the state after `events`, taken in the order of their moments, up to `as_of` if given.

    Raises `Refused` for an event the law or the order of things does not allow: `clock.wrong_order`,
    `clock.without_ground`, `reappointment.not_allowed`.
    """
    state = ClockState(limit)
    for event in sorted(events, key=lambda item: item.at):
        if as_of is None or event.at <= as_of:
            _check_order(state, event)
            state = _STEPS[event.kind](calendar, state, event, cutoff)
    return state


def _check_order(state: ClockState, event: ClockEvent) -> None:
    kind, runs, stands = event.kind, state.clock_from is not None, state.standing_since is not None
    allowed = {
        ClockEventKind.START: not runs,
        ClockEventKind.RESUME: stands and not state.waits_for_supplement,
        ClockEventKind.ANSWER_SUPPLEMENT: stands and state.waits_for_supplement,
    }.get(kind, runs and not stands)
    if not allowed:
        raise Refused("clock.wrong_order", event=kind.value, at=event.at.isoformat())
    if kind in {ClockEventKind.SUSPEND, ClockEventKind.EXTEND} and not event.ground.strip():
        raise Refused("clock.without_ground", event=kind.value, at=event.at.isoformat())


def _start(calendar: WorkingCalendar, state: ClockState, event: ClockEvent, cutoff: time) -> ClockState:
    clock_from = start_of_clock(calendar, event.at, cutoff)
    moment = due(calendar, clock_from, state.limit)
    return replace(state, clock_from=clock_from, dates=DueDates(moment, moment), appointed_at=moment)


def _suspend(_calendar: WorkingCalendar, state: ClockState, event: ClockEvent, _cutoff: time) -> ClockState:
    return replace(state, standing_since=event.at)


def _resume(calendar: WorkingCalendar, state: ClockState, event: ClockEvent, _cutoff: time) -> ClockState:
    assert state.standing_since
    assert state.dates
    assert state.appointed_at
    stood = working_minutes_between(calendar, state.standing_since, event.at)
    return replace(
        state,
        dates=state.dates.moved(calendar, stood),
        appointed_at=add_working_minutes(calendar, state.appointed_at, stood),
        standing_since=None,
    )


def _ask(_calendar: WorkingCalendar, state: ClockState, event: ClockEvent, _cutoff: time) -> ClockState:
    return replace(state, standing_since=event.at, waits_for_supplement=True, supplements=state.supplements + 1)


def _answer(calendar: WorkingCalendar, state: ClockState, event: ClockEvent, cutoff: time) -> ClockState:
    assert state.standing_since
    assert state.dates
    clock_from = start_of_clock(calendar, event.at, cutoff)
    waited = max(0, working_minutes_between(calendar, state.standing_since, clock_from))
    legal = due(calendar, clock_from, state.limit)
    dates = DueDates(legal, add_working_minutes(calendar, state.dates.indicator, waited))
    return replace(
        state,
        clock_from=clock_from,
        dates=dates,
        appointed_at=legal,
        standing_since=None,
        waits_for_supplement=False,
    )


def _extend(calendar: WorkingCalendar, state: ClockState, event: ClockEvent, _cutoff: time) -> ClockState:
    assert state.dates
    if event.limit is None:
        raise Refused("clock.extension_without_limit", at=event.at.isoformat())
    dates = DueDates(due(calendar, state.dates.legal, event.limit), due(calendar, state.dates.indicator, event.limit))
    return replace(state, dates=dates, appointed_at=dates.legal, extensions=state.extensions + 1)


def _reappoint(calendar: WorkingCalendar, state: ClockState, event: ClockEvent, _cutoff: time) -> ClockState:
    assert state.dates
    if event.new_at is None:
        raise Refused("reappointment.without_date", at=event.at.isoformat())
    objections = find_reappointment_objections(
        calendar, at=event.at, due_at=state.dates.legal, new_at=event.new_at, earlier=state.reappointments
    )
    if objections:
        raise Refused("reappointment.not_allowed", reasons=objections)
    return replace(state, appointed_at=calendar.local(event.new_at), reappointments=state.reappointments + 1)


_STEPS = {
    ClockEventKind.START: _start,
    ClockEventKind.SUSPEND: _suspend,
    ClockEventKind.RESUME: _resume,
    ClockEventKind.ASK_SUPPLEMENT: _ask,
    ClockEventKind.ANSWER_SUPPLEMENT: _answer,
    ClockEventKind.EXTEND: _extend,
    ClockEventKind.REAPPOINT: _reappoint,
}
