"""Progress of targets that are no shares: measured where something on record measures them, else as reported."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from onestop.agencies.models import Unit
from onestop.facts.queries.medians import list_medians
from onestop.facts.rules.figures import SMALL_CELL
from onestop.indicators.queries.figures import list_figures, list_rows, take_survey
from onestop.indicators.queries.units import EVERYTHING, list_agencies_below, unit_filter
from onestop.plans.models import GoalReport, Plan, PlanLine
from onestop.plans.queries.measures import get_measure
from onestop.plans.queries.reference import heirs_on
from onestop.plans.rules.goals import GoalJudgement, Summed, carry_over, judge_goal, sum_up
from onestop.plans.rules.goals import Part as UnitPart
from onestop.plans.rules.measures import Measure, Source
from onestop.plans.rules.rollup import Part
from onestop.plans.rules.successions import Heirs, find_heirs
from onestop.plans.rules.targets import Assigned

DAY = 24 * 60
FINEST_DAY = 100


@dataclass(frozen=True, slots=True)
class _Known:
    """A figure, and how many dossiers are behind it (None: it is not made of dossiers)."""

    value: Fraction
    behind: int | None = None


Values = dict[tuple[str, str], _Known]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A target that is no share, with what became of it. `value` None: not known.

    `report` is the accepted report behind a figure that was told by hand; `known_units` of `units` below reported, if
    the figure is theirs together.
    """

    unit: str
    unit_kind: str
    unit_names: dict[str, str]
    measure: Measure
    target: Decimal
    weight: int
    document: str
    page: str
    post: str
    value: Fraction | None
    judgement: GoalJudgement
    report: GoalReport | None = None
    known_units: int = 0
    units: int = 0
    behind: int | None = None
    carried: tuple[str, ...] = ()

    @property
    def is_by_hand(self) -> bool:
        """True if nothing on record measures it."""
        return self.measure.source is Source.BY_HAND

    @property
    def is_small(self) -> bool:
        """True if so few dossiers are behind it that the public page keeps it to itself."""
        return self.behind is not None and 0 < self.behind < SMALL_CELL

    @property
    def part(self) -> Part:
        """The line as the roll-up takes it."""
        return Part(self.weight, self.judgement.attained, self.judgement.standing)


@dataclass(frozen=True, slots=True)
class _Goal:
    """A target on the map of a day."""

    unit: Unit
    measure: Measure
    target: Decimal
    first: PlanLine
    carried: tuple[str, ...]


def list_goals(
    plan: Plan, lines: Sequence[PlanLine], *, as_of: datetime, day: date, begin: datetime
) -> list[GoalProgress]:
    """Judge each line that is no share, by what was known at `as_of`; `begin` is that of the year."""
    if not lines:
        return []
    goals = list(_on_the_map(lines, day))
    reports = _reports(plan, as_of, heirs_on(day))
    values = _measured(plan, goals, as_of, begin, day)
    values |= {key: _Known(Fraction(report.value)) for key, report in reports.items()}
    return [_judged(goal, goals, values, reports, plan, day) for goal in goals]


def _on_the_map(lines: Sequence[PlanLine], day: date) -> Iterable[_Goal]:
    heirs = heirs_on(day)
    standing = {line.unit.code: find_heirs(line.unit.code, heirs) for line in lines}
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in={heir for found in standing.values() for heir in found})
    }
    for code in dict.fromkeys(line.indicator for line in lines):
        of_it = [line for line in lines if line.indicator == code]
        measure = get_measure(code)
        for item in carry_over(measure.kind, [Assigned(line.unit.code, line.target) for line in of_it], heirs):
            parts = [line for line in of_it if item.unit in standing[line.unit.code]]
            first = next((line for line in parts if line.unit.code == item.unit), parts[0])
            carried = tuple(line.unit.code for line in parts if line.unit.code != item.unit)
            yield _Goal(units[item.unit], measure, item.target, first, carried)


def _reports(plan: Plan, as_of: datetime, heirs: Heirs) -> dict[tuple[str, str], GoalReport]:
    """Return the last report accepted by then, of each unit that still stands."""
    rows = GoalReport.objects.select_related("unit", "reported_by").filter(plan=plan, accepted_at__lte=as_of)
    found: dict[tuple[str, str], GoalReport] = {}
    for row in rows.order_by("reached_on", "id"):
        if find_heirs(row.unit.code, heirs) == (row.unit.code,):
            found[row.unit.code, row.measure] = row
    return found


def _measured(plan: Plan, goals: Sequence[_Goal], as_of: datetime, begin: datetime, day: date) -> Values:
    values: Values = {}
    taken = {goal.measure.code: goal.measure for goal in goals if goal.measure.indicator}
    if taken:
        values |= _counted(plan, taken, as_of, begin)
    timed = [goal for goal in goals if goal.measure.source is Source.MEDIAN]
    if timed:
        values |= _timed(plan, timed, as_of, begin, day)
    return values


def _counted(plan: Plan, measures: Mapping[str, Measure], as_of: datetime, begin: datetime) -> Values:
    """The numbers that measures take from indicators, all from one survey; of no dossiers there is none."""
    codes = sorted({measure.indicator for measure in measures.values()})
    survey, top = take_survey(as_of=as_of, period_from=begin, codes=codes), plan.unit.code
    figures = {(top, figure.definition.code): figure for figure in list_figures(survey, unit=top)}
    for row in list_rows(survey, unit=top):
        figures |= {(row.unit, figure.definition.code): figure for figure in row.figures}
    found = {}
    for (unit, code), figure in figures.items():
        for measure in measures.values():
            if measure.indicator == code and figure.is_known and figure.denominator:
                rest = figure.denominator - figure.numerator
                number = figure.numerator if measure.source is Source.NUMERATOR else rest
                found[unit, measure.code] = _Known(Fraction(number), figure.denominator)
    return found


def _timed(plan: Plan, goals: Sequence[_Goal], as_of: datetime, begin: datetime, day: date) -> Values:
    """Median days to a hundredth, rounded up, so that a target is never met by rounding."""
    below = {shown.code: shown.filter for shown in list_agencies_below(plan.unit.code, on=day)}
    filters = {plan.unit.code: EVERYTHING} | below
    wanted = {unit: filters[unit] if unit in filters else unit_filter(unit, on=day)
              for unit in (goal.unit.code for goal in goals)}  # fmt: skip
    medians = list_medians(as_of=as_of, period_from=begin, units=wanted)
    found = {}
    for goal in goals:
        median = medians.get(goal.unit.code)
        if median is not None:
            days = Fraction(-(-median.minutes * FINEST_DAY // DAY), FINEST_DAY)
            found[goal.unit.code, goal.measure.code] = _Known(days, median.dossiers)
    return found


def _judged(
    goal: _Goal,
    goals: Collection[_Goal],
    values: Values,
    reports: Mapping[tuple[str, str], GoalReport],
    plan: Plan,
    day: date,
) -> GoalProgress:
    key = (goal.unit.code, goal.measure.code)
    known, summed = values.get(key), None
    if known is None and goal.measure.source is Source.BY_HAND and goal.unit.pk == plan.unit_id:
        summed = _together(goal, goals, values)
    value = known.value if known else summed.value if summed else None
    judgement = judge_goal(
        value=value,
        target=goal.target,
        direction=goal.measure.direction,
        accrues=goal.measure.accrues,
        on=day,
        begin=date(plan.year, 1, 1),
        until=date(plan.year + 1, 1, 1),
    )
    first = goal.first
    return GoalProgress(
        unit=goal.unit.code,
        unit_kind=goal.unit.kind,
        unit_names=goal.unit.names,
        measure=goal.measure,
        target=goal.target,
        weight=first.weight,
        document=first.document,
        page=first.page,
        post=first.post.name() if first.post else "",
        value=value,
        judgement=judgement,
        report=reports.get(key),
        known_units=summed.known if summed else 0,
        units=summed.units if summed else 0,
        behind=known.behind if known else None,
        carried=goal.carried,
    )


def _together(top: _Goal, goals: Collection[_Goal], values: Values) -> Summed:
    """What the units below the province report of its target, together."""
    below = [(goal.unit.code, goal.measure.code) for goal in goals if goal.measure == top.measure and goal is not top]
    return sum_up(top.measure.kind, [UnitPart(key[0], known.value if (known := values.get(key)) else None)
                                     for key in below])  # fmt: skip
