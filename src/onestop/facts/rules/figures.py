"""What a figure is: two whole numbers and everything needed to read them (số liệu chỉ số)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import zip_longest

from onestop.facts.rules.chance import Interval, wilson
from onestop.facts.rules.definitions import Definition, Form, Target

SMALL_CELL = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted for one definition: sizes of population, denominator, numerator; funnel steps; doubts."""

    population: int = 0
    denominator: int = 0
    numerator: int = 0
    steps: tuple[int, ...] = ()
    flags: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Counts") -> "Counts":
        """Return the counts of both together."""
        codes = dict.fromkeys([*self.flags, *other.flags])
        return Counts(
            self.population + other.population,
            self.denominator + other.denominator,
            self.numerator + other.numerator,
            tuple(a + b for a, b in zip_longest(self.steps, other.steps, fillvalue=0)),
            {code: self.flags.get(code, 0) + other.flags.get(code, 0) for code in codes},
        )

    def __sub__(self, other: "Counts") -> "Counts":
        """Return how many more there are than in the other: what came to count in between, if that is earlier."""
        return self + Counts(
            -other.population,
            -other.denominator,
            -other.numerator,
            tuple(-count for count in other.steps),
            {code: -count for code, count in other.flags.items()},
        )

    @property
    def share(self) -> Fraction | None:
        """The exact share; None where these are no two numbers of a share, as a difference may be."""
        if not 0 <= self.numerator <= self.denominator or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one unit over one period, as known at `as_of`. The share is computed last and never stored.

    `unit` is the code of the unit, empty for everything on record. `period_from` and `as_of` bound the period.
    """

    definition: Definition
    unit: str
    period_from: datetime
    as_of: datetime
    counts: Counts

    @property
    def is_known(self) -> bool:
        """False if this system does not record what the figure is made of: it has no number, not the number 0."""
        return not self.definition.no_data

    @property
    def numerator(self) -> int:
        """How many pass the numerator's test."""
        return self.counts.numerator

    @property
    def denominator(self) -> int:
        """How many pass the denominator's test."""
        return self.counts.denominator

    @property
    def share(self) -> Fraction | None:
        """The exact share, or None: it is a count, or there is nothing to divide by (zero rule: unknown)."""
        if self.definition.form is Form.COUNT or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def percent(self) -> float | None:
        """The share in percent, one decimal, rounded half up; None as for `share`."""
        share = self.share
        return None if share is None else int(share * 1000 + Fraction(1, 2)) / 10

    @property
    def interval(self) -> Interval | None:
        """Where the share of all lies if only some were asked; None if everything was counted, or nobody answered."""
        if not self.definition.interval or not self.denominator:
            return None
        return wilson(self.numerator, self.denominator)

    @property
    def target(self) -> Target | None:
        """The goal set for the day of `as_of`, if any."""
        return self.definition.find_target(self.as_of.date())

    @property
    def is_target_met(self) -> bool | None:
        """True if the goal is reached; None if there is no goal or no share."""
        if self.target is None or self.share is None:
            return None
        return self.share * 100 >= self.target.percent

    @property
    def is_small(self) -> bool:
        """True if so few dossiers are behind it that the public page keeps it to itself."""
        return 0 < self.denominator < SMALL_CELL


def as_document(figure: Figure) -> dict[str, object]:
    """Return a figure with its definition as plain data, for JSON and open data."""
    definition = figure.definition
    share = figure.share
    return {
        "code": definition.code,
        "version": definition.version,
        "scheme": definition.scheme,
        "unit": figure.unit,
        "as_of": figure.as_of.isoformat(),
        "period_from": figure.period_from.isoformat(),
        "subject": definition.subject.value,
        "form": definition.form.value,
        "population": figure.counts.population if figure.is_known else None,
        "numerator": figure.numerator if figure.is_known else None,
        "denominator": figure.denominator if figure.is_known else None,
        "share": None if share is None else round(float(share), 6),
        "interval": _bounds(figure.interval),
        "no_data": definition.no_data,
        "rules": {name: getattr(definition.rules, name) for name in ("period", "unit", "zero", "null", "score")},
        "zero_rule": definition.rules.zero,
        "null_rule": definition.rules.null,
        "flags": dict(figure.counts.flags),
        "beside": definition.beside,
        "funnel": [
            {"code": step.code, "count": count, "wording": dict(step.wording)}
            for step, count in zip(definition.steps, figure.counts.steps, strict=True)
        ],
        "target": None
        if figure.target is None
        else {"percent": figure.target.percent, "source": figure.target.source, "met": figure.is_target_met},
        "wording": {
            language: {
                "name": words.name,
                "population": words.population,
                "numerator": words.numerator,
                "denominator": words.denominator,
                "note": words.note,
            }
            for language, words in definition.wording.items()
        },
        "tests": dict(definition.texts),
        "legal": list(definition.legal),
        "valid_from": definition.valid_from.isoformat(),
        "valid_until": definition.valid_until.isoformat() if definition.valid_until else None,
    }


def _bounds(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.low, 6), round(interval.high, 6)]
