"""Definitions as Ibis expressions: one form for every engine that holds facts in columns.

The table has a column for each fact that is stored (`rules/columnar.py`). What depends on the moment asked for
(`as_of`, `period_from`, `judged_at`) is put beside them here. A truth is never null: what is unknown is false, so
`not` of it is true, in every dialect. Every count is a sum of ones and zeros as a 64-bit integer, and nothing is
divided: an average would be rounded differently by each engine.
"""

import functools
import operator
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.expr.operations import Field

from onestop.facts.rules.columnar import SCHEMA
from onestop.facts.rules.expressions import All, Compare, Expression, Fact, Holds, Known, Literal, Not, Some
from onestop.facts.rules.signature import BITS, UNKNOWN, Layout
from onestop.facts.rules.spans import Bound, Span, find_bound, find_known
from onestop.facts.rules.tally import Tally, make_tally

MOMENT = "timestamp('UTC', 6)"
FACTS = ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name="facts")
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def condition(expression: Expression, facts: ir.Table) -> ir.BooleanValue:
    """Return the expression over the columns of `facts`, never null."""
    if bound := find_bound(expression):
        return _within(bound, facts)
    if span := find_known(expression):
        return _both_known(span, facts)
    match expression:
        case Compare(sign, left, right):
            return _never_null(_SIGNS[sign](_term(left, facts), _term(right, facts)))
        case Known(fact):
            return facts[fact.name].notnull()
        case Holds(term):
            return _never_null(_term(term, facts))
        case Not(inner):
            return ~condition(inner, facts)
        case All(inner):
            return ibis.and_(*(condition(item, facts) for item in inner))
        case Some(inner):
            return ibis.or_(*(condition(item, facts) for item in inner))


def as_of_moment(facts: ir.Table, *, as_of: datetime, period_from: datetime) -> ir.Table:
    """Return the facts with what depends on the moment asked for beside them."""
    moment, begin = ibis.literal(as_of, type=MOMENT), ibis.literal(period_from, type=MOMENT)
    judged = ibis.coalesce(facts.finished_at, facts.waiting_from, moment)
    return facts.mutate(as_of=moment, period_from=begin, judged_at=judged)


def count_sql(tests: Sequence[Expression], *, as_of: datetime, period_from: datetime, dialect: str) -> str:
    """Return the statement that counts the tests over the table `facts`, in the language of one engine."""
    stored = FACTS.select([field.name for field in find_columns(tuple(tests))])
    facts = as_of_moment(stored, as_of=as_of, period_from=period_from)
    return str(ibis.to_sql(count_tests(facts, tests), dialect=dialect))


@functools.lru_cache(maxsize=4)
def find_columns(tests: tuple[Expression, ...]) -> tuple[pa.Field, ...]:
    """Return the stored columns that counting the tests reads, in the order of the files."""
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    asked = as_of_moment(FACTS, as_of=moment, period_from=moment).op()
    used = {field.name for field in count_tests(asked.to_expr(), tests).op().find(Field) if field.rel == asked}
    stored = {field.name for name in used for field in asked.values[name].find(Field)}
    return tuple(field for field in SCHEMA if field.name in stored)


def count_tests(facts: ir.Table, tests: Sequence[Expression]) -> ir.Table:
    """Return one row an agency and desk with how many dossiers pass each test, as `n0`, `n1`, ..."""
    units = {name: ibis.coalesce(facts[name], "") for name in ("agency", "desk")}
    sums = {f"n{place}": _count(condition(test, facts)) for place, test in enumerate(tests)}
    return facts.group_by(**units).aggregate(**sums)


@functools.lru_cache(maxsize=4)
def signature_sql(layout: Layout, *, as_of: datetime, dialect: str) -> str:
    """Return the statement that yields agency, desk, and each word and month of the signature of every dossier.

    Months are those of the engine's own zone: it has to be set to that of the province.
    """
    facts = as_of_moment(FACTS, as_of=as_of, period_from=as_of)
    words = {f"w{word}": _word(layout, word, facts) for word in range(layout.words)}
    months = {f"m{place}": _month(facts[name]) for place, name in enumerate(layout.begins)}
    return str(ibis.to_sql(facts.select(facts.agency, facts.desk, **words, **months), dialect=dialect))


def _word(layout: Layout, word: int, facts: ir.Table) -> ir.IntegerValue:
    atoms = layout.atoms[word * BITS : (word + 1) * BITS]
    bits = [condition(atom, facts).ifelse(1 << place, 0).cast("int64") for place, atom in enumerate(atoms)]
    return functools.reduce(operator.or_, bits)


def _month(moment: ir.TimestampValue) -> ir.IntegerValue:
    return ibis.coalesce(moment.year().cast("int64") * 12 + moment.month().cast("int64") - 1, UNKNOWN).cast("int64")


def _count(holds: ir.BooleanValue) -> ir.IntegerScalar:
    return holds.ifelse(1, 0).sum().cast("int64")


def _within(bound: Bound, facts: ir.Table) -> ir.BooleanValue:
    """Return whether a span reaches its first threshold, and for equality not the next; unknown is false."""
    reached = [_never_null(facts[bound.span.end] >= _later(bound, units, facts)) for units in bound.thresholds]
    match bound.sign:
        case ">=" | ">":
            return reached[0]
        case "<" | "<=":
            return _both_known(bound.span, facts) & ~reached[0]
        case "=":
            return reached[0] & ~reached[1]
        case _:
            return _both_known(bound.span, facts) & ~(reached[0] & ~reached[1])


def _later(bound: Bound, units: int, facts: ir.Table) -> ir.TimestampValue:
    return facts[bound.span.start] + ibis.interval(seconds=units * bound.span.seconds)


def _both_known(span: Span, facts: ir.Table) -> ir.BooleanValue:
    return facts[span.start].notnull() & facts[span.end].notnull()


def _never_null(value: Any) -> ir.BooleanValue:
    return ibis.coalesce(value, False)


def _term(term: Fact | Literal, facts: ir.Table) -> Any:
    return ibis.literal(term.value) if isinstance(term, Literal) else facts[term.name]


def read_tally(answer: pa.Table, tests: Sequence[Expression]) -> Tally:
    """Return the answer of an engine to `count_tests` as a tally."""
    places = zip(answer["agency"].to_pylist(), answer["desk"].to_pylist(), strict=True)
    columns = [answer[f"n{place}"].to_numpy() for place in range(len(tests))]
    numbers = np.column_stack(columns) if columns else np.zeros((answer.num_rows, 0), dtype=np.int64)
    return make_tally(tests, zip(places, numbers.tolist(), strict=True))
