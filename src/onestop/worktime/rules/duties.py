"""The other terms the law sets around a dossier and the system (các thời hạn khác). Each cites its source.

Functions named `find_..._objections` return every reason, as codes; empty means it may be done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onestop.worktime.rules.calendar import WorkingCalendar
from onestop.worktime.rules.deadlines import due, start_of_clock, working_day_before, working_minutes_between
from onestop.worktime.rules.limits import TimeLimit, TimeUnit

SUPPLEMENT_WITHIN = TimeLimit(3, TimeUnit.WORKING_DAY)
OUTAGE_AHEAD = 7  # working days


class Level(StrEnum):
    """Who decides (cấp ban hành)."""

    PROVINCE = "province"  # tỉnh
    MINISTRY = "ministry"  # bộ


# -- R3, R5, R6: supplement, refusal, apology -----------------------------------------------------


def supplement_request_due(calendar: WorkingCalendar, received_at: datetime) -> datetime:
    """R3: a supplement may be asked for until 3 working days from reception. Decree 61/2018 Art 19(4).

    A sector's own law may say otherwise.
    """
    return due(calendar, start_of_clock(calendar, received_at), SUPPLEMENT_WITHIN)


def find_refusal_objections(
    *, at: datetime, due_at: datetime, reasons: Sequence[str], is_written: bool = True
) -> tuple[str, ...]:
    """R5: a refusal is written (form 03), gives its reasons and comes within the time limit. Decree 61/2018 Art 19."""
    found = []
    if not is_written:
        found.append("refusal.not_written")
    if not any(reason.strip() for reason in reasons):
        found.append("refusal.without_reason")
    if at > due_at:
        found.append("refusal.too_late")
    return tuple(found)


def latest_apology_on(calendar: WorkingCalendar, due_at: datetime) -> date:
    """R6: the last day for the written apology: one day before the due day. Decree 61/2018 Art 19(9)."""
    return calendar.local(due_at).date() - timedelta(days=1)


def find_reappointment_objections(
    calendar: WorkingCalendar, *, at: datetime, due_at: datetime, new_at: datetime, earlier: int
) -> tuple[str, ...]:
    """R6: apologise at latest one day before the due day; re-appoint once at most. Decree 61/2018 Art 19(9).

    `earlier`: how often it was re-appointed already. The new date must come after the due moment, in office time.
    """
    found = []
    if earlier >= 1:
        found.append("reappointment.only_once")
    if calendar.local(at).date() > latest_apology_on(calendar, due_at):
        found.append("reappointment.too_late")
    if new_at <= due_at:
        found.append("reappointment.not_later")
    if not calendar.is_office_time(new_at):
        found.append("reappointment.outside_office_time")
    return tuple(found)


# -- R7, R8: other units --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsultationVerdict:
    """How a consultation stands (lấy ý kiến): due when, late by how many working minutes, must it be reported."""

    due_at: datetime
    is_late: bool
    late_minutes: int
    is_reported: bool  # the lead tells the head of the one-stop that sent the dossier
    delays_lead: bool  # always False: the delay is the consulted unit's


def consultation_verdict(
    calendar: WorkingCalendar, *, asked_at: datetime, limit: TimeLimit, answered_at: datetime | None, now: datetime
) -> ConsultationVerdict:
    """R7: a late opinion is reported to the head of the one-stop and is the consulted unit's delay.

    Decree 61/2018 Art 19(5). `answered_at` after `now` counts as not yet answered.
    """
    due_at = due(calendar, asked_at, limit)
    until = answered_at if answered_at is not None and answered_at <= now else now
    is_late = until > due_at
    late_minutes = working_minutes_between(calendar, due_at, until) if is_late else 0
    return ConsultationVerdict(due_at, is_late, late_minutes, is_reported=is_late, delays_lead=False)


class Channel(StrEnum):
    """How an interlinked dossier goes to several units (liên thông)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class UnitTask:
    """What one unit has to do in an interlinked dossier, and its time."""

    unit_code: str
    task: str
    limit: TimeLimit
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class UnitTerm:
    """From when and until when one unit has its turn."""

    unit_code: str
    starts_at: datetime
    due_at: datetime


def find_interlinked_objections(tasks: Sequence[UnitTask], channel: Channel) -> tuple[str, ...]:
    """R8: each unit with its task; an electronic dossier names one lead. Decree 61/2018 Art 19(6)(7)."""
    found = []
    if not tasks:
        found.append("interlinked.no_unit")
    if any(not item.task.strip() for item in tasks):
        found.append("interlinked.without_task")
    if len({item.unit_code for item in tasks}) < len(tasks):
        found.append("interlinked.unit_named_twice")
    if channel is Channel.ELECTRONIC and tasks and sum(item.is_lead for item in tasks) != 1:
        found.append("interlinked.one_lead")
    return tuple(found)


def plan_interlinked(
    calendar: WorkingCalendar, *, start: datetime, tasks: Iterable[UnitTask], channel: Channel
) -> tuple[UnitTerm, ...]:
    """R8: on paper one unit after the other, as ordered; electronically all at once. Decree 61/2018 Art 19(6)(7)."""
    terms: list[UnitTerm] = []
    for item in tasks:
        starts_at = terms[-1].due_at if terms and channel is Channel.PAPER else start
        terms.append(UnitTerm(item.unit_code, starts_at, due(calendar, starts_at, item.limit)))
    return tuple(terms)


# -- R9: settled at once --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SlipDuty:
    """What reception owes the applicant and the system."""

    slip: bool
    record: bool = True


def slip_duty(*, is_settled_at_once: bool, is_asked_for: bool = False) -> SlipDuty:
    """R9: settled at once needs no slip unless the applicant asks; the record is a must. Decree 61/2018 Art 17(4)."""
    return SlipDuty(slip=is_asked_for or not is_settled_at_once)


# -- R10: feedback and petitions ------------------------------------------------------------------


class FeedbackStep(StrEnum):
    """A step with a term in handling feedback and petitions (phản ánh, kiến nghị)."""

    REFUSE = "refuse"  # từ chối tiếp nhận
    ASK_DETAIL = "ask_detail"  # yêu cầu làm rõ
    ANSWER = "answer"  # trả lời
    PUBLISH = "publish"  # công khai câu trả lời


FEEDBACK_LIMITS = {
    FeedbackStep.REFUSE: TimeLimit(2, TimeUnit.WORKING_DAY),
    FeedbackStep.ASK_DETAIL: TimeLimit(5, TimeUnit.WORKING_DAY),
    FeedbackStep.ANSWER: TimeLimit(15, TimeUnit.WORKING_DAY),
    FeedbackStep.PUBLISH: TimeLimit(2, TimeUnit.WORKING_DAY),
}


def feedback_due(calendar: WorkingCalendar, *, step: FeedbackStep, since: datetime) -> datetime:
    """R10: 2, 5, 15 and 2 working days from the moment the step may begin. Decision 766/QĐ-TTg, group of feedback."""
    return due(calendar, start_of_clock(calendar, since), FEEDBACK_LIMITS[step])


# -- R11, R12: announcing, publishing, outages ----------------------------------------------------

ANNOUNCE_AHEAD = {Level.PROVINCE: 5, Level.MINISTRY: 20}  # working days before it takes effect
PUBLISH_WITHIN = {Level.PROVINCE: 5, Level.MINISTRY: 10}  # working days after the decision


def latest_announcement_on(calendar: WorkingCalendar, *, effective_on: date, level: Level) -> date:
    """R11: the last day to sign the announcing decision: 5 (province) or 20 (ministry) working days before effect.

    Decree 63/2010 Art 15; indicator of Decision 766/QĐ-TTg.
    """
    return working_day_before(calendar, effective_on, ANNOUNCE_AHEAD[level])


def latest_publication_on(calendar: WorkingCalendar, *, decided_on: date, level: Level) -> date:
    """R11: the last day to make a procedure public: 5 (province) or 10 (ministry) working days after the decision.

    Decree 63/2010 Art 24; indicator of Decision 766/QĐ-TTg.
    """
    after = calendar.working_days_until(decided_on + timedelta(days=1))
    return calendar.working_day(after + PUBLISH_WITHIN[level] - 1)


def find_announcement_objections(
    calendar: WorkingCalendar, *, decided_on: date, effective_on: date, published_on: date | None, level: Level
) -> tuple[str, ...]:
    """R11 as a verdict: announced in time, published in time. Decree 63/2010 Art 15, 24."""
    found = []
    if decided_on > latest_announcement_on(calendar, effective_on=effective_on, level=level):
        found.append("announcement.too_late")
    if published_on is None:
        found.append("publication.missing")
    elif published_on > latest_publication_on(calendar, decided_on=decided_on, level=level):
        found.append("publication.too_late")
    return tuple(found)


def latest_outage_notice_on(calendar: WorkingCalendar, *, outage_on: date) -> date:
    """R12: the last day to give notice of a planned outage: 7 working days ahead. Decree 224/2026 Art 13."""
    return working_day_before(calendar, outage_on, OUTAGE_AHEAD)


def find_outage_objections(calendar: WorkingCalendar, *, told_on: date | None, outage_on: date) -> tuple[str, ...]:
    """R12 as a verdict. Decree 224/2026 Art 13."""
    if told_on is None:
        return ("outage.not_told",)
    return ("outage.told_too_late",) if told_on > latest_outage_notice_on(calendar, outage_on=outage_on) else ()
