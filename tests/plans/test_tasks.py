"""Tasks: given, reported with evidence, accepted by somebody else; reminders; the signed review of a quarter."""

from datetime import date
from decimal import Decimal

import pytest

from onestop.demo.papers import scan
from onestop.demo.stage import moment
from onestop.documents.operations import keep_upload
from onestop.documents.ports import store
from onestop.dossiers.queries.audits import audit_journal
from onestop.errors import Invalid, NotFound, Refused
from onestop.journal.queries import list_register
from onestop.plans.operations.reminding import remind
from onestop.plans.operations.reviewing import sign_review
from onestop.plans.operations.tasks import TaskGiven, accept_task, hand_in, send_task_back, set_task
from onestop.plans.queries.plans import get_plan
from onestop.plans.queries.reviews import compose_review, find_review
from onestop.plans.queries.tasks import get_task, list_reminders, list_tasks
from onestop.plans.rules.duties import Nearness
from onestop.plans.rules.kinds import TaskState
from onestop.validation.queries import verify_pdf
from onestop.worktime.rules import TimeLimit
from tests.plans.conftest import YEAR, Office

GIVEN, DONE, LATER = "2026-02-02 08:00", "2026-03-20 10:00", "2026-03-23 09:00"


@pytest.fixture
def task(office: Office) -> int:
    """A task for the leader of Hồng Gai, due on 31 March."""
    office.set("H49", "FULL_PROCESS", "70")
    office.set(office.unit(), "FULL_PROCESS", "75")
    office.sign("2026-01-12 09:00")
    given = TaskGiven(office.unit(), "Hướng dẫn nộp trực tuyến", "FULL_PROCESS", due_on=date(2026, 3, 31))
    return int(set_task(year=YEAR, task=given, by=office.by("kiemsoat", GIVEN), at=moment(GIVEN)).pk)


def report(office: Office, task: int, username: str = "quang", at: str = DONE) -> None:
    file = keep_upload(name="bao-cao.pdf", data=scan("Báo cáo", "UBND phường Hồng Gai"))
    hand_in(task_id=task, files=[file], by=office.by(username, at), at=moment(at))


def state(office: Office, task: int, at: str) -> TaskState:
    rows = list_tasks(by=office.by("kiemsoat", at), at=moment(at))
    return next(row.state for row in rows if row.task.pk == task)


def test_a_task_s_life(office: Office, task: int) -> None:
    assert get_task(task, by=office.by("quang", GIVEN)).post.code == f"{office.unit()}.CT"  # who answers for the line
    assert state(office, task, "2026-03-31 16:59") is TaskState.OPEN
    assert state(office, task, "2026-03-31 17:01") is TaskState.LATE
    report(office, task)
    assert state(office, task, LATER) is TaskState.DONE
    send_task_back(task_id=task, reason="Thiếu ảnh", by=office.by("kiemsoat", LATER), at=moment(LATER))
    assert state(office, task, LATER) is TaskState.OPEN
    report(office, task, at="2026-03-24 08:00")
    accept_task(task_id=task, by=office.by("kiemsoat", "2026-03-24 09:00"), at=moment("2026-03-24 09:00"))
    assert state(office, task, "2026-04-30 09:00") is TaskState.ACCEPTED
    kinds = [entry.kind for entry in list_register(get_plan(YEAR).register)]
    assert kinds[-5:] == [
        "plan_task_set", "plan_task_hand_in", "plan_task_send_back", "plan_task_hand_in", "plan_task_accept",
    ]  # fmt: skip
    assert audit_journal().holds


def test_who_answers_does_not_accept_the_own_evidence(office: Office, task: int) -> None:
    report(office, task)
    with pytest.raises(Refused) as caught:
        accept_task(task_id=task, by=office.by("quang", LATER), at=moment(LATER))
    assert caught.value.reasons == ("task.own_evidence",)
    accept_task(task_id=task, by=office.by("lanhdao", LATER), at=moment(LATER))


@pytest.mark.parametrize("username", ["long.coto", "minh", "kiemsoat"])
def test_only_the_post_it_is_given_to_reports_it(office: Office, task: int, username: str) -> None:
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        report(office, task, username)


def test_a_stranger_does_not_even_see_it(office: Office, task: int) -> None:
    stranger = office.by("long.coto", GIVEN)
    assert not list_tasks(by=stranger, at=moment(GIVEN))
    with pytest.raises(NotFound):
        get_task(task, by=stranger)
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        accept_task(task_id=task, by=stranger, at=moment(LATER))


def test_nothing_is_done_without_something_to_show(office: Office, task: int) -> None:
    with pytest.raises(Refused) as caught:
        hand_in(task_id=task, files=[], by=office.by("quang", DONE), at=moment(DONE))
    assert caught.value.reasons == ("task.no_evidence",)
    with pytest.raises(Refused, match=r"task\.not_done_yet"):
        accept_task(task_id=task, by=office.by("kiemsoat", DONE), at=moment(DONE))


def test_a_task_is_due_by_the_legal_clock(office: Office, task: int) -> None:
    """Five working days from Friday 13 February: Tết lies between (16-20 February 2026)."""
    unit = office.unit()
    given = TaskGiven(unit, "Gấp", post=f"{unit}.CT", limit=TimeLimit.parse("5 working days"))
    at = "2026-02-13 09:00"
    row = set_task(year=YEAR, task=given, by=office.by("quang", at), at=moment(at))
    assert row.due_at == moment("2026-02-27 17:00")
    saturday = TaskGiven(unit, "Ngày nghỉ", post=f"{unit}.CT", due_on=date(2026, 3, 7))
    assert set_task(year=YEAR, task=saturday, by=office.by("quang", at), at=moment(at)).due_at == moment(
        "2026-03-09 17:00"
    )


def test_every_fault_of_a_task_at_once(office: Office, task: int) -> None:
    given = TaskGiven(office.unit(), " ", "NOTHING")
    with pytest.raises(Invalid) as caught:
        set_task(year=YEAR, task=given, by=office.by("kiemsoat", GIVEN), at=moment(GIVEN))
    assert [fault.field for fault in caught.value.faults] == ["title", "indicator", "post", "due_on"]


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2026-03-25 09:00", None),
        ("2026-03-26 09:00", Nearness.SOON),
        ("2026-03-31 09:00", Nearness.TODAY),
        ("2026-04-01 09:00", Nearness.LATE),
    ],
)
def test_reminders(office: Office, task: int, at: str, wanted: Nearness | None) -> None:
    found = list_reminders(at=moment(at), by=office.by("quang", at))
    assert [item.nearness for item in found] == ([wanted] if wanted else [])
    assert list_reminders(at=moment(at), by=office.by("long.coto", at)) == []


def test_what_waits_reminds_who_may_accept_it(office: Office, task: int) -> None:
    report(office, task)
    assert list_reminders(at=moment(LATER), by=office.by("quang", LATER)) == []
    waiting = list_reminders(at=moment(LATER), by=office.by("kiemsoat", LATER))
    assert [item.nearness for item in waiting] == [Nearness.WAITS]


def test_the_background_task_reminds_once_a_reason(office: Office, task: int) -> None:
    days = ("03-20", "03-26", "03-27", "03-31", "04-01", "04-02")
    assert [remind(at=moment(f"2026-{day} 07:30")) for day in days] == [0, 1, 0, 1, 1, 0]


def test_the_background_task_is_known_to_the_queue() -> None:
    from procrastinate.contrib.django import app

    from onestop.plans import tasks

    assert tasks.remind_of_tasks.name in app.tasks
    assert [
        item.cron
        for item in app.periodic_registry.periodic_tasks.values()
        if item.task.name.endswith("remind_of_tasks")
    ]


# -- the review of a quarter -----------------------------------------------------------------------
def test_the_review_is_signed_by_the_leader_once_the_quarter_is_over(office: Office, task: int) -> None:
    unit, at = office.unit(), "2026-04-03 09:00"
    with pytest.raises(Refused, match=r"plan\.quarter_not_over"):
        sign_review(year=YEAR, unit=unit, quarter=1, by=office.by("quang", DONE), at=moment(DONE))
    sheet = sign_review(year=YEAR, unit=unit, quarter=1, by=office.by("quang", at), at=moment(at))
    checked = verify_pdf(store().get(sheet.sha256))
    assert checked.valid
    assert [signature.signer for signature in checked.signatures] == ["Trần Quang Huy"]
    assert find_review(get_plan(YEAR), unit=unit, quarter=1) == sheet
    with pytest.raises(Refused, match=r"plan\.review_signed"):
        sign_review(year=YEAR, unit=unit, quarter=1, by=office.by("quang", at), at=moment(at))


@pytest.mark.parametrize("username", ["lanhdao", "kiemsoat", "long.coto", "minh"])
def test_nobody_else_signs_a_unit_s_review(office: Office, task: int, username: str) -> None:
    at = "2026-04-03 09:00"
    with pytest.raises(Refused, match=r"plan\.not_permitted"):
        sign_review(year=YEAR, unit=office.unit(), quarter=1, by=office.by(username, at), at=moment(at))


def test_the_review_says_what_the_plan_in_force_then_says(office: Office, task: int) -> None:
    content = compose_review(
        get_plan(YEAR), unit=office.unit(), quarter=1, at=moment("2026-04-03 09:00"), signer=office.by("quang", DONE)
    )
    assert content["period"] == "Quý I năm 2026"
    assert [(row["target"], row["counted"], row["word"]) for row in content["rows"]] == [
        ("75,0 %", "–", "Chưa có số liệu")
    ]
    assert [(row["title"], row["word"]) for row in content["tasks"]] == [("Hướng dẫn nộp trực tuyến", "Quá hạn")]
    with pytest.raises(Refused, match=r"plan\.quarter_to_come"):
        compose_review(get_plan(YEAR), unit=office.unit(), quarter=3, at=moment(DONE), signer=None)


@pytest.mark.parametrize(
    ("value", "words"),
    [("0.05", "+0,1 %"), ("-6.449", "−6,4 %"), ("0", "0,0 %"), ("-0.04", "0,0 %"), ("100", "+100,0 %")],
)
def test_how_a_gap_is_worded(value: str, words: str) -> None:
    from onestop.plans.rules.wording import percent

    assert percent(Decimal(value), signed=True) == words
