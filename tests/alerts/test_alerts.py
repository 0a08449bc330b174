"""Alerts from real figures: begun once, told to those who answer, over when it recovers; seen under rights."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onestop.alerts.models import Alert
from onestop.alerts.operations.episodes import raise_alert
from onestop.alerts.operations.judging import Judged, judge_figures, judge_machinery
from onestop.alerts.queries.alerts import list_all, list_lately_ended, list_open
from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.kinds import AlertKind
from onestop.demo.stage import moment
from onestop.facts.rules.reference import Deed
from onestop.indicators.models import CubeState
from onestop.indicators.operations.cube import rebuild_cube
from onestop.journal.models import LogQueue
from onestop.journal.queries import list_register
from onestop.notices.operations import make_messages
from tests.facts.journals import write
from tests.notices.test_messages import told
from tests.plans.conftest import Office, office  # noqa: F401  a fixture

BEGUN, NEXT, BETTER = (moment(f"2026-06-{day} 06:45") for day in ("15", "16", "30"))
UNIT = "H49.26"
CODE = "ON_TIME_BY_LAW"


def lives(first: int, count: int, filed: datetime, *, late: bool, unit: str = UNIT) -> list[Deed]:
    """Dossiers of one unit, finished within the limit of five days, or a day after it."""
    found = []
    for number in range(first, first + count):
        begin = filed + timedelta(hours=number % 200)
        end = begin + timedelta(days=6 if late else 2)
        said: dict[str, Any] = {
            "code": f"{unit}.01-{begin:%y%m%d}-{number:04d}", "procedure": "1.000656", "online_level": "full",
            "applicant_kind": "citizen", "channel": 2, "filer": "self", "agency": unit, "desk": f"{unit}.01",
            "parts": [], "paper": False, "fee": False,
        }  # fmt: skip
        due = {"due_at": (begin + timedelta(days=5)).isoformat()}
        steps = [("submit", begin, said), ("accept", begin, due), ("approve", end, {}), ("seal", end, {})]
        found += [Deed(number, n, kind, at, at, payload) for n, (kind, at, payload) in enumerate(steps, 1)]
    return found


@pytest.fixture
def slipping(office: Office) -> Office:  # noqa: F811
    """Hồng Gai is held to 90 % on time; of thirty dossiers in spring, half were late."""
    office.set(UNIT, CODE, "90")
    office.set("H49", CODE, "90")
    office.sign("2026-01-06 09:00")
    spring = datetime(2026, 4, 1, 2, tzinfo=UTC)
    write([*lives(1, 15, spring, late=True), *lives(16, 15, spring, late=False)])
    return office


def open_of(kind: AlertKind, unit: str = UNIT) -> list[Alert]:
    return [alert for alert in list_all() if alert.kind == kind and alert.unit.code == unit]


def test_an_episode_from_begin_to_end(slipping: Office) -> None:
    assert judge_figures(at=BEGUN).begun > 0
    (alert,) = open_of(AlertKind.TARGET_SLIPS)
    assert alert.begun_at == BEGUN
    assert alert.facts["now_percent"] == "50.0"
    assert alert.posts == [f"{UNIT}.CT"]
    assert judge_figures(at=NEXT) == Judged(0, 0), "told once, not each day again"
    summer = datetime(2026, 5, 1, 2, tzinfo=UTC)
    write([*lives(100, 900, summer, late=False)])
    assert judge_figures(at=BETTER).ended >= 2
    assert open_of(AlertKind.TARGET_SLIPS) == []
    alert.refresh_from_db()
    assert alert.ended_at == BETTER
    mine = [entry for entry in list_register("alerts") if entry.payload["unit"] == UNIT]
    slips = [entry.kind for entry in mine if entry.payload["kind"] == AlertKind.TARGET_SLIPS]
    assert slips == ["raise_alert", "end_alert"]


def test_it_is_told_to_those_who_answer_and_said_so_when_it_is_over(slipping: Office) -> None:
    judge_figures(at=BEGUN)
    judge_figures(at=NEXT)
    make_messages(at=NEXT)
    assert "alert_target_slips" in told("quang"), "by the plan, he answers for it"
    assert told("quang").count("alert_target_slips") == 1
    assert "alert_target_slips" not in told("long.coto")
    assert {"alert_target_slips", "alert_counts_differ"} & set(told("lan")) == set()
    write(lives(100, 900, datetime(2026, 5, 1, 2, tzinfo=UTC), late=False))
    judge_figures(at=BETTER)
    make_messages(at=BETTER)
    assert told("quang")[-1].startswith("over_")


def test_counts_that_differ_go_to_who_controls(slipping: Office) -> None:
    """Entries written past every operation have no dossier: journal and projection part."""
    judge_figures(at=BEGUN)
    assert open_of(AlertKind.COUNTS_DIFFER, "H49")
    make_messages(at=BEGUN)
    assert "alert_counts_differ" in told("kiemsoat")
    assert "alert_counts_differ" not in told("quang")


def test_gaming_is_told_to_auditors_and_the_head_alone(slipping: Office) -> None:
    finding = Finding(AlertKind.LOOKS_MADE, UNIT, "ENDED_IN_BULK", {"numerator": 9, "denominator": 10})
    raise_alert(finding, at=BEGUN)
    make_messages(at=BEGUN)
    assert told("kiemsoat") == told("quang") == ["alert_looks_made"]
    assert told("hoa") == told("lanhdao") == []
    seen = {name: list_open(by=slipping.by(name)) for name in ("kiemsoat", "quang", "hoa", "duc", "long.coto")}
    assert {name for name, alerts in seen.items() if alerts} == {"kiemsoat", "quang"}


def test_alerts_are_seen_by_who_has_the_unit(slipping: Office) -> None:
    judge_figures(at=BEGUN)
    seen = {name: {a.unit.code for a in list_open(by=slipping.by(name))} for name in ("quang", "lanhdao", "long.coto")}
    assert seen["quang"] == {UNIT}
    assert seen["lanhdao"] >= {UNIT, "H49"}
    assert seen["long.coto"] == set()
    assert list_lately_ended(by=slipping.by("quang"), since=BEGUN) == []


def test_what_stands_still_and_moves_on(slipping: Office) -> None:
    LogQueue.objects.all().delete()
    rebuild_cube(at=BEGUN)
    assert judge_machinery(at=BEGUN + timedelta(minutes=5)) == Judged(0, 0)
    later = BEGUN + timedelta(minutes=20)
    LogQueue.objects.all().delete()
    assert judge_machinery(at=later) == Judged(1, 0)
    assert [alert.kind for alert in list_all()] == [AlertKind.CUBE_STANDS]
    assert judge_machinery(at=later + timedelta(minutes=10)).begun == 0
    CubeState.objects.update(as_of=later + timedelta(minutes=19))
    LogQueue.objects.all().delete()
    assert judge_machinery(at=later + timedelta(minutes=20)) == Judged(0, 1)


def test_the_database_holds_one_open_alert_of_a_trouble(slipping: Office) -> None:
    finding = Finding(AlertKind.BELOW_FLOOR, UNIT, CODE)
    raise_alert(finding, at=BEGUN)
    with pytest.raises(IntegrityError), transaction.atomic():
        raise_alert(finding, at=NEXT)
    assert Alert.objects.count() == 1


def test_the_background_tasks_are_known_to_the_queue() -> None:
    from procrastinate.contrib.django import app

    from onestop.alerts import tasks as alerts
    from onestop.notices import tasks as notices
    from onestop.plans import tasks as plans

    ours = [
        alerts.judge_the_figures, alerts.judge_what_keeps_figures, notices.make_new_messages, notices.send_what_waits,
        plans.remind_of_the_plan,
    ]  # fmt: skip
    periodic = {item.task.name for item in app.periodic_registry.periodic_tasks.values()}
    assert {task.name for task in ours} <= periodic & set(app.tasks)
