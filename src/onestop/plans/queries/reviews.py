"""The review sheet of a unit's quarter: what would stand on it, and the signed ones."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from onestop.accounts.rules import Principal
from onestop.agencies.models import Unit
from onestop.agencies.queries import get_post, get_unit
from onestop.agencies.rules import UnitKind
from onestop.documents.ports import typesetter
from onestop.documents.rules.wording import day, short_day, short_moment
from onestop.errors import NotFound, Refused
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.rules.outlook import Standing
from onestop.plans.models import Plan, ReviewSheet, Task
from onestop.plans.queries.goals import GoalProgress
from onestop.plans.queries.progress import LineProgress, UnitProgress, take_progress
from onestop.plans.queries.tasks import facts_of
from onestop.plans.rules import wording
from onestop.plans.rules.duties import task_state
from onestop.plans.rules.targets import Base

TEMPLATE = "quarterly_review"
COMMITTEES = frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE})


def quarter_of(day: date) -> int:
    """Return the quarter of a day, 1 to 4."""
    return (day.month - 1) // 3 + 1


def end_of_quarter(year: int, quarter: int) -> datetime:
    """Return the last moment of a quarter in the province. Raises `NotFound` for one that does not exist."""
    if quarter not in range(1, 5):
        raise NotFound("plan.no_quarter", quarter=quarter)
    following = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    return _begin_of_quarter(*following) - timedelta(microseconds=1)


def find_review(plan: Plan, *, unit: str, quarter: int) -> ReviewSheet | None:
    """Return the signed sheet of a unit's quarter, or None."""
    rows = ReviewSheet.objects.select_related("unit", "signed_by__account")
    return rows.filter(plan=plan, unit__code=unit, quarter=quarter).first()


def compose_review(plan: Plan, *, unit: str, quarter: int, at: datetime, signer: Principal | None) -> dict[str, Any]:
    """Return the content of a sheet: the year up to the quarter's end, by the plan in force then, as known then.

    Raises `Refused` before the quarter has begun, `NotFound` for a unit without targets.
    """
    as_of = min(at, end_of_quarter(plan.year, quarter))
    if at < _begin_of_quarter(plan.year, quarter):
        raise Refused("plan.quarter_to_come", quarter=quarter, year=plan.year)
    progress = take_progress(plan, as_of=as_of)
    found = progress.find(unit)
    if found is None or progress.version is None:
        raise NotFound("plan.no_line", unit=unit, indicator="")
    row = get_unit(unit)
    return {
        **_frame(row, plan, quarter, at, signer),
        "as_of": short_moment(as_of.astimezone(PROVINCE_ZONE)),
        "plan": f"Kế hoạch năm {plan.year}, bản số {progress.version.number}",
        "rows": [_row(line, as_of) for line in found.lines] + [_goal_row(goal) for goal in found.goals],
        "summary": _summary(found),
        "tasks": _tasks(plan, row, as_of),
    }


def preview_review(plan: Plan, *, unit: str, quarter: int, at: datetime, signer: Principal | None) -> bytes:
    """Return the sheet as it would be signed, without a signature."""
    return typesetter().typeset(TEMPLATE, compose_review(plan, unit=unit, quarter=quarter, at=at, signer=signer))


def _begin_of_quarter(year: int, quarter: int) -> datetime:
    return datetime(year, 3 * quarter - 2, 1, tzinfo=PROVINCE_ZONE)


def _frame(unit: Unit, plan: Plan, quarter: int, at: datetime, signer: Principal | None) -> dict[str, Any]:
    is_committee = UnitKind(unit.kind) in COMMITTEES
    place = unit.name().removeprefix(unit.type).strip() if is_committee else "Quảng Ninh"
    post = get_post(signer.post_code).name().upper() if signer and signer.post_code else "…"
    authority = {"authority": "TM. ỦY BAN NHÂN DÂN"} if is_committee else {}
    above = "Ủy ban nhân dân tỉnh Quảng Ninh" if not is_committee else "Tỉnh Quảng Ninh"
    mark = {"simulated": settings.SIMULATED_MARK} if settings.SIMULATED_MARK else {}
    return {
        "agency": unit.agency_name(),
        **({} if UnitKind(unit.kind) is UnitKind.PROVINCE else {"agency_above": above}),
        "place": place,
        "on": day(at.astimezone(PROVINCE_ZONE).date()),
        "dossier_code": f"KH{plan.year}-Q{quarter}-{unit.code}",
        "look_up": f"{settings.PUBLIC_ADDRESS}/ke-hoach/?nam={plan.year}&don-vi={unit.code}",
        "number": f"{quarter:02d}/PRS-{plan.year}",
        "period": wording.period(plan.year, quarter),
        "method": wording.METHOD,
        "signer": {**authority, "post": post, "name": signer.name if signer else "…"},
        "recipients": ["UBND tỉnh (báo cáo);", "Lưu: VT."],
        **mark,
    }


def _row(line: LineProgress, as_of: datetime) -> dict[str, str]:
    judged = line.judgement
    base = Base(line.figure.numerator, line.figure.denominator) if line.figure else Base(0, 0)
    definition = get_definition(line.indicator, on=as_of.astimezone(PROVINCE_ZONE).date())
    missed = {"missed_on": wording.missed(judged.missed_on)} if judged.missed_on else {}
    return {
        "indicator": definition.wording["vi"].name,
        **_answers(line.post),
        "target": wording.percent(line.target),
        "counted": wording.counted(base) if base.denominator else wording.NOTHING,
        "reached": wording.percent(judged.percent),
        "gap": wording.percent(judged.gap, signed=True),
        "forecast": wording.percent(judged.forecast),
        "word": wording.STANDINGS[judged.standing],
        **missed,
    }


def _goal_row(goal: GoalProgress) -> dict[str, str]:
    measure, judged = goal.measure, goal.judgement
    return {
        "indicator": measure.words["vi"].name,
        **_answers(goal.post),
        "target": wording.side(measure, goal.target),
        "counted": wording.BY_HAND if goal.is_by_hand else wording.MEASURED,
        "reached": wording.amount(measure, goal.value),
        "gap": wording.amount(measure, judged.gap, signed=True),
        "forecast": wording.amount(measure, judged.forecast),
        "word": wording.STANDINGS[judged.standing],
    }


def _answers(post: str) -> dict[str, str]:
    return {"answers": post} if post else {}


def _summary(found: UnitProgress) -> str:
    standings = [line.judgement.standing for line in found.lines] + [goal.judgement.standing for goal in found.goals]
    counts = {standing: standings.count(standing) for standing in Standing}
    return wording.summary(found.whole.attained, found.whole.known, found.whole.weight, counts)


def _tasks(plan: Plan, unit: Unit, as_of: datetime) -> list[dict[str, str]]:
    rows = Task.objects.select_related("plan", "post").prefetch_related("evidence")
    return [
        {
            "title": task.title,
            "post": task.post.name(),
            "evidence": wording.evidence([file.file_name for file in task.evidence.all() if file.added_at <= as_of]),
            "due": short_day(task.due_at.astimezone(PROVINCE_ZONE).date()),
            "word": wording.TASKS[task_state(facts_of(task), as_of)],
        }
        for task in rows.filter(plan=plan, unit=unit, set_at__lte=as_of)
    ]
