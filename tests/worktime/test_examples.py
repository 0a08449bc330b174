"""The worked examples a lawyer can read, through the real code."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onestop.errors import Refused
from onestop.worktime import rules
from onestop.worktime.rules import (
    LOCAL_ZONE,
    Channel,
    ClockEvent,
    ClockEventKind,
    ClockState,
    FeedbackStep,
    Level,
    TimeLimit,
    TimeUnit,
    UnitTask,
    WorkingCalendar,
)

EXAMPLES = Path(__file__).parent / "examples"
WORDS = {"ask": ClockEventKind.ASK_SUPPLEMENT, "answer": ClockEventKind.ANSWER_SUPPLEMENT}


def read(name: str) -> list[Any]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert all(row["law"] and None not in row and None not in row.values() for row in rows)
    return [pytest.param(row, id=f"{row['rule']}: {row['case']}") for row in rows]


def at(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)


def read_event(text: str) -> ClockEvent:
    word, moment, *rest = text.split(maxsplit=2)
    kind = WORDS.get(word) or ClockEventKind(word)
    extra: dict[str, Any] = {}
    if kind is ClockEventKind.EXTEND:
        extra["limit"] = TimeLimit.parse(rest[0])
    if kind is ClockEventKind.REAPPOINT:
        extra["new_at"] = at(rest[0])
    return ClockEvent(kind, at(moment), ground="a law", **extra)


def run(cal: WorkingCalendar, row: dict[str, str]) -> ClockState:
    return rules.run_clock(
        cal, TimeLimit.parse(row["limit"]), [read_event(t.strip()) for t in row["events"].split(";")]
    )


@pytest.mark.parametrize("row", read("due.csv"))
def test_due(cal: WorkingCalendar, row: dict[str, str]) -> None:
    found = rules.promise(cal, at(row["received"]), TimeLimit.parse(row["limit"]))
    assert (found.clock_from, found.due_at) == (at(row["clock_from"]), at(row["due"]))
    assert found.due_at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("row", read("clock.csv"))
def test_clock(cal: WorkingCalendar, row: dict[str, str]) -> None:
    state = run(cal, row)
    assert state.dates
    assert state.dates.legal == at(row["legal"])
    assert state.dates.indicator == at(row["indicator"])
    assert state.appointed_at == at(row["appointed"])
    assert state.is_overdue_by_rounds is (row["overdue_by_rounds"] == "yes")


@pytest.mark.parametrize("row", read("refused.csv"))
def test_refused_with_all_reasons(cal: WorkingCalendar, row: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        run(cal, row)
    assert caught.value.code == row["code"]
    assert list(caught.value.reasons) == row["reasons"].split()


@pytest.mark.parametrize("row", read("duties.csv"))
def test_duty(cal: WorkingCalendar, row: dict[str, str]) -> None:
    word, *rest = row["duty"].split(maxsplit=1)
    assert DUTIES[word](cal, rest[0], row["given"]) == row["expected"]


def _shown(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _opinion(cal: WorkingCalendar, limit: str, given: str) -> str:
    asked, answered = given.split()
    found = rules.consultation_verdict(
        cal,
        asked_at=at(asked),
        limit=TimeLimit.parse(limit),
        answered_at=None if answered == "-" else at(answered),
        now=at("2026-03-09T17:00"),
    )
    assert not found.delays_lead
    return f"late {found.late_minutes}{' reported' * found.is_reported}" if found.is_late else "in time"


def _interlinked(cal: WorkingCalendar, channel: str, given: str) -> str:
    start, *days = given.split()
    tasks = [
        UnitTask(f"U{n}", "opinion", TimeLimit(int(day), TimeUnit.WORKING_DAY), is_lead=n == 0)
        for n, day in enumerate(days)
    ]
    assert rules.find_interlinked_objections(tasks, Channel(channel)) == ()
    terms = rules.plan_interlinked(cal, start=at(start), tasks=tasks, channel=Channel(channel))
    return " ".join(_shown(term.due_at) for term in terms)


def _refusal(_cal: WorkingCalendar, how: str, given: str) -> str:
    when, due_at, reason = given.split()
    found = rules.find_refusal_objections(
        at=at(when), due_at=at(due_at), reasons=[reason.strip("-")], is_written=how == "written"
    )
    return " ".join(found) or "allowed"


def _slip(_cal: WorkingCalendar, when: str, given: str) -> str:
    found = rules.slip_duty(is_settled_at_once=when == "at once", is_asked_for=given == "asked")
    assert found.record
    return "slip and record" if found.slip else "record only"


DUTIES: dict[str, Any] = {
    "supplement": lambda cal, _, given: _shown(rules.supplement_request_due(cal, at(given))),
    "apology": lambda cal, _, given: rules.latest_apology_on(cal, at(given)).isoformat(),
    "feedback": lambda cal, step, given: _shown(rules.feedback_due(cal, step=FeedbackStep(step), since=at(given))),
    "announce": lambda cal, level, given: rules.latest_announcement_on(
        cal, effective_on=date.fromisoformat(given), level=Level(level)
    ).isoformat(),
    "publish": lambda cal, level, given: rules.latest_publication_on(
        cal, decided_on=date.fromisoformat(given), level=Level(level)
    ).isoformat(),
    "outage": lambda cal, _, given: rules.latest_outage_notice_on(cal, outage_on=date.fromisoformat(given)).isoformat(),
    "opinion": _opinion,
    "interlinked": _interlinked,
    "refusal": _refusal,
    "slip": _slip,
}
