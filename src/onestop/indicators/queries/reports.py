"""The reports that TT 01/2020/TT-VPCP asks for: Biểu 06 by sector, Biểu II.07b of the whole province."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onestop.catalogue.models import Procedure
from onestop.facts.queries.compile import compile_condition
from onestop.facts.queries.facts import FACTS_SQL, moments, run
from onestop.facts.rules.columns import part_condition
from onestop.facts.rules.definitions import Definition, Part
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.definitions import list_definitions
from onestop.indicators.queries.units import unit_filter

SETTLEMENT, ONE_STOP = "settlement-06", "one-stop-07b"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One sector with the numbers of every column. Dossiers of a procedure nobody knows have no sector name."""

    sector: str
    names: dict[str, str]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report by sector: its columns (definitions), its rows, the sum of all."""

    columns: tuple[Definition, ...]
    rows: tuple[ReportRow, ...]
    total: tuple[int, ...]
    as_of: datetime
    period_from: datetime


def make_settlement_report(
    *, unit: str, as_of: datetime, period_from: datetime, on: date | None = None, known_at: datetime | None = None
) -> Report:
    """Return Biểu 06 of a unit and all below it, a row for each sector that had a dossier."""
    day = as_of.astimezone(PROVINCE_ZONE).date()
    columns = list_definitions(on=day, scheme=SETTLEMENT)
    units = unit_filter(unit, on=on or day)
    parameters: dict[str, Any] = dict(moments(as_of, period_from, known_at))
    counted = _columns(columns, parameters)
    within = "TRUE"
    if units.column:
        parameters["unit_codes"] = sorted(units.codes)
        within = f"{units.column} = ANY(%(unit_codes)s)"
    sql = (
        f"WITH facts AS MATERIALIZED (\n{FACTS_SQL}) SELECT coalesce(procedure, ''), {counted} FROM facts"  # noqa: S608
        f" WHERE {within} GROUP BY 1"
    )
    rows = _by_sector([(row[0], row[1:]) for row in run(sql, parameters)])
    total = tuple(sum(numbers) for numbers in zip(*(row.numbers for row in rows), strict=True)) or (0,) * len(columns)
    return Report(columns, rows, total, as_of, period_from)


def _columns(columns: Sequence[Definition], parameters: dict[str, Any]) -> str:
    tests = (part_condition(definition, Part.NUMERATOR) for definition in columns)
    return ", ".join(f"count(*) FILTER (WHERE {compile_condition(test, parameters)})" for test in tests)


def _by_sector(rows: Sequence[tuple[str, Sequence[int]]]) -> tuple[ReportRow, ...]:
    """Add up the procedures of each sector, in the order of the sectors' names; what is all zero is left out."""
    known = Procedure.objects.filter(code__in=[code for code, _ in rows]).select_related("sector").order_by()
    sectors = {procedure.code: procedure.sector for procedure in known}
    sums: dict[str, list[int]] = {}
    named: dict[str, tuple[str, dict[str, str]]] = {"": ("", {})}
    for code, numbers in rows:
        sector = sectors.get(code)
        key = sector.code if sector else ""
        if sector:
            named[key] = (sector.sort_key, sector.names)
        earlier = sums.setdefault(key, [0] * len(numbers))
        sums[key] = [a + b for a, b in zip(earlier, numbers, strict=True)]
    ordered = sorted(sums, key=lambda key: (not key, named[key][0]))
    return tuple(ReportRow(key, named[key][1], tuple(sums[key])) for key in ordered if any(sums[key]))
