"""What a definition of an indicator is (định nghĩa chỉ số): data read and checked, its tests parsed.

A definition is dated and cited; its wording is kept in three languages beside its tests, so that what is shown and
what is computed are one piece of data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from onestop.facts.rules.expressions import ALWAYS, All, Expression, parse
from onestop.facts.rules.facts import DOSSIER_FACTS, GROUPED_FACTS, PETITION_FACTS, PROCEDURE_FACTS, FactKind

LANGUAGES = ("vi", "en", "ur")
NOTHING = "false"


class Subject(StrEnum):
    """What is counted."""

    DOSSIER = "dossier"  # hồ sơ
    PROCEDURE = "procedure"  # thủ tục hành chính
    GROUPED = "grouped"  # hồ sơ xét cùng các hồ sơ khác: what only shows beside others
    PETITION = "petition"  # phản ánh, kiến nghị
    UNRECORDED = "unrecorded"  # what this system does not record yet: the definition stands, its number does not


KINDS: dict[Subject, dict[str, FactKind]] = {
    Subject.DOSSIER: DOSSIER_FACTS,
    Subject.GROUPED: GROUPED_FACTS,
    Subject.PROCEDURE: PROCEDURE_FACTS,
    Subject.PETITION: PETITION_FACTS,
    Subject.UNRECORDED: {},
}


class Form(StrEnum):
    """Whether a share is computed of the two numbers, or only the numerator is shown."""

    SHARE = "share"
    COUNT = "count"


class Part(StrEnum):
    """Which of the two numbers of a figure (tử số, mẫu số)."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Wording:
    """A definition in one language: its name, what the two numbers count, of which population; a caution if any.

    `remedy` says what to do where it counts something that should not be there.
    """

    name: str
    population: str
    numerator: str
    denominator: str
    note: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel: those that passed all steps up to here are counted."""

    code: str
    test: Expression
    wording: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class FlagTest:
    """A doubt about the data: dossiers of the denominator for which `test` holds are counted beside the figure."""

    code: str
    test: Expression
    text: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A share that was set as a goal for a period, in percent, with the document that set it (chỉ tiêu được giao)."""

    percent: int
    source: str
    valid_from: date
    valid_until: date | None

    @property
    def share(self) -> Fraction:
        """The goal as a share of 0..1, exactly."""
        return Fraction(self.percent, 100)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a definition is read, each rule by its code: which period, whose dossiers, nothing to divide by, unknown
    facts, points. The words of every code are in `data/definitions/rules.json`.
    """

    period: str
    unit: str
    zero: str
    null: str
    score: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One dated definition. `texts` holds the tests as written; `beside` names the one it must be read with.

    `no_data` is the code of the reason why it has no number yet; it is empty for everything that is counted.
    `interval` names the rule by which a share of a part speaks for the whole: `wilson`; empty if everything is counted.
    """

    code: str
    version: int
    scheme: str
    subject: Subject
    form: Form
    population_code: str
    population: Expression
    denominator: Expression
    numerator: Expression
    texts: Mapping[str, str]
    rules: Rules
    wording: Mapping[str, Wording]
    legal: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    beside: str = ""
    steps: tuple[Step, ...] = ()
    flags: tuple[FlagTest, ...] = ()
    targets: tuple[Target, ...] = ()
    no_data: str = ""
    interval: str = ""

    def worded(self, language: str) -> Wording:
        """Return the wording in `language`, else in Vietnamese."""
        return self.wording.get(language) or self.wording["vi"]

    def is_valid_on(self, day: date) -> bool:
        """True if the definition holds on that day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def find_target(self, day: date) -> Target | None:
        """Return the goal set for that day, if any."""
        for target in self.targets:
            if target.valid_from <= day and (target.valid_until is None or day < target.valid_until):
                return target
        return None


def read_definition(raw: Mapping[str, Any], *, scheme: str, populations: Mapping[str, Any]) -> Definition:
    """Return a definition from its JSON form. Raises `BadExpression`, `KeyError` or `ValueError` for unusable data."""
    base = populations[raw["population"]]
    subject = Subject(base["subject"])
    if (subject is Subject.UNRECORDED) is not bool(raw.get("no_data")):
        raise ValueError(f"{raw['code']}: what is not recorded names its reason, and only that")
    kinds = KINDS[subject]
    steps = tuple(
        Step(step["code"], parse(step["test"], kinds), step["wording"], step["test"]) for step in raw.get("steps", ())
    )
    if subject is Subject.UNRECORDED:
        raw = {**raw, "numerator": NOTHING, "denominator": NOTHING}
    numerator = parse(raw["numerator"], kinds) if "numerator" in raw else All(tuple(step.test for step in steps))
    return Definition(
        code=raw["code"],
        version=raw["version"],
        scheme=scheme,
        subject=subject,
        form=Form(raw["form"]),
        population_code=raw["population"],
        population=parse(base.get("test", NOTHING), kinds),
        denominator=parse(raw["denominator"], kinds) if "denominator" in raw else ALWAYS,
        numerator=numerator,
        texts=_texts(raw, base["test"]) if "test" in base else {},
        rules=_rules(raw, base),
        wording={language: _wording(raw["wording"][language], base["wording"][language]) for language in LANGUAGES},
        legal=tuple(raw["legal"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_until=_day(raw.get("valid_until")),
        beside=raw.get("beside", ""),
        steps=steps,
        flags=tuple(FlagTest(flag["code"], parse(flag["test"], kinds), flag["test"]) for flag in raw.get("flags", ())),
        targets=tuple(_target(target) for target in raw.get("targets", ())),
        no_data=raw.get("no_data", ""),
        interval=raw.get("interval", ""),
    )


def valid_on(definitions: Iterable[Definition], day: date) -> tuple[Definition, ...]:
    """Return of each code the newest version that holds on that day, in the order given."""
    newest: dict[str, Definition] = {}
    for definition in definitions:
        earlier = newest.get(definition.code)
        if definition.is_valid_on(day) and (earlier is None or earlier.version < definition.version):
            newest[definition.code] = definition
    return tuple(newest.values())


def _rules(raw: Mapping[str, Any], base: Mapping[str, Any]) -> Rules:
    """Return the rules of a definition: period and unit come with its population, the others have a usual one."""
    is_recorded = not raw.get("no_data")
    return Rules(
        period=base["period"],
        unit=base["unit"],
        zero=raw.get("zero", "unknown"),
        null=raw.get("null", "unknown_never_counts" if is_recorded else "stays_unknown"),
        score=raw.get("score", "none"),
    )


def _texts(raw: Mapping[str, Any], population: str) -> dict[str, str]:
    steps = " and ".join(f"({step['test']})" for step in raw.get("steps", ()))
    return {
        "population": population,
        "denominator": raw.get("denominator", "true"),
        "numerator": raw.get("numerator", steps),
    }


def _wording(raw: Mapping[str, str], population: str) -> Wording:
    return Wording(
        name=raw["name"],
        population=population,
        numerator=raw["numerator"],
        denominator=raw.get("denominator", population),
        note=raw.get("note", ""),
        remedy=raw.get("remedy", ""),
    )


def _target(raw: Mapping[str, Any]) -> Target:
    return Target(raw["percent"], raw["source"], date.fromisoformat(raw["valid_from"]), _day(raw.get("valid_until")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
