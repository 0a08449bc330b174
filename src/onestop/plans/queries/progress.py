"""Progress against the plan in force at a moment: every line with its figure, its word, its trend (tiến độ).

The figures are those of `indicators`: nothing is counted here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from onestop.agencies.models import Unit
from onestop.agencies.rules import UnitKind
from onestop.errors import Unavailable
from onestop.facts.rules.definitions import Subject
from onestop.facts.rules.figures import Figure
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.figures import Survey, list_figures, list_rows
from onestop.indicators.queries.surveys import Surveys, find_surveys
from onestop.indicators.queries.trends import pace_of, pace_periods
from onestop.indicators.rules.outlook import Judgement, Pace, judge
from onestop.plans.models import Plan, PlanLine, PlanVersion
from onestop.plans.queries.goals import GoalProgress, list_goals
from onestop.plans.queries.plans import find_version_in_force, list_lines
from onestop.plans.queries.reference import heirs_on
from onestop.plans.rules.rollup import Part, Whole, attained, roll_up
from onestop.plans.rules.successions import carry_over, find_heirs
from onestop.plans.rules.targets import Base

TREND_MONTHS = 6

Key = tuple[str, str]
"""A unit and an indicator."""
Figures = dict[Key, Figure]
Counted = dict[Key, Base]
Month = tuple[date, date, Counted]
"""Begin, first day after it, and what came to count in it."""


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


def take_progress(plan: Plan, *, as_of: datetime, surveys: Surveys | None = None) -> Progress:
    """Judge every line of the version in force at `as_of` by what was known then. Past the year: by its end.

    `surveys` answers for the figures; without it they are counted if they are not kept. Raises `Unavailable` while
    what it is asked for is still being counted.
    """
    moment = min(as_of, _start(date(plan.year + 1, 1, 1)) - timedelta(microseconds=1))
    version = find_version_in_force(plan, as_of)
    if version is None:
        return Progress(plan, None, moment)
    every = list(list_lines(version))
    lines = [line for line in every if line.is_share]
    ask = _Asking(plan, moment, surveys or partial(find_surveys, now=moment, patiently=True, cubes={}))
    (now,) = ask.figures([_start(date(plan.year, 1, 1))], sorted({line.indicator for line in lines}))
    flows = sorted({code for (_, code), figure in now.items() if figure.definition.subject is Subject.DOSSIER})
    months, paces = _months(ask, flows), _paces(ask, flows)
    judged = [_judged(line, now, months, paces, moment) for line in _in_force(lines, ask.day)]
    others = [line for line in every if not line.is_share]
    goals = list_goals(plan, others, as_of=moment, day=ask.day, begin=_start(date(plan.year, 1, 1)))
    return Progress(plan, version, moment, _by_unit(judged, goals))


@dataclass(frozen=True, slots=True)
class _Asking:
    """Whose figures are asked for, as of when, and who answers."""

    plan: Plan
    moment: datetime
    surveys: Surveys

    @property
    def day(self) -> date:
        """The local day of the moment."""
        return self.moment.astimezone(PROVINCE_ZONE).date()

    def figures(self, begins: Sequence[datetime], codes: Sequence[str]) -> list[Figures]:
        """Return the figures of all units for the periods from each of the begins to the moment."""
        if not codes:
            return [{} for _ in begins]
        found = self.surveys([(begin, self.moment) for begin in begins], codes=codes, on=self.day)
        if None in found:
            raise Unavailable("indicators.being_counted")
        return [_figures(survey, self.plan.unit.code) for survey in found if survey is not None]


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
    line: _Line, now: Figures, months: Sequence[Month], paces: dict[Key, Pace], moment: datetime
) -> LineProgress:
    key, today = (line.unit.code, line.first.indicator), moment.astimezone(PROVINCE_ZONE).date()
    figure = now.get(key)
    numerator, denominator = (figure.numerator, figure.denominator) if figure else (0, 0)
    target, until = Fraction(line.target) / 100, date(today.year + 1, 1, 1)
    judgement = judge(numerator, denominator, target, paces.get(key), today=today, until=until)
    shares = [counted[key].percent for _, _, counted in months if key in counted]
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
        trend=tuple(None if share is None else float(share / 100) for share in shares),
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


def _months(ask: _Asking, codes: Sequence[str]) -> list[Month]:
    """The last full months of the year before the moment: what each added to the year's figure, as known then.

    A month is what is counted from its begin on, less what is counted from its end on: so months add up to the year.
    Where that leaves no two numbers of a share, the month is unknown.
    """
    year = ask.plan.year
    begins = [date(year, number, 1) for number in range(max(1, ask.day.month - TREND_MONTHS), ask.day.month + 1)]
    since = [_counted(found) for found in ask.figures([_start(begin) for begin in begins], codes)]
    return [
        (begin, until, {key: _less(base, later.get(key, Base(0, 0))) for key, base in counted.items()})
        for begin, until, counted, later in zip(begins, begins[1:], since, since[1:], strict=False)
    ]


def _paces(ask: _Asking, codes: Sequence[str]) -> dict[Key, Pace]:
    since, later = ask.figures([begin for begin, _ in pace_periods(ask.moment)], codes)
    return {key: pace_of(figure.counts, later[key].counts, ask.moment) for key, figure in since.items() if key in later}


def _less(base: Base, later: Base) -> Base:
    numerator, denominator = base.numerator - later.numerator, base.denominator - later.denominator
    return Base(numerator, denominator) if 0 <= numerator <= denominator else Base(0, 0)


def _counted(figures: Figures) -> Counted:
    return {key: Base(figure.numerator, figure.denominator) for key, figure in figures.items()}


def _figures(survey: Survey, top: str) -> Figures:
    found = {(top, figure.definition.code): figure for figure in list_figures(survey, unit=top)}
    for row in list_rows(survey, unit=top):
        found |= {(row.unit, figure.definition.code): figure for figure in row.figures}
    return found


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=PROVINCE_ZONE).astimezone(UTC)
