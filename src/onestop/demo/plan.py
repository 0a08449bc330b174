"""The plan of 2026 on the stage: drafted, cascaded, signed, amended; tasks in every state; reports; a signed review.

The targets of full-process and wholly online dossiers are the national ones (`plans/data/targets.csv`); the others, and
those of single communes, are made up and say so in their document.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import resources

from onestop.accounts.rules import Principal, Role
from onestop.demo.cast import CO_TO, HONG_GAI, VAN_DON
from onestop.demo.papers import scan
from onestop.demo.stage import Stage, moment
from onestop.documents.operations import keep_upload
from onestop.plans.operations.cascading import cascade_target
from onestop.plans.operations.drafting import LineGiven, set_line
from onestop.plans.operations.importing import import_targets
from onestop.plans.operations.reports import accept_report, report_goal
from onestop.plans.operations.reviewing import sign_review
from onestop.plans.operations.signing import amend_plan, sign_plan
from onestop.plans.operations.tasks import TaskGiven, accept_task, hand_in, set_task
from onestop.plans.rules.cascade import Spread
from onestop.plans.rules.reports import Told

Officer = Callable[[datetime], Principal]
YEAR = 2026
TOP = "H49"
DOCUMENT = "(mô phỏng) Kế hoạch năm 2026 của UBND tỉnh về nâng cao chất lượng dịch vụ công"
OWN = (("ON_TIME_BY_LAW", 95, 3, "2"), ("DIGITISED_AT_RECEPTION", 90, 2, "3"))
OTHERS = (
    ("PROCEDURES_CUT", 120, 2, "4", Spread.EQUAL),
    ("LATE_DOSSIERS", 500, 2, "4", Spread.EQUAL),
    ("MEDIAN_DAYS", 10, 1, "4", Spread.INHERIT),
    ("INTERNAL_PROCESSES_PUBLISHED", 1, 1, "4", Spread.INHERIT),
)
BY_HAND = ((HONG_GAI, 80), (CO_TO, 65), (VAN_DON, 65))


def make_plan(ready: Stage, at: datetime) -> None:
    """Play the plan's year up to `at`."""
    _draft(ready)
    _sign(ready, "2026-01-12 09:00")
    if at > moment("2026-07-10 12:00"):
        _work(ready)
        _amend(ready)
        by, given = _officer(ready, TOP, Role.AUDITOR), moment("2026-07-10 09:00")
        due = at + timedelta(days=2)
        _give(ready, "Rà soát quy trình để trả kết quả trước hạn", "ON_TIME_BY_LAW", due, by(given), given)


def _draft(ready: Stage) -> None:
    by, at = _officer(ready, TOP, Role.AUDITOR), moment("2026-01-05 08:30")
    table = resources.files("onestop.plans.data").joinpath("targets.csv").read_bytes()
    import_targets(data=table, year=YEAR, by=by(at), at=at)
    for indicator, percent, weight, page in OWN:
        line = LineGiven(TOP, indicator, Decimal(percent), DOCUMENT, page, weight)
        set_line(year=YEAR, line=line, by=by(at), at=at)
    for name, percent in BY_HAND:
        line = LineGiven(ready.unit_code(name), "FULL_PROCESS", Decimal(percent), DOCUMENT, "5 (phụ lục)", 2)
        set_line(year=YEAR, line=line, by=by(at), at=at)
    for indicator, spread in (
        ("FULL_PROCESS", Spread.SCALE),
        ("WHOLLY_ONLINE", Spread.SCALE),
        ("ON_TIME_BY_LAW", Spread.INHERIT),
        ("DIGITISED_AT_RECEPTION", Spread.INHERIT),
    ):
        cascade_target(year=YEAR, indicator=indicator, spread=spread, by=by(at), at=at)
    for measure, target, weight, page, spread in OTHERS:
        line = LineGiven(TOP, measure, Decimal(target), DOCUMENT, page, weight)
        set_line(year=YEAR, line=line, by=by(at), at=at)
        cascade_target(year=YEAR, indicator=measure, spread=spread, by=by(at), at=at)


def _sign(ready: Stage, when: str) -> None:
    sign_plan(year=YEAR, by=_officer(ready, TOP, Role.LEADER)(moment(when)), at=moment(when))


def _amend(ready: Stage) -> None:
    by, at = _officer(ready, TOP, Role.AUDITOR), moment("2026-07-06 10:00")
    reason = "Sơ kết 6 tháng: nâng chỉ tiêu số hóa hồ sơ ngay khi tiếp nhận."
    amend_plan(year=YEAR, reason=reason, by=by(at), at=at)
    line = LineGiven(TOP, "DIGITISED_AT_RECEPTION", Decimal(92), DOCUMENT, "3", 2)
    set_line(year=YEAR, line=line, by=by(at), at=at)
    cascade_target(year=YEAR, indicator="DIGITISED_AT_RECEPTION", spread=Spread.INHERIT, by=by(at), at=at)
    _sign(ready, "2026-07-08 09:00")


def _work(ready: Stage) -> None:
    """One task done and accepted, one left to grow late; the first quarter reviewed."""
    unit = ready.unit_code(HONG_GAI)
    auditor, leader = _officer(ready, TOP, Role.AUDITOR), _officer(ready, unit, Role.LEADER)
    begun, done, accepted, signed = (
        moment(text) for text in ("2026-02-02 08:00", "2026-03-20 10:00", "2026-03-23 09:00", "2026-04-03 09:00")
    )
    by, due = auditor(begun), moment("2026-03-31 17:00")
    first = _give(ready, "Bố trí máy quét tại Bộ phận Một cửa", "DIGITISED_AT_RECEPTION", due, by, begun)
    due = moment("2026-06-30 17:00")
    _give(ready, "Hướng dẫn người dân nộp hồ sơ bằng điện thoại", "FULL_PROCESS", due, by, begun)
    file = keep_upload(name="bien-ban-lap-dat.pdf", data=scan("Biên bản lắp đặt máy quét", "UBND phường Hồng Gai"))
    hand_in(task_id=first, files=[file], note="Đã lắp hai máy quét.", by=leader(done), at=done)
    accept_task(task_id=first, by=auditor(accepted), at=accepted)
    report, judged = (
        _tell(ready, "INTERNAL_PROCESSES_PUBLISHED", leader, "2026-03-30 09:00"),
        moment("2026-03-31 09:00"),
    )
    accept_report(report_id=report, by=auditor(judged), at=judged)
    _tell(ready, "PROCEDURES_CUT", leader, "2026-04-01 09:00")
    sign_review(year=YEAR, unit=unit, quarter=1, by=leader(signed), at=signed)


def _tell(ready: Stage, measure: str, leader: Officer, when: str) -> int:
    """The ward tells that one is done; it waits until somebody else accepts it."""
    unit, at = ready.unit_code(HONG_GAI), moment(when)
    file = keep_upload(name="minh-chung.pdf", data=scan("Minh chứng", f"UBND phường Hồng Gai: {measure}"))
    told = Told(Decimal(1), at.date(), has_evidence=True)
    row = report_goal(year=YEAR, unit=unit, measure=measure, told=told, file=file, by=leader(at), at=at)
    return int(row.pk)


def _give(ready: Stage, title: str, indicator: str, due: datetime, by: Principal, at: datetime) -> int:
    task = TaskGiven(ready.unit_code(HONG_GAI), title, indicator, due_on=due.date())
    return int(set_task(year=YEAR, task=task, by=by, at=at).pk)


def _officer(ready: Stage, unit: str, role: Role) -> Officer:
    return lambda at: ready.officer(unit, role, at)
