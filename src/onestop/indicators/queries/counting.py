"""All counts of all definitions in one statement over the journal, by agency and desk; and the same for lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.indicators.queries.compile import compile_condition
from onestop.indicators.queries.facts import FACTS_SQL, moments, run
from onestop.indicators.rules.definitions import Definition, Part
from onestop.indicators.rules.expressions import All, Compare, Expression, Fact, Literal
from onestop.indicators.rules.figures import Counts

LATE = "late_entries"
LATE_TEST = Compare(">", Fact(LATE), Literal(0))


@dataclass(frozen=True, slots=True)
class Cell:
    """The counts of every definition, in their order, for the dossiers of one agency that came in at one desk."""

    agency: str
    desk: str
    counts: tuple[Counts, ...]


def count_by_unit(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> list[Cell]:
    """Return the counts of all definitions over dossiers, a cell for each agency and desk that has any."""
    if not definitions:
        return []
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    counted = [column for definition in definitions for column in _columns(definition, parameters)]
    columns = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in counted)
    sql = (
        f"WITH facts AS MATERIALIZED (\n{FACTS_SQL}) SELECT coalesce(agency, ''), coalesce(desk, ''), {columns or 0}"  # noqa: S608
        " FROM facts GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [Cell(row[0], row[1], tuple(_read(definitions, iter(row[2:])))) for row in run(sql, parameters)]


def part_condition(definition: Definition, part: Part) -> Expression:
    """Return the test that a dossier passes if it is in that part of the figure."""
    denominator = (definition.population, definition.denominator)
    return All((*denominator, definition.numerator) if part is Part.NUMERATOR else denominator)


def streams_sql(
    condition: Expression,
    *,
    as_of: datetime,
    period_from: datetime,
    units: "UnitFilter",
    known_at: datetime | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return the statement that yields the ids of all dossiers that pass `condition` within `units`."""
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    test = compile_condition(condition, parameters)
    within = ""
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f" AND {units.column} = ANY(%(unit_codes)s)"
    return f"WITH facts AS MATERIALIZED (\n{FACTS_SQL}) SELECT stream FROM facts WHERE {test}{within}", parameters  # noqa: S608


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which dossiers belong to a unit: `agency` (or `desk`) is one of `codes`. No column: all of them."""

    column: str = ""
    codes: frozenset[str] = frozenset()

    def holds(self, cell: Cell) -> bool:
        """True if the cell belongs to the unit."""
        return not self.column or (cell.desk if self.column == "desk" else cell.agency) in self.codes


def total(cells: Iterable[Cell], place: int, empty: Counts) -> Counts:
    """Return the sum of the counts at `place` over the cells."""
    found = empty
    for cell in cells:
        found += cell.counts[place]
    return found


def empty_counts(definition: Definition) -> Counts:
    """Return counts of nothing, with every step and flag named."""
    return Counts(steps=(0,) * len(definition.steps), flags={**{flag.code: 0 for flag in definition.flags}, LATE: 0})


def _columns(definition: Definition, parameters: dict[str, Any]) -> list[str]:
    inside = part_condition(definition, Part.DENOMINATOR)
    tests: list[Expression] = [definition.population, inside, part_condition(definition, Part.NUMERATOR)]
    passed: tuple[Expression, ...] = (inside,)
    for step in definition.steps:
        passed = (*passed, step.test)
        tests.append(All(passed))
    tests += [All((inside, flag.test)) for flag in definition.flags] + [All((inside, LATE_TEST))]
    return [compile_condition(test, parameters) for test in tests]


def _read(definitions: Sequence[Definition], numbers: Any) -> Iterable[Counts]:
    for definition in definitions:
        yield Counts(
            population=next(numbers),
            denominator=next(numbers),
            numerator=next(numbers),
            steps=tuple(next(numbers) for _ in definition.steps),
            flags={code: next(numbers) for code in [*(flag.code for flag in definition.flags), LATE]},
        )
