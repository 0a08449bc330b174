"""What shows only beside other dossiers, and what the catalogue counts: both dear to count, so kept for the year.

What is kept has a moment of its own, a little before that of the cube; its figures say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from onestop.facts.queries.durations import count_durations
from onestop.facts.queries.grouped import count_grouped
from onestop.facts.queries.petitions import count_petitions
from onestop.facts.rules.columns import distinct_tests
from onestop.facts.rules.definitions import Definition, Subject
from onestop.facts.rules.durations import Durations, Taken
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.figures import Counts
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.facts.rules.recount import recount
from onestop.facts.rules.tally import Tally, make_tally
from onestop.indicators.models import KeptBeside
from onestop.indicators.queries.definitions import all_definitions
from onestop.indicators.queries.procedures import list_procedure_facts

SUBJECTS = (Subject.GROUPED, Subject.PETITION, Subject.PROCEDURE)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What was counted beside the cube, and when: dossiers beside others, petitions, procedures by `name_of`.

    `durations` only where everything was counted: how long settlement took.
    """

    as_of: datetime
    grouped: Tally
    petitions: Tally
    procedures: Mapping[str, Counts]
    durations: Durations | None = None


def list_beside(definitions: Iterable[Definition]) -> list[Definition]:
    """Return the definitions that are counted beside the cube."""
    return [item for item in definitions if item.subject in SUBJECTS]


def name_of(definition: Definition) -> str:
    """Return the name under which a definition's counts are kept."""
    return f"{definition.scheme}/{definition.code}/{definition.version}"


def count_beside(
    definitions: Sequence[Definition], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> Beside:
    """Count those of the definitions that are not in the cube, from the journal of the period."""
    grouped = [item for item in definitions if item.subject is Subject.GROUPED]
    procedures = [item for item in definitions if item.subject is Subject.PROCEDURE]
    about = [item for item in definitions if item.subject is Subject.PETITION]
    tally = count_grouped(grouped, as_of=as_of, period_from=period_from, known_at=known_at)
    petitions = count_petitions(about, as_of=as_of, period_from=period_from, known_at=known_at)
    if not procedures:
        return Beside(as_of, tally, petitions, {})
    day = as_of.astimezone(PROVINCE_ZONE).date()
    facts = list_procedure_facts(on=day, as_of=as_of, period_from=period_from, known_at=known_at)
    return Beside(as_of, tally, petitions, {name_of(item): recount(item, facts) for item in procedures})


def count_all_beside(*, as_of: datetime, period_from: datetime) -> Beside:
    """Count everything that is kept beside the cube."""
    found = count_beside(list_beside(all_definitions()), as_of=as_of, period_from=period_from)
    return replace(found, durations=count_durations(as_of=as_of, period_from=period_from))


def find_beside(period_from: datetime) -> Beside | None:
    """Return what is kept of a period, None if nothing of these definitions is."""
    rows = KeptBeside.objects.filter(period_from=period_from, layout=beside_layout())
    as_of = rows.values_list("as_of", flat=True).first()
    if as_of is None:
        return None
    known = _known.get(period_from)
    if known is None or known.as_of != as_of:
        row = rows.first()
        if row is None:
            return None
        _known.clear()
        known = _known[period_from] = _read(row)
    return known


_known: dict[datetime, Beside] = {}


@cache
def beside_layout() -> str:
    """Return the name of what is kept: a hash of all that is counted."""
    told = repr(["durations", *((name_of(item), distinct_tests([item])) for item in list_beside(all_definitions()))])
    return sha256(told.encode()).hexdigest()


@cache
def tests_about(subject: Subject) -> tuple[Expression, ...]:
    """Return the tests of every definition about a subject."""
    return distinct_tests(item for item in all_definitions() if item.subject is subject)


def as_columns(beside: Beside) -> dict[str, Any]:
    """Return what was counted as the columns it is kept in."""
    return {
        "as_of": beside.as_of,
        "grouped": _as_rows(beside.grouped),
        "petitions": _as_rows(beside.petitions),
        "procedures": {name: asdict(counts) for name, counts in beside.procedures.items()},
        "durations": [astuple(item) for item in beside.durations.taken] if beside.durations else [],
    }


def _as_rows(tally: Tally) -> list[list[Any]]:
    return [[*place, numbers] for place, numbers in zip(tally.places, tally.numbers.tolist(), strict=True)]


def _read(row: KeptBeside) -> Beside:
    grouped, petitions = _tally(Subject.GROUPED, row.grouped), _tally(Subject.PETITION, row.petitions)
    counted = {name: Counts(**{**counts, "steps": tuple(counts["steps"])}) for name, counts in row.procedures.items()}
    taken = (Taken((place[0], place[1]), *numbers) for place, *numbers in row.durations)
    return Beside(row.as_of, grouped, petitions, counted, Durations(tuple(taken)))


def _tally(subject: Subject, rows: list[list[Any]]) -> Tally:
    return make_tally(tests_about(subject), (((agency, desk), numbers) for agency, desk, numbers in rows))
