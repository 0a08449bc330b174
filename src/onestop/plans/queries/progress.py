"""Progress against the plan in force at a moment: every line with its figure, its word, its trend (tiến độ).

The figures are those of `indicators`: nothing is counted here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from onestop.agencies.models import Unit
from onestop.agencies.rules import UnitKind
from onestop.indicators.queries.figures import Survey, list_figures, list_rows, take_survey
from onestop.indicators.rules.definitions import Subject
from onestop.indicators.rules.figures import Figure
from onestop.indicators.rules.periods import PROVINCE_ZONE
from onestop.plans.models import Plan, PlanLine, PlanVersion
from onestop.plans.queries.goals import GoalProgress, list_goals
from onestop.plans.queries.plans import find_version_in_force, list_lines
from onestop.plans.queries.reference import heirs_on
from onestop.plans.rules.pace import Judgement, Month, judge
from onestop.plans.rules.rollup import Part, Whole, attained, roll_up
from onestop.plans.rules.successions import carry_over, find_heirs
from onestop.plans.rules.targets import Base

TREND_MONTHS = 6

Figures = dict[tuple[str, str], Figure]
Counted = dict[tuple[str, str], Base]


@dataclass(frozen=True, slots=True)
class LineProgress:
    """One target with what became of it. `carried` names the units that ended, whose target this unit took over."""

    unit: str
    unit_kind: str
    unit_names: dict[str, str]
    indicator: str
    target: Decimal
    weight: int
    document: str
    page: str
    post: str
    figure: Figure | None
    judgement: Judgement
    trend: tuple[float | None, ...]
    carried: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """The line as the roll-up takes it."""
        done = attained(self.judgement.percent, Fraction(self.target))
        return Part(self.weight, done, self.judgement.standing)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit with all its lines and what they come to together."""

    unit: str
    kind: str
    names: dict[str, str]
    lines: tuple[LineProgress, ...]
    whole: Whole
    goals: tuple[GoalProgress, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of a plan at a moment. `version` is None if none was in force; then there are no units."""

    plan: Plan
    version: PlanVersion | None
    as_of: datetime
    units: tuple[UnitProgress, ...] = ()

    def find(self, unit: str) -> UnitProgress | None:
        """Return one unit, or None."""
        return next((item for item in self.units if item.unit == unit), None)


def take_progress(plan: Plan, *, as_of: datetime) -> Progress:
    """Judge every line of the version in force at `as_of` by what was known then. Past the year: by its end."""
    moment = min(as_of, _start(date(plan.year + 1, 1, 1)) - timedelta(microseconds=1))
    version = find_version_in_force(plan, as_of)
    if version is None:
        return Progress(plan, None, moment)
    every = list(list_lines(version))
    lines = [line for line in every if line.is_share]
    codes = sorted({line.indicator for line in lines})
    day = moment.astimezone(PROVINCE_ZONE).date()
    now = _figures(take_survey(as_of=moment, period_from=_start(date(plan.year, 1, 1)), codes=codes), plan.unit.code)
    months = _months(plan, moment, codes)
    judged = [_judged(line, now, months, day, plan.year) for line in _in_force(lines, day)]
    others = [line for line in every if not line.is_share]
    goals = list_goals(plan, others, as_of=moment, day=day, begin=_start(date(plan.year, 1, 1)))
    return Progress(plan, version, moment, _by_unit(judged, goals))


@dataclass(frozen=True, slots=True)
class _Line:
    """A target on the map of a day."""

    unit: Unit
    first: PlanLine
    target: Decimal
    carried: tuple[str, ...]


def _in_force(lines: Sequence[PlanLine], day: date) -> Iterable[_Line]:
    """Return the targets on the map of `day`: those of units that ended are carried to who stands for them."""
    heirs = heirs_on(day)
    standing = {line.unit.code: find_heirs(line.unit.code, heirs) for line in lines}
    codes = {heir for found in standing.values() for heir in found}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for indicator in dict.fromkeys(line.indicator for line in lines):
        of_it = [line for line in lines if line.indicator == indicator]
        for item in carry_over([line.assigned for line in of_it], heirs):
            parts = [line for line in of_it if item.unit in standing[line.unit.code]]
            first = next((line for line in parts if line.unit.code == item.unit), parts[0])
            carried = tuple(line.unit.code for line in parts if line.unit.code != item.unit)
            yield _Line(units[item.unit], first, item.target, carried)


def _judged(
    line: _Line, now: Figures, months: Sequence[tuple[date, date, Counted]], day: date, year: int
) -> LineProgress:
    key = (line.unit.code, line.first.indicator)
    figure = now.get(key)
    is_flow = figure is not None and figure.definition.subject is Subject.DOSSIER
    of_months = [Month(begin, until, found[key]) for begin, until, found in months if is_flow and key in found]
    judgement = judge(
        now=Base(figure.numerator, figure.denominator) if figure else Base(0, 0),
        target=line.target,
        months=of_months,
        on=day,
        until=date(year + 1, 1, 1),
    )
    return LineProgress(
        unit=line.unit.code,
        unit_kind=line.unit.kind,
        unit_names=line.unit.names,
        indicator=line.first.indicator,
        target=line.target,
        weight=line.first.weight,
        document=line.first.document,
        page=line.first.page,
        post=line.first.post.name() if line.first.post else "",
        figure=figure,
        judgement=judgement,
        trend=tuple(None if (share := month.counted.percent) is None else float(share / 100) for month in of_months),
        carried=line.carried,
    )


def _by_unit(lines: Sequence[LineProgress], goals: Sequence[GoalProgress]) -> tuple[UnitProgress, ...]:
    order = {UnitKind.PROVINCE: 0, UnitKind.DEPARTMENT: 1}
    heads = {line.unit: (line.unit_kind, line.unit_names) for line in lines}
    heads |= {goal.unit: (goal.unit_kind, goal.unit_names) for goal in goals}
    found = []
    for unit, (kind, names) in heads.items():
        own = tuple(line for line in lines if line.unit == unit)
        others = tuple(goal for goal in goals if goal.unit == unit)
        whole = roll_up([line.part for line in own] + [goal.part for goal in others])
        found.append(UnitProgress(unit, kind, names, own, whole, others))
    return tuple(sorted(found, key=lambda item: (order.get(UnitKind(item.kind), 2), item.unit)))


def _months(plan: Plan, moment: datetime, codes: Sequence[str]) -> list[tuple[date, date, Counted]]:
    """The last full months of the year before `moment`: what each added to the year's figure, as known at `moment`.

    A month is what is counted from its begin on, less what is counted from its end on: so months add up to the year,
    and all of it is answered by the kept cube. Where that leaves no two numbers of a share, the month is unknown.
    """
    day = moment.astimezone(PROVINCE_ZONE).date()
    begins = [date(plan.year, number, 1) for number in range(max(1, day.month - TREND_MONTHS), day.month + 1)]
    since = [
        _counted(take_survey(as_of=moment, period_from=_start(begin), codes=codes, on=day), plan) for begin in begins
    ]
    return [
        (begin, until, {key: _less(base, later.get(key, Base(0, 0))) for key, base in counted.items()})
        for begin, until, counted, later in zip(begins, begins[1:], since, since[1:], strict=False)
    ]


def _less(base: Base, later: Base) -> Base:
    numerator, denominator = base.numerator - later.numerator, base.denominator - later.denominator
    return Base(numerator, denominator) if 0 <= numerator <= denominator else Base(0, 0)


def _counted(survey: Survey, plan: Plan) -> Counted:
    found = _figures(survey, plan.unit.code)
    return {key: Base(figure.numerator, figure.denominator) for key, figure in found.items()}


def _figures(survey: Survey, top: str) -> Figures:
    found = {(top, figure.definition.code): figure for figure in list_figures(survey, unit=top)}
    for row in list_rows(survey, unit=top):
        found |= {(row.unit, figure.definition.code): figure for figure in row.figures}
    return found


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=PROVINCE_ZONE).astimezone(UTC)
