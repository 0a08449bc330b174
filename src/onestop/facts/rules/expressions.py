"""The language of definitions: and, or, not, comparison, over named facts. Nothing else, and nothing is executed.

    accepted_at is known and not finished_at < period_from
    channel = 2 and (filer = 'self' or filer = 'representative')
    submitted_at in period

A comparison with an unknown fact is false, so `not` of it is true: the truth has two values, in SQL and in Python.
`x in period` stands for `x >= period_from and x <= as_of`.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onestop.facts.rules.facts import FactKind


class BadExpression(ValueError):
    """The text is no expression of this language; the message says where."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the expression."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`left` compared with `right`; false if either is unknown."""

    sign: str
    left: Fact | Literal
    right: Fact | Literal


@dataclass(frozen=True, slots=True)
class Known:
    """True if the fact is known."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Holds:
    """A fact or literal that is itself a truth; unknown is false."""

    term: Fact | Literal


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds; with none, true."""

    inner: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one holds."""

    inner: tuple["Expression", ...]


Expression = Compare | Known | Holds | Not | All | Some
ALWAYS = Holds(Literal(True))

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TOKEN = re.compile(r"\s*(?:(?P<name>[a-z_][a-z_0-9]*)|(?P<number>\d+)|'(?P<text>[^']*)'|(?P<sign><=|>=|!=|[=<>()]))")
_WORDS = frozenset({"and", "or", "not", "in", "is", "known", "unknown", "period", "true", "false"})


def parse(text: str, kinds: Mapping[str, FactKind]) -> Expression:
    """Return the expression that `text` says. Raises `BadExpression` for a bad form, unknown fact or mixed kinds."""
    reader = _Reader(_tokens(text), kinds)
    found = reader.any_of()
    if reader.peek() is not None:
        raise BadExpression(f"unexpected {reader.peek()!r} in {text!r}")
    return found


def evaluate(expression: Expression, facts: object) -> bool:
    """Return whether the expression holds for an object that has the facts as attributes."""
    match expression:
        case Compare(sign, left, right):
            a, b = _value(left, facts), _value(right, facts)
            return a is not None and b is not None and SIGNS[sign](a, b)
        case Known(fact):
            return getattr(facts, fact.name) is not None
        case Holds(term):
            return _value(term, facts) is True
        case Not(inner):
            return not evaluate(inner, facts)
        case All(inner):
            return all(evaluate(item, facts) for item in inner)
        case Some(inner):
            return any(evaluate(item, facts) for item in inner)


def _value(term: Fact | Literal, facts: object) -> Any:
    return term.value if isinstance(term, Literal) else getattr(facts, term.name)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place, text = [], 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise BadExpression(f"cannot read {text[place:]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Reader:
    """Reads an expression by descent: any_of, all_of, one, comparison."""

    def __init__(self, tokens: list[tuple[str, str]], kinds: Mapping[str, FactKind]) -> None:
        self.tokens = tokens
        self.kinds = kinds
        self.place = 0

    def peek(self) -> tuple[str, str] | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, *wanted: str) -> str | None:
        """Step over the next token if it is one of these words or signs."""
        token = self.peek()
        if token is None or token[0] == "text" or token[1] not in wanted:
            return None
        self.place += 1
        return token[1]

    def need(self, *wanted: str) -> str:
        found = self.take(*wanted)
        if found is None:
            raise BadExpression(f"{' or '.join(wanted)} expected, not {self.peek()!r}")
        return found

    def any_of(self) -> Expression:
        inner = [self.all_of()]
        while self.take("or"):
            inner.append(self.all_of())
        return inner[0] if len(inner) == 1 else Some(tuple(inner))

    def all_of(self) -> Expression:
        inner = [self.one()]
        while self.take("and"):
            inner.append(self.one())
        return inner[0] if len(inner) == 1 else All(tuple(inner))

    def one(self) -> Expression:
        if self.take("not"):
            return Not(self.one())
        if self.take("("):
            inner = self.any_of()
            self.need(")")
            return inner
        return self.comparison()

    def comparison(self) -> Expression:
        left = self.term()
        if self.take("is"):
            known = Known(self.fact(left))
            return known if self.need("known", "unknown") == "known" else Not(known)
        if self.take("in"):
            self.need("period")
            return All((self.compare(">=", left, Fact("period_from")), self.compare("<=", left, Fact("as_of"))))
        sign = self.take(*SIGNS)
        if sign:
            return self.compare(sign, left, self.term())
        if self.kind(left) is not FactKind.TRUTH:
            raise BadExpression(f"{left} is no truth by itself")
        return Holds(left)

    def compare(self, sign: str, left: Fact | Literal, right: Fact | Literal) -> Compare:
        if self.kind(left) is not self.kind(right):
            raise BadExpression(f"{left} and {right} are of different kinds")
        return Compare(sign, left, right)

    def fact(self, term: Fact | Literal) -> Fact:
        if isinstance(term, Literal):
            raise BadExpression(f"{term} is no fact")
        return term

    def term(self) -> Fact | Literal:
        token = self.peek()
        if token is None:
            raise BadExpression("the expression ends too early")
        self.place += 1
        group, value = token
        if group == "number":
            return Literal(int(value))
        if group == "text":
            return Literal(value)
        if value in ("true", "false"):
            return Literal(value == "true")
        if group != "name" or value in _WORDS or value not in self.kinds:
            raise BadExpression(f"{value!r} is no fact")
        return Fact(value)

    def kind(self, term: Fact | Literal) -> FactKind:
        if isinstance(term, Fact):
            if term.name not in self.kinds:
                raise BadExpression(f"{term.name!r} is no fact here")
            return self.kinds[term.name]
        if isinstance(term.value, bool):
            return FactKind.TRUTH
        return FactKind.NUMBER if isinstance(term.value, int) else FactKind.TEXT
