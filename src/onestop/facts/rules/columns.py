"""The columns that a figure is made of: each part of each definition is one test, counted over dossiers.

Every engine counts these tests, in this order, as whole numbers; `read_counts` puts the numbers back into the
definitions. So the engines cannot differ in what they count, only in how.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from onestop.facts.rules.definitions import Definition, Part
from onestop.facts.rules.expressions import ALWAYS, All, Compare, Expression, Fact, Literal
from onestop.facts.rules.figures import Counts

LATE = "late_entries"
LATE_TEST = Compare(">", Fact(LATE), Literal(0))


def part_condition(definition: Definition, part: Part) -> Expression:
    """Return the test that a dossier passes if it is in that part of the figure."""
    denominator = (definition.population, definition.denominator)
    return _all(*denominator, *((definition.numerator,) if part is Part.NUMERATOR else ()))


def list_tests(definition: Definition) -> tuple[Expression, ...]:
    """Return the tests of one definition: population, denominator, numerator, steps, doubts, late entries."""
    inside = part_condition(definition, Part.DENOMINATOR)
    tests: list[Expression] = [_all(definition.population), inside, part_condition(definition, Part.NUMERATOR)]
    passed: tuple[Expression, ...] = (inside,)
    for step in definition.steps:
        passed = (*passed, step.test)
        tests.append(_all(*passed))
    return (*tests, *(_all(inside, flag.test) for flag in definition.flags), _all(inside, LATE_TEST))


def distinct_tests(definitions: Iterable[Definition]) -> tuple[Expression, ...]:
    """Return the tests of all definitions, each once: many definitions share a population."""
    return tuple(dict.fromkeys(chain.from_iterable(list_tests(definition) for definition in definitions)))


class Columns:
    """Which column each test has. To find an expression all of it is read, so it is done once a definition."""

    def __init__(self, tests: Sequence[Expression]) -> None:
        self._column = {test: number for number, test in enumerate(tests)}
        self._of: dict[tuple[str, str, int], tuple[int, ...]] = {}

    def of(self, definition: Definition) -> tuple[int, ...]:
        """Return the columns of a definition's tests, in the order of `list_tests`."""
        key = (definition.scheme, definition.code, definition.version)
        if key not in self._of:
            self._of[key] = tuple(self._column[test] for test in list_tests(definition))
        return self._of[key]


def read_counts(definitions: Sequence[Definition], columns: Columns, numbers: Sequence[int]) -> list[Counts]:
    """Return the counts of each definition from how many dossiers pass each test: the number in the test's column."""
    return [
        _counts(definition, iter([numbers[column] for column in columns.of(definition)])) for definition in definitions
    ]


def _counts(definition: Definition, numbers: Iterator[int]) -> Counts:
    return Counts(
        population=next(numbers),
        denominator=next(numbers),
        numerator=next(numbers),
        steps=tuple(next(numbers) for _ in definition.steps),
        flags={code: next(numbers) for code in (*(flag.code for flag in definition.flags), LATE)},
    )


def _all(*tests: Expression) -> Expression:
    """Return the tests as one, written flat, so that equal ones are seen to be equal."""
    flat = tuple(item for test in tests for item in (test.inner if isinstance(test, All) else (test,)))
    kept = tuple(item for item in flat if item != ALWAYS)
    return kept[0] if len(kept) == 1 else All(kept)
