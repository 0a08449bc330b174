"""Figures: all definitions of a scheme for any unit, as of any moment, from one statement over the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onestop.accounts.rules import Principal
from onestop.indicators.queries.counting import count_by_unit
from onestop.indicators.queries.cube import find_tally
from onestop.indicators.queries.definitions import PROVINCE, list_definitions
from onestop.indicators.queries.grouped import count_grouped
from onestop.indicators.queries.petitions import count_petitions
from onestop.indicators.queries.procedures import list_procedure_facts
from onestop.indicators.queries.units import check_may_see, find_names, list_agencies_below, top_unit, unit_filter
from onestop.indicators.rules.definitions import Definition, Subject
from onestop.indicators.rules.figures import Counts, Figure
from onestop.indicators.rules.periods import PROVINCE_ZONE, year_start
from onestop.indicators.rules.recount import recount
from onestop.indicators.rules.tally import Tally, UnitFilter


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
    """Everything counted at once: the tallies of all definitions about dossiers and petitions, and what the catalogue
    counts.

    What is not recorded yet has a figure too, without a number.

    `on` is the day whose map of units is used: figures of 2024 can be drawn on the map of 2025.
    """

    as_of: datetime
    period_from: datetime
    on: date
    definitions: tuple[Definition, ...]
    tally: Tally
    procedures: dict[str, Counts]
    grouped: Tally
    petitions: Tally

    def figures(self, unit: str, units: UnitFilter, *, whole: bool) -> tuple[Figure, ...]:
        """Return the figures of a unit; those about procedures only for the `whole`, since units share them."""
        counted = {
            Subject.DOSSIER: iter(self.tally.counts(self._about(Subject.DOSSIER), units)),
            Subject.GROUPED: iter(self.grouped.counts(self._about(Subject.GROUPED), units)),
            Subject.PETITION: iter(self.petitions.counts(self._about(Subject.PETITION), units)),
        }
        found = []
        for definition in self.definitions:
            if definition.subject in counted:
                counts = next(counted[definition.subject])
            elif definition.subject is Subject.UNRECORDED:
                counts = Counts()
            elif whole:
                counts = self.procedures[definition.code]
            else:
                continue
            found.append(Figure(definition, unit, self.period_from, self.as_of, counts))
        return tuple(found)

    def _about(self, subject: Subject) -> list[Definition]:
        return [item for item in self.definitions if item.subject is subject]


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
    definitions = list_definitions(on=day, scheme=scheme)
    definitions = tuple(item for item in definitions if not codes or item.code in codes)
    about_dossiers = [item for item in definitions if item.subject is Subject.DOSSIER]
    beside_others = [item for item in definitions if item.subject is Subject.GROUPED]
    about_procedures = [item for item in definitions if item.subject is Subject.PROCEDURE]
    about_petitions = [item for item in definitions if item.subject is Subject.PETITION]
    kept = None if known_at else find_tally(as_of=as_of, period_from=period_from)
    if kept:
        tally, as_of = kept
    else:
        tally = count_by_unit(about_dossiers, as_of=as_of, period_from=period_from, known_at=known_at)
    count = _count_procedures_lately if kept else _count_procedures
    counted = count(about_procedures, as_of=as_of, period_from=period_from, known_at=known_at)
    grouped = count_grouped(beside_others, as_of=as_of, period_from=period_from, known_at=known_at)
    petitions = count_petitions(about_petitions, as_of=as_of, period_from=period_from, known_at=known_at)
    return Survey(as_of, period_from, on or day, definitions, tally, counted, grouped, petitions)


def _count_procedures(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None
) -> dict[str, Counts]:
    if not definitions:
        return {}
    day = as_of.astimezone(PROVINCE_ZONE).date()
    facts = list_procedure_facts(on=day, as_of=as_of, period_from=period_from, known_at=known_at)
    return {item.code: recount(item, facts) for item in definitions}


def _count_procedures_lately(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None
) -> dict[str, Counts]:
    """Return what was counted within the last minute, else count: procedures change by decision, not by the second."""
    key = (tuple(item.code for item in definitions), period_from, as_of.astimezone(PROVINCE_ZONE).date())
    found = _lately.get(key)
    if found is None or not timedelta(0) <= as_of - found[0] <= LATELY:
        counted = _count_procedures(definitions, as_of=as_of, period_from=period_from, known_at=known_at)
        if len(_lately) >= MOST_KEPT:
            _lately.clear()
        found = _lately[key] = (as_of, counted)
    return found[1]


LATELY = timedelta(minutes=1)
MOST_KEPT = 64
_lately: dict[tuple[tuple[str, ...], datetime, date], tuple[datetime, dict[str, Counts]]] = {}


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
