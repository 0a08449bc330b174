"""Reminders as messages: of tasks before, on and after the day; of reviews and of targets that nobody answers for."""

from datetime import date

import pytest

from onestop.demo.stage import moment
from onestop.journal.queries import list_register
from onestop.notices.operations import make_messages
from onestop.notices.rules.messages import MessageKind as Kind
from onestop.plans.operations.reminding import remind, remind_of_plan
from onestop.plans.operations.reviewing import sign_review
from onestop.plans.operations.tasks import TaskGiven, set_task
from onestop.plans.queries.plans import get_plan
from onestop.plans.rules.reminders import REGISTER, last_quarter_over, nobody_key
from tests.notices.test_messages import told
from tests.plans.conftest import YEAR, Office
from tests.plans.test_tasks import report

GIVEN = "2026-02-02 08:00"


@pytest.fixture
def planned(office: Office) -> Office:
    """Hồng Gai has a target, and its leader a task until the end of March."""
    office.set(office.unit(), "FULL_PROCESS", "75")
    office.sign("2026-01-06 09:00")
    return office


@pytest.fixture
def task(planned: Office) -> int:
    given = TaskGiven(planned.unit(), "Lắp máy quét", "FULL_PROCESS", due_on=date(2026, 3, 31))
    return int(set_task(year=YEAR, task=given, by=planned.by("kiemsoat", GIVEN), at=moment(GIVEN)).pk)


def test_before_on_and_after_the_day(planned: Office, task: int) -> None:
    for day in ("03-20", "03-26", "03-27", "03-31", "04-01", "04-02"):
        remind(at=moment(f"2026-{day} 07:30"))
    make_messages(at=moment("2026-04-02 08:00"))
    assert told("quang") == [Kind.TASK_GIVEN, Kind.TASK_SOON, Kind.TASK_TODAY, Kind.TASK_LATE]
    assert told("kiemsoat") == told("long.coto") == []


def test_what_waits_is_told_to_those_who_may_accept_it(planned: Office, task: int) -> None:
    report(planned, task)
    remind(at=moment("2026-03-23 07:30"))
    make_messages(at=moment("2026-03-23 08:00"))
    assert told("kiemsoat") == told("lanhdao") == [Kind.TASK_WAITS]
    assert told("quang") == [Kind.TASK_GIVEN]


def test_a_reminder_makes_no_page_of_the_plan_old(planned: Office, task: int) -> None:
    before = get_plan(YEAR).last_entry
    assert remind(at=moment("2026-03-26 07:30")) == 1
    assert get_plan(YEAR).last_entry == before
    assert [entry.kind for entry in list_register(REGISTER)] == ["plan_task_soon"]


def test_a_review_is_asked_for_once_from_who_leads_until_it_is_signed(planned: Office) -> None:
    assert remind_of_plan(at=moment("2026-03-31 07:30")) == 0, "the quarter is not over"
    assert remind_of_plan(at=moment("2026-04-01 07:30")) == 1
    assert remind_of_plan(at=moment("2026-04-02 07:30")) == 0
    make_messages(at=moment("2026-04-02 08:00"))
    assert told("quang") == [Kind.REVIEW_DUE]
    at = "2026-07-02 09:00"
    sign_review(year=YEAR, unit=planned.unit(), quarter=2, by=planned.by("quang", at), at=moment(at))
    assert remind_of_plan(at=moment("2026-07-03 07:30")) == 0, "signed already"


def test_targets_for_which_nobody_answers(office: Office) -> None:
    """The post that answers for Hà Tu is held by nobody: the control officer hears of it, once a quarter."""
    office.set(office.unit(), "FULL_PROCESS", "75")
    office.set(office.unit("Phường Hà Tu"), "FULL_PROCESS", "75")
    office.sign("2026-01-06 09:00")
    days = ("02-02", "02-03", "04-01", "04-02")
    kinds = [remind_of_plan(at=moment(f"2026-{day} 07:30")) for day in days]
    assert kinds == [1, 0, 2, 0]  # in April the review of Hồng Gai too
    make_messages(at=moment("2026-04-02 08:00"))
    assert told("kiemsoat") == [Kind.NOBODY_ANSWERS, Kind.NOBODY_ANSWERS]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2026, 1, 1), (2025, 4)),
        (date(2026, 3, 31), (2025, 4)),
        (date(2026, 4, 1), (2026, 1)),
        (date(2026, 12, 31), (2026, 3)),
    ],
)
def test_the_last_quarter_over(day: date, wanted: tuple[int, int]) -> None:
    assert last_quarter_over(day) == wanted


def test_a_new_version_and_a_new_quarter_are_told_anew() -> None:
    keys = [nobody_key(2026, version, date(2026, month, 1)) for version in (1, 2) for month in (1, 3, 4, 12)]
    assert len(set(keys)) == 6
