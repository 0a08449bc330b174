"""Figures as a page shows them: in the reader's language, with links, doubts in words, collisions side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from onestop.indicators.queries.definitions import PROVINCE, rule_words
from onestop.indicators.queries.figures import Row
from onestop.indicators.rules.definitions import Definition, Part, Subject, Wording
from onestop.indicators.rules.figures import Figure
from onestop.web.base.drawings import width_of
from onestop.web.base.moments import language
from onestop.web.board.surveys import Asked

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


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on a page. `hidden` is true if too few dossiers are behind it for a public page.

    `rules` says in words how it is read; `reason` why it has no number, if this system does not record it.
    """

    figure: Figure
    words: Wording
    doubts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
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
    """One unit of the table."""

    code: str
    name: str
    cells: tuple[Shown, ...]
    href: str

    @property
    def is_idle(self) -> bool:
        """True if none of its figures has anything to count."""
        return all(cell.share is None and not cell.hidden for cell in self.cells)


def show(figure: Figure, asked: Asked, *, opens: bool) -> Shown:
    """Return a figure for the reader. `opens`: its numbers lead to the dossiers; else small numbers are kept back."""
    definition = figure.definition
    links = {}
    if opens and definition.subject in (Subject.DOSSIER, Subject.GROUPED):
        scheme = "" if definition.scheme == PROVINCE else definition.scheme
        query = asked.address(**{"don-vi": figure.unit, "bo": scheme})
        for part in Part:
            links[f"{part}_href"] = reverse("board:behind", args=[definition.code, part.value]) + query
    return Shown(
        figure,
        definition.worded(language()),
        tuple(doubt(code, count) for code, count in figure.counts.flags.items() if count),
        rules=show_rules(definition),
        reason=reason_word(definition.no_data),
        hidden=not opens and figure.is_small,
        **links,
    )


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
    lines = [show_line(row, asked, opens=opens) for row in rows]
    return {
        "collisions": [found for codes in COLLISIONS if len(found := _pick(by_code, codes)) > 1],
        "progress": _pick(by_code, PROGRESS),
        "procedures": [item for code, item in by_code.items() if item.figure.definition.subject is Subject.PROCEDURE],
        "funnel": show_funnel(by_code["WHOLLY_ONLINE"]) if "WHOLLY_ONLINE" in by_code else (),
        "funnel_of": by_code.get("WHOLLY_ONLINE"),
        "lines": [line for line in lines if not line.is_idle],
        "idle": [line for line in lines if line.is_idle],
        "heads": _pick(by_code, TABLE),
    }


def show_line(row: Row, asked: Asked, *, opens: bool) -> Line:
    """Return one unit's row of the table."""
    cells = {figure.definition.code: show(figure, asked, opens=opens) for figure in row.figures}
    return Line(row.unit, row.name(language()), tuple(_pick(cells, TABLE)), asked.address(**{"don-vi": row.unit}))


def show_funnel(shown: Shown) -> tuple[Passed, ...]:
    """Return the steps of a funnel, each with how many are left of all."""
    figure = shown.figure
    if shown.hidden:
        return ()
    whole = figure.denominator or 1
    steps = zip(figure.definition.steps, figure.counts.steps, strict=True)
    first = Passed(shown.words.population, figure.denominator, 1.0 if figure.denominator else 0.0)
    return (first, *(Passed(step.wording[language()], count, count / whole) for step, count in steps))


def doubt(code: str, count: int) -> str:
    """Return a doubt about the data in words."""
    words = {
        "unknown_channel": ngettext("%(n)d dossier of unknown channel", "%(n)d dossiers of unknown channel", count),
        "unknown_filer": ngettext("%(n)d dossier of unknown filer", "%(n)d dossiers of unknown filer", count),
        "unknown_fee": ngettext("%(n)d dossier of unknown fee", "%(n)d dossiers of unknown fee", count),
        "fee_without_payment_record": ngettext(
            "%(n)d dossier with a fee whose payment is not on record",
            "%(n)d dossiers with a fee whose payment is not on record",
            count,
        ),
        "no_fee_owed": ngettext("%(n)d dossier with nothing to pay", "%(n)d dossiers with nothing to pay", count),
        "fee_unpaid": ngettext("%(n)d dossier whose fee is not paid", "%(n)d dossiers whose fee is not paid", count),
        "fee_not_stated": ngettext(
            "%(n)d dossier whose fee was not stated", "%(n)d dossiers whose fee was not stated", count
        ),
        "no_due_moment": ngettext("%(n)d dossier without a due moment", "%(n)d dossiers without a due moment", count),
        "reappointed": ngettext("%(n)d dossier with a new appointment", "%(n)d dossiers with a new appointment", count),
        "second_supplement": ngettext(
            "%(n)d dossier asked for a supplement more than once",
            "%(n)d dossiers asked for a supplement more than once",
            count,
        ),
        "late_entries": ngettext(
            "%(n)d dossier with an entry written down later",
            "%(n)d dossiers with an entry written down later",
            count,
        ),
        "prolonged": ngettext("%(n)d petition prolonged", "%(n)d petitions prolonged", count),
        "answer_not_rated": ngettext(
            "%(n)d petition whose answer nobody rated", "%(n)d petitions whose answers nobody rated", count
        ),
        "not_rated": ngettext("%(n)d dossier nobody rated", "%(n)d dossiers nobody rated", count),
        "rated_at_the_desk": ngettext(
            "%(n)d dossier rated on the device at the desk", "%(n)d dossiers rated on the device at the desk", count
        ),
        "unknown_level": ngettext(
            "%(n)d procedure of unknown online level", "%(n)d procedures of unknown online level", count
        ),
        "unknown_signing_day": ngettext(
            "%(n)d procedure whose decision has no day of signing",
            "%(n)d procedures whose decision has no day of signing",
            count,
        ),
        "internal_procedure": ngettext("%(n)d internal procedure", "%(n)d internal procedures", count),
        "no_longer_listed": ngettext(
            "%(n)d procedure no longer in the national list", "%(n)d procedures no longer in the national list", count
        ),
    }
    return words.get(code, f"{code}: %(n)d") % {"n": count}


def _pick(found: Mapping[str, Shown], codes: Iterable[str]) -> list[Shown]:
    return [found[code] for code in codes if code in found]
