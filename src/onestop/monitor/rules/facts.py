"""Holding what a member said against its own facts, counted again by somebody else (đối chiếu với số liệu gốc).

The facts are an open export (`docs/recount-format.md`), the second count is `onestop.recount`. An export brings its
definitions along: only what they ask in the same words as the centre's own can be compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onestop.monitor.rules.aggregates import Aggregate, Line
from onestop.monitor.rules.faults import ZONE
from onestop.monitor.rules.members import Counts

Tests = tuple[str, str, str]
"""The tests of population, denominator and numerator, as written."""


class Differs(StrEnum):
    """How a figure differs from its facts (sai khác)."""

    COUNTS = "counts"  # đếm lại ra số khác
    DEFINITION = "definition"  # đếm theo định nghĩa khác
    NOT_IN_FACTS = "not_in_facts"  # báo cáo có, số liệu gốc không có
    NOT_SAID = "not_said"  # số liệu gốc có, báo cáo không có


@dataclass(frozen=True, slots=True)
class Facts:
    """A member's export, counted again: counts by (scheme, unit, code), the tests by (scheme, code).

    `digest` is the SHA-256 of its manifest, which names every file by its own.
    """

    digest: str
    as_of: datetime
    period_from: datetime
    counts: Mapping[tuple[str, str, str], Counts]
    tests: Mapping[tuple[str, str], Tests]
    shares: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs, of a unit or (empty) of the whole: what was said, and what was counted again."""

    code: str
    why: Differs
    unit: str = ""
    said: Counts | None = None
    counted: Counts | None = None


def last_moment(day: date) -> datetime:
    """Return the moment at which the figures of a day are taken: its last."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE) - timedelta(microseconds=1)


def compare(aggregate: Aggregate, facts: Facts, tests: Mapping[tuple[str, int], Tests]) -> tuple[Difference, ...]:
    """Return every figure that differs. `tests` are the centre's own, by code and version.

    Of parts, what belongs to no unit of today is not asked for: it follows from the whole and the others.
    """
    scheme = aggregate.scheme
    units = {unit for of, unit, _ in facts.counts if of == scheme}
    whole = aggregate.member if aggregate.member in units else ""
    found: list[Difference] = []
    for line in aggregate.lines:
        if (scheme, line.code) not in facts.tests:
            found.append(Difference(line.code, Differs.NOT_IN_FACTS, said=line.counts))
        elif facts.tests[scheme, line.code] != tests.get((line.code, line.version)):
            found.append(Difference(line.code, Differs.DEFINITION, said=line.counts))
        else:
            counted = {unit: facts.counts.get((scheme, unit, line.code), Counts()) for unit in units}
            found += _differing(line, whole, counted)
    unsaid = sorted(code for of, code in facts.shares if of == scheme and code not in aggregate.by_code)
    found += (
        Difference(code, Differs.NOT_SAID, counted=facts.counts.get((scheme, whole, code), Counts())) for code in unsaid
    )
    return tuple(found)


def _differing(line: Line, whole: str, counted: Mapping[str, Counts]) -> Iterator[Difference]:
    """Yield the whole and the parts of a figure that come out otherwise; a part not named is nothing."""
    again = counted.get(whole, Counts())
    if again != line.counts:
        yield Difference(line.code, Differs.COUNTS, "", line.counts, again)
    if not line.parts:
        return
    for unit in sorted((set(line.parts) | set(counted)) - {"", whole}):
        said, again = line.parts.get(unit, Counts()), counted.get(unit, Counts())
        if said != again:
            yield Difference(line.code, Differs.COUNTS, unit, said, again)
