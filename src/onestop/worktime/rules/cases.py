"""One case put to the clock from outside: received, limit, suspensions, perhaps a fresh start; answered in one go.

The same answer as `run_clock` gives for the same events, without replaying them: for thousands of cases at once.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from onestop.errors import Fault, Invalid
from onestop.worktime.rules.calendar import WorkingCalendar
from onestop.worktime.rules.deadlines import add_working_minutes, due, start_of_clock, working_minutes_between
from onestop.worktime.rules.history import DueDates
from onestop.worktime.rules.lateness import RemainingTime, remaining
from onestop.worktime.rules.limits import TimeLimit

Period = tuple[datetime, datetime]


class Case(NamedTuple):
    """What is known of a dossier's clock.

    `restart_at`: when a supplement made the dossier complete. A suspension ending then is the waiting for it.
    """

    received_at: datetime
    limit: TimeLimit
    suspensions: tuple[Period, ...] = ()
    restart_at: datetime | None = None


class CaseAnswer(NamedTuple):
    """When the clock runs from (afresh after a supplement), both due moments, and whether the year may still change."""

    clock_from: datetime
    dates: DueDates
    is_provisional: bool


def answer_case(calendar: WorkingCalendar, case: Case) -> CaseAnswer:
    """Return both due moments: counted afresh from `restart_at` by law (R3), the waiting subtracted by indicator (R4).

    Raises `Invalid` naming everything out of order, `Refused` outside the calendar or for a limit in words.
    """
    received_at, limit, suspensions, restart_at = case
    clock_from = start_of_clock(calendar, received_at)
    moment = due(calendar, clock_from, limit)
    if suspensions or restart_at:
        return _with_history(calendar, case, clock_from, moment)
    return CaseAnswer(clock_from, DueDates(moment, moment), calendar.is_provisional(moment))


def remaining_in_case(calendar: WorkingCalendar, case: Case, answer: CaseAnswer, as_of: datetime) -> RemainingTime:
    """Return what is left of the legal time as of a moment; within a suspension the clock stands."""
    for begins, ends in case.suspensions:
        if begins <= as_of < ends:
            return remaining(calendar, ends, answer.dates.legal)
    return remaining(calendar, as_of, answer.dates.legal)


def _with_history(calendar: WorkingCalendar, case: Case, clock_from: datetime, moment: datetime) -> CaseAnswer:
    periods = sorted(case.suspensions)
    faults = tuple(_find_faults(case, periods))
    if faults:
        raise Invalid("case.out_of_order", faults=faults)
    restarted = start_of_clock(calendar, case.restart_at) if case.restart_at else None
    legal = due(calendar, restarted, case.limit) if restarted else moment
    indicator = moment
    for begins, ends in periods:
        runs_on = restarted if restarted and ends == case.restart_at else ends
        stood = max(0, working_minutes_between(calendar, begins, runs_on))
        indicator = add_working_minutes(calendar, indicator, stood)
        if case.restart_at is None or begins >= case.restart_at:
            legal = add_working_minutes(calendar, legal, stood)
    return CaseAnswer(
        restarted or clock_from, DueDates(legal, indicator), calendar.is_provisional(max(legal, indicator))
    )


def _find_faults(case: Case, periods: list[Period]) -> Iterator[Fault]:
    for begins, ends in periods:
        if ends <= begins:
            yield _fault("suspend", "suspension.ends_before_it_begins", begins, ends)
        if begins < case.received_at:
            yield _fault("suspend", "suspension.before_the_start", begins, ends)
        if case.restart_at is not None and begins < case.restart_at < ends:
            yield _fault("restart_at", "restart.while_suspended", begins, ends)
    for (_, ends), (begins, _) in pairwise(periods):
        if begins < ends:
            yield _fault("suspend", "suspension.overlaps", begins, ends)
    if case.restart_at is not None and case.restart_at < case.received_at:
        yield Fault("restart_at", "restart.before_the_start", {"at": case.restart_at.isoformat()})


def _fault(field: str, code: str, begins: datetime, ends: datetime) -> Fault:
    return Fault(field, code, {"begins": begins.isoformat(), "ends": ends.isoformat()})
