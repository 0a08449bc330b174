"""Facts that are spans of time up to now: whole hours or days, which grow or shrink while nothing happens.

Compared with a number they are comparisons of moments: `hours_left >= 3` says `legal_due_at >= judged_at + 3 hours`.
So an engine needs no arithmetic of its own to answer them, and it is known when the answer will turn.
"""

from dataclasses import dataclass

from onestop.facts.rules.expressions import Compare, Expression, Fact, Known, Literal

TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Span:
    """How many whole units of so many seconds lie between two moments."""

    start: str
    end: str
    seconds: int


SPANS = {"hours_left": Span("judged_at", "legal_due_at", 3600), "waiting_days": Span("waiting_from", "as_of", 86_400)}


@dataclass(frozen=True, slots=True)
class Bound:
    """`span` compared with a number of its units."""

    span: Span
    sign: str
    number: int

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Numbers of units that matter: the answer turns where the span reaches one of them."""
        if self.sign in ("=", "!="):
            return self.number, self.number + 1
        return (self.number + 1 if self.sign in (">", "<=") else self.number,)


def find_bound(expression: Expression) -> Bound | None:
    """Return what a comparison asks of a span, or None if it asks of none. Raises `ValueError` if it cannot be told."""
    if not isinstance(expression, Compare):
        return None
    for term, other, sign in (
        (expression.left, expression.right, expression.sign),
        (expression.right, expression.left, TURNED[expression.sign]),
    ):
        if isinstance(term, Fact) and term.name in SPANS:
            if isinstance(other, Literal) and isinstance(other.value, int):
                return Bound(SPANS[term.name], sign, other.value)
            raise ValueError(f"{term.name} is compared with numbers only, not with {other}")
    return None


def find_known(expression: Expression) -> Span | None:
    """Return the span that an expression asks to be known, if any."""
    return SPANS.get(expression.fact.name) if isinstance(expression, Known) else None
