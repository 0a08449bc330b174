"""Many tests over many dossiers at once: every distinct part of them is evaluated once, the inner ones first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from onestop.facts.rules.expressions import All, Compare, Expression, Holds, Known, Not, Some

Truths = npt.NDArray[np.bool_]
Atom = Compare | Known | Holds


@dataclass(frozen=True, slots=True)
class Step:
    """One part: an expression, and the numbers of the steps before it that its own parts are."""

    expression: Expression
    parts: tuple[int, ...]


@dataclass(slots=True)
class Steps:
    """The parts of some tests in an order in which they can be evaluated, and which of them are the tests."""

    all: list[Step] = field(default_factory=list)
    tests: list[int] = field(default_factory=list)
    _numbers: dict[Expression, int] = field(default_factory=dict)

    def add(self, expression: Expression) -> int:
        """Return the number of the step that yields an expression, after adding what it needs."""
        if expression not in self._numbers:
            match expression:
                case Not(inner):
                    parts: tuple[int, ...] = (self.add(inner),)
                case All(several) | Some(several):
                    parts = tuple([self.add(item) for item in several])
                case _:
                    parts = ()
            self._numbers[expression] = len(self.all)
            self.all.append(Step(expression, parts))
        return self._numbers[expression]

    def evaluate(self, rows: int, find: Callable[[int], Truths]) -> Truths:
        """Return which tests (columns) hold for each of so many rows; `find` says it of the step of an atom."""
        known: list[Truths] = []
        for number, step in enumerate(self.all):
            parts = [known[part] for part in step.parts]
            match step.expression:
                case Not():
                    known.append(~parts[0])
                case All():
                    known.append(_together(np.logical_and, parts, np.ones(rows, dtype=bool)))
                case Some():
                    known.append(_together(np.logical_or, parts, np.zeros(rows, dtype=bool)))
                case Compare() | Known() | Holds():
                    known.append(find(number))
        found = np.zeros((rows, len(self.tests)), dtype=bool)
        for column, number in enumerate(self.tests):
            found[:, column] = known[number]
        return found


def list_steps(tests: Iterable[Expression]) -> Steps:
    """Return the steps that evaluate these tests."""
    found = Steps()
    found.tests = [found.add(test) for test in tests]
    return found


def _together(join: np.ufunc, parts: list[Truths], found: Truths) -> Truths:
    for part in parts:
        join(found, part, out=found)
    return found
