"""A figure of the past as it was shown then, as it is known now, and the dossiers that make the difference."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.scope import scope
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import EVER, FACTS_SQL, run
from onestop.facts.rules.columns import part_condition
from onestop.facts.rules.definitions import Definition, Part, Subject
from onestop.facts.rules.periods import PROVINCE_ZONE, year_start
from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.queries.units import unit_filter

OUTSIDE, DENOMINATOR, NUMERATOR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Changed:
    """A dossier that counts otherwise than was shown: 0 not at all, 1 in the denominator, 2 in both numbers."""

    stream: int
    shown: int
    known: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The two numbers as shown then and as known now. `changed` names the dossiers between them that may be read;
    `hidden` counts those that this reader may not.
    """

    definition: Definition
    unit: str
    as_of: datetime
    shown: tuple[int, int]
    known: tuple[int, int]
    changed: tuple[Changed, ...]
    hidden: int

    @property
    def is_same(self) -> bool:
        """True if nothing was written down later that changes the figure."""
        return not self.changed and not self.hidden


def find_difference(
    code: str,
    *,
    as_of: datetime,
    by: Principal,
    period_from: datetime | None = None,
    unit: str = "",
    scheme: str = "",
    known_at: datetime | None = None,
) -> Difference:
    """Compare a figure as shown at `as_of` with what is known at `known_at` (now): entries written down meanwhile.

    Raises `NotFound` for an unknown definition or unit, `Refused` for a figure that does not count dossiers.
    """
    day = as_of.astimezone(PROVINCE_ZONE).date()
    definition = get_definition(code, on=day, scheme=scheme)
    if definition.subject is not Subject.DOSSIER:
        raise Refused("indicators.not_about_dossiers", indicator=code)
    units = unit_filter(unit, on=day)
    parameters: dict[str, Any] = {
        "as_of": as_of,
        "period_from": period_from or year_start(as_of),
        "known_at": known_at or EVER,
    }
    within = "TRUE"
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f"{units.column} = ANY(%(unit_codes)s)"
    rows = run(_statement(definition, within, parameters), parameters)
    totals, changed = rows[0], [Changed(row[0], row[1], row[2]) for row in rows[1:]]
    shown = _name(changed, by)
    return Difference(
        definition, unit, as_of, (totals[3], totals[4]), (totals[5], totals[6]), shown, len(changed) - len(shown)
    )


def _statement(definition: Definition, within: str, parameters: dict[str, Any]) -> str:
    """One statement: the totals first, then each dossier that changed. What was shown then is known at `as_of`."""
    inside = compile_condition(part_condition(definition, Part.DENOMINATOR), parameters)
    passed = compile_condition(part_condition(definition, Part.NUMERATOR), parameters)
    part = f"SELECT stream, CASE WHEN {passed} THEN 2 WHEN {inside} THEN 1 ELSE 0 END AS part"
    then = FACTS_SQL.replace("%(known_at)s", "%(as_of)s")
    return f"""
        WITH known AS MATERIALIZED ({part} FROM (\n{FACTS_SQL}) AS facts WHERE {within}),
        shown AS MATERIALIZED ({part} FROM (\n{then}) AS facts WHERE {within}),
        both_of AS MATERIALIZED (
            SELECT stream, coalesce(shown.part, 0) AS shown, coalesce(known.part, 0) AS known
            FROM shown FULL JOIN known USING (stream)
        )
        SELECT 0, 0, 0, count(*) FILTER (WHERE shown = 2), count(*) FILTER (WHERE shown > 0),
            count(*) FILTER (WHERE known = 2), count(*) FILTER (WHERE known > 0)
        FROM both_of
        UNION ALL
        SELECT * FROM (
            SELECT stream, shown, known, 0, 0, 0, 0 FROM both_of WHERE shown <> known ORDER BY stream
        ) AS changed
    """  # noqa: S608  names from the parser, values as parameters


def _name(changed: list[Changed], by: Principal) -> tuple[Changed, ...]:
    ids = [item.stream for item in changed]
    codes = dict(Dossier.objects.filter(scope(Verb.READ, by), pk__in=ids).values_list("pk", "code")) if ids else {}
    return tuple(
        Changed(item.stream, item.shown, item.known, codes[item.stream]) for item in changed if item.stream in codes
    )
