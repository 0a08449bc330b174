"""Figures as a page shows them: in the reader's language, with links, doubts in words, collisions side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from onestop.facts.rules.definitions import Definition, Part, Subject, Wording
from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.definitions import PROVINCE, rule_words
from onestop.indicators.queries.figures import Row
from onestop.web.base.drawings import width_of
from onestop.web.base.moments import language
from onestop.web.board.cells import draw_cells
from onestop.web.board.fragments import key_of, make_once
from onestop.web.board.surveys import Asked
from onestop.web.board.wording import doubt

HEADLINES = ("ON_TIME_BY_LAW", "ONLINE_BY_OWN_HAND", "FULL_PROCESS", "WHOLLY_ONLINE", "DIGITISED_AT_RECEPTION")
COLLISIONS = (
    ("ONLINE_BY_CHANNEL", "ONLINE_BY_OWN_HAND"),
    ("DIGITISED_AT_RECEPTION", "COMPONENTS_AND_RESULT_DIGITISED", "DATA_REUSED"),
    ("SATISFACTION_DERIVED", "SATISFACTION_ASKED", "SATISFACTION_RESPONSE"),
    ("ON_TIME_BY_APPOINTMENT", "ON_TIME_BY_LAW", "ON_TIME_INDICATOR"),
    ("FULL_PROCESS", "FULL_PROCESS_OF_ELIGIBLE"),
    ("PAID_ONLINE_BY_DOSSIER", "PAID_ONLINE_BY_PROCEDURE"),
)
PROGRESS = ("SETTLED_EARLY", "SETTLED_ON_TIME", "SETTLED_LATE", "PENDING_IN_TIME", "PENDING_LATE", "CARRIED_OVER")
TABLE = (*HEADLINES, "ELECTRONIC_RESULTS")
ROW = (*TABLE, "PENDING_LATE")
"""What is asked of every unit of a page: the table's figures, and who needs help."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on a page. `hidden` is true if too few dossiers are behind it for a public page.

    `reason` says why it has no number, if this system does not record it.
    """

    figure: Figure
    words: Wording
    reason: str = ""
    numerator_href: str = ""
    denominator_href: str = ""
    hidden: bool = False

    @property
    def code(self) -> str:
        """The code of the definition."""
        return self.figure.definition.code

    @property
    def share(self) -> float | None:
        """The share of 0..1, or None if there is none."""
        return None if self.figure.share is None else float(self.figure.share)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is doubtful about the data behind it, in words."""
        return tuple(doubt(code, count) for code, count in self.figure.counts.flags.items() if count)

    @property
    def terms(self) -> SafeString:
        """What its definition says, which is the same for every unit and moment."""
        definition = self.figure.definition
        key = (definition.scheme, definition.code, definition.version)

        def make() -> SafeString:
            return render_to_string("board/_terms.html", {"item": show_definition(definition)})

        return make_once("terms", key, make)

    def block(self, query: str, moment: datetime) -> SafeString:
        """The figure as it stands on a page of that moment, whose address has that query."""
        moment_told = self.figure.as_of if self.figure.as_of < moment else None
        told = {"item": self, "query": query, "moment_told": moment_told}
        key = (key_of(self.figure), self.hidden, self.numerator_href, query, moment_told)
        return make_once("figure", key, lambda: render_to_string("board/_figure.html", told))

    @property
    def width(self) -> str:
        """The share as the width of a bar of 100."""
        return width_of(self.share)

    @property
    def target(self) -> float | None:
        """The goal of 0..1, or None."""
        return self.figure.target.percent / 100 if self.figure.target else None


@dataclass(frozen=True, slots=True)
class Passed:
    """One step of a funnel: how many of all are left."""

    word: str
    count: int
    share: float

    @property
    def width(self) -> str:
        """The share as the width of a bar of 100."""
        return width_of(self.share)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the table: its cells, ready for it. `is_idle` if none of its figures has anything to count."""

    code: str
    name: str
    href: str
    drawn: SafeString
    is_idle: bool


def show(figure: Figure, asked: Asked, *, opens: bool) -> Shown:
    """Return a figure for the reader. `opens`: its numbers lead to the dossiers; else small numbers are kept back."""
    definition = figure.definition
    words, reason = definition.worded(language()), reason_word(definition.no_data)
    if not opens or definition.subject not in (Subject.DOSSIER, Subject.GROUPED):
        return Shown(figure, words, reason, hidden=not opens and figure.is_small)
    scheme = "" if definition.scheme == PROVINCE else definition.scheme
    query = asked.address(**{"don-vi": figure.unit, "bo": scheme})
    numerator, denominator = (_behind(definition.code, part) + query for part in (Part.NUMERATOR, Part.DENOMINATOR))
    return Shown(figure, words, reason, numerator, denominator)


@cache
def _behind(code: str, part: Part) -> str:
    return reverse("board:behind", args=[code, part.value])


@dataclass(frozen=True, slots=True)
class DefinitionShown:
    """A definition by itself, as the page of all definitions shows it."""

    definition: Definition
    words: Wording
    rules: tuple[str, ...]
    reason: str


def show_definition(definition: Definition) -> DefinitionShown:
    """Return a definition for the reader."""
    return DefinitionShown(
        definition, definition.worded(language()), show_rules(definition), reason_word(definition.no_data)
    )


def show_rules(definition: Definition) -> tuple[str, ...]:
    """Return how a definition is read, in words: period, unit, nothing to divide by, unknown facts, points."""
    words, rules = rule_words(), definition.rules
    kinds = ("period", "unit", "zero", "null", "score")
    return tuple(words[kind][getattr(rules, kind)][language()] for kind in kinds)


def reason_word(code: str) -> str:
    """Return why something has no number, in words; empty without a reason."""
    return rule_words()["no_data"][code][language()] if code else ""


def show_board(figures: Iterable[Figure], rows: Iterable[Row], asked: Asked, *, opens: bool) -> dict[str, object]:
    """Return what the template of the board needs below its head."""
    by_code = {figure.definition.code: show(figure, asked, opens=opens) for figure in figures}
    tongue = language()
    lines = [show_line(row, asked, tongue, opens=opens) for row in rows]
    return {
        "collisions": [found for codes in COLLISIONS if len(found := _pick(by_code, codes)) > 1],
        "progress": _pick(by_code, PROGRESS),
        "procedures": [item for code, item in by_code.items() if item.figure.definition.subject is Subject.PROCEDURE],
        "funnel": show_funnel(by_code["WHOLLY_ONLINE"]) if "WHOLLY_ONLINE" in by_code else (),
        "funnel_of": by_code.get("WHOLLY_ONLINE"),
        "units": draw_units(lines, _pick(by_code, TABLE)),
    }


def draw_units(lines: Sequence[Line], heads: Sequence[Shown]) -> SafeString:
    """Return the table of units, made once for what its lines hold."""
    told = {
        "lines": [line for line in lines if not line.is_idle],
        "idle": [line for line in lines if line.is_idle],
        "heads": heads,
    }
    rows = tuple((line.name, line.href, line.drawn, line.is_idle) for line in lines)
    key = (rows, tuple(head.words.name for head in heads))
    return make_once("units", key, lambda: render_to_string("board/_units.html", told))


def show_line(row: Row, asked: Asked, tongue: str, *, opens: bool) -> Line:
    """Return one unit's row of the table, in the reader's language: asked for once, since there are many rows."""
    figures = {figure.definition.code: figure for figure in row.figures}
    chosen = [figures[code] for code in TABLE if code in figures]
    href = asked.address(**{"don-vi": row.unit})

    def draw() -> SafeString:
        return draw_cells(show(figure, asked, opens=opens) for figure in chosen)

    drawn = make_once("cells", (tuple(map(key_of, chosen)), href, opens), draw, tongue)
    is_idle = not any(figure.denominator for figure in chosen)
    return Line(row.unit, row.name(tongue), href, drawn, is_idle)


def show_funnel(shown: Shown) -> tuple[Passed, ...]:
    """Return the steps of a funnel, each with how many are left of all."""
    figure = shown.figure
    if shown.hidden:
        return ()
    whole = figure.denominator or 1
    steps = zip(figure.definition.steps, figure.counts.steps, strict=True)
    first = Passed(shown.words.population, figure.denominator, 1.0 if figure.denominator else 0.0)
    return (first, *(Passed(step.wording[language()], count, count / whole) for step, count in steps))


def _pick(found: Mapping[str, Shown], codes: Iterable[str]) -> list[Shown]:
    return [found[code] for code in codes if code in found]
