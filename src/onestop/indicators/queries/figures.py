"""Figures: all definitions of a scheme for any unit, as of any moment, from one statement over the journal."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from onestop.accounts.rules import Principal
from onestop.facts.queries.counting import count_by_unit
from onestop.facts.rules.definitions import Definition, Subject
from onestop.facts.rules.figures import Counts, Figure
from onestop.facts.rules.periods import PROVINCE_ZONE, year_start
from onestop.facts.rules.tally import Tally, UnitFilter
from onestop.indicators.queries.beside import Beside, count_beside, find_beside, list_beside, name_of
from onestop.indicators.queries.cube import find_tally
from onestop.indicators.queries.definitions import PROVINCE, list_definitions
from onestop.indicators.queries.units import check_may_see, find_names, list_agencies_below, top_unit, unit_filter

LATELY = timedelta(minutes=1)
"""How old what is kept beside the cube may be where an answer of now is asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of a table with its figures, in the order of the definitions."""

    unit: str
    names: dict[str, str]
    figures: tuple[Figure, ...]

    def name(self, language: str) -> str:
        """Return the unit's name in `language`, else the Vietnamese one."""
        return self.names.get(language) or self.names.get("vi", self.unit)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything counted at once: the tally of all definitions about dossiers, and what is counted beside it.

    What is not recorded yet has a figure too, without a number.

    `on` is the day whose map of units is used: figures of 2024 can be drawn on the map of 2025.
    """

    as_of: datetime
    period_from: datetime
    on: date
    definitions: tuple[Definition, ...]
    tally: Tally
    beside: Beside | None

    @property
    def waiting(self) -> tuple[Definition, ...]:
        """The definitions that have no figure yet, since what is counted beside the cube is still being counted."""
        return tuple(list_beside(self.definitions)) if self.beside is None else ()

    def only(self, codes: Collection[str]) -> "Survey":
        """Return the same with these definitions alone: for tables, which show few figures of many units."""
        return replace(self, definitions=tuple(item for item in self.definitions if item.code in codes))

    def figures(self, unit: str, units: UnitFilter, *, whole: bool) -> tuple[Figure, ...]:
        """Return the figures of a unit; those about procedures only for the `whole`, since units share them."""
        beside = self.beside
        dossiers = self._count(Subject.DOSSIER, self.tally, units)
        grouped = self._count(Subject.GROUPED, beside.grouped if beside else None, units)
        petitions = self._count(Subject.PETITION, beside.petitions if beside else None, units)
        found = []
        for definition in self.definitions:
            as_of, counts = self.as_of, Counts()
            match definition.subject:
                case Subject.DOSSIER:
                    counts = next(dossiers)
                case Subject.GROUPED if beside:
                    as_of, counts = beside.as_of, next(grouped)
                case Subject.PETITION if beside:
                    as_of, counts = beside.as_of, next(petitions)
                case Subject.PROCEDURE if beside and whole:
                    as_of, counts = beside.as_of, beside.procedures[name_of(definition)]
                case Subject.GROUPED | Subject.PETITION | Subject.PROCEDURE:
                    continue
            found.append(Figure(definition, unit, self.period_from, as_of, counts))
        return tuple(found)

    def _count(self, subject: Subject, tally: Tally | None, units: UnitFilter) -> Iterator[Counts]:
        about = [item for item in self.definitions if item.subject is subject]
        return iter(tally.counts(about, units)) if about and tally else iter(())


def take_survey(
    *,
    as_of: datetime,
    period_from: datetime | None = None,
    scheme: str = PROVINCE,
    codes: Sequence[str] = (),
    on: date | None = None,
    known_at: datetime | None = None,
) -> Survey:
    """Count all definitions (or those of `codes`) of a scheme once. The period is the local year so far by default.

    Now is answered by the kept cube, so `as_of` of the survey may be up to a second earlier; the past by the journal.
    With `known_at`, what was written down later is left out: `known_at` = `as_of` gives what was shown then.

    Raises `NotFound` for an unknown scheme.
    """
    period_from = period_from or year_start(as_of)
    day = as_of.astimezone(PROVINCE_ZONE).date()
    definitions = choose(on=day, scheme=scheme, codes=codes)
    kept = None if known_at else find_tally(as_of=as_of, period_from=period_from)
    if kept:
        tally, as_of = kept
    else:
        about_dossiers = [item for item in definitions if item.subject is Subject.DOSSIER]
        tally = count_by_unit(about_dossiers, as_of=as_of, period_from=period_from, known_at=known_at)
    beside = find_beside(period_from) if kept and list_beside(definitions) else None
    if beside is None or not timedelta(0) <= as_of - beside.as_of <= LATELY:
        beside = count_beside(definitions, as_of=as_of, period_from=period_from, known_at=known_at)
    return Survey(as_of, period_from, on or day, definitions, tally, beside)


def choose(*, on: date, scheme: str, codes: Sequence[str]) -> tuple[Definition, ...]:
    """Return the definitions of a scheme that hold on a day: all of them, or those of `codes`."""
    return _choose(on, scheme, tuple(codes))


@lru_cache(maxsize=256)
def _choose(on: date, scheme: str, codes: tuple[str, ...]) -> tuple[Definition, ...]:
    found = list_definitions(on=on, scheme=scheme)
    return tuple(item for item in found if not codes or item.code in codes)


def list_figures(survey: Survey, *, unit: str = "", by: Principal | None = None) -> tuple[Figure, ...]:
    """Return the figures of a unit, all of the survey if none is named.

    With `by`, only a unit in that principal's subtree, or the own agency: else `NotFound`.
    """
    if by is not None:
        check_may_see(unit or top_unit(), by)
    whole = unit in ("", top_unit())
    return survey.figures(unit, unit_filter(unit, on=survey.on), whole=whole)


def list_rows(survey: Survey, *, unit: str, by: Principal | None = None) -> tuple[Row, ...]:
    """Return the agencies directly below a unit with their figures; a unit without any gives itself alone."""
    if by is not None:
        check_may_see(unit, by)
    below = list_agencies_below(unit, on=survey.on)
    if not below:
        return (Row(unit, find_names(unit), survey.figures(unit, unit_filter(unit, on=survey.on), whole=False)),)
    return tuple(Row(shown.code, shown.names, survey.figures(shown.code, shown.filter, whole=False)) for shown in below)
