"""The dossiers behind a number: by the very statement that counted them, within the rights of who asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import Page
from onestop.dossiers.queries.scope import scope
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.facts.queries.counting import streams_sql
from onestop.facts.queries.facts import room
from onestop.facts.queries.grouped import grouped_streams_sql
from onestop.facts.rules.columns import part_condition
from onestop.facts.rules.definitions import Part, Subject
from onestop.facts.rules.periods import PROVINCE_ZONE, year_start
from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.queries.units import unit_filter

STREAMS = {Subject.DOSSIER: streams_sql, Subject.GROUPED: grouped_streams_sql}


@dataclass(frozen=True, slots=True)
class Behind:
    """Which number is opened: the definition's code, the part of it, the unit, the period, the moment.

    With `known_at`, as it could be opened then: what was written down later is left out.
    """

    code: str
    part: Part
    as_of: datetime
    unit: str = ""
    scheme: str = ""
    period_from: datetime | None = None
    on: date | None = None
    known_at: datetime | None = None


def list_behind(number: Behind, *, by: Principal, size: int = 50, after: str = "") -> Page[Dossier]:
    """Return the dossiers behind a number that `by` may read, newest first. `after` is the key of the page before.

    Raises `NotFound` for an unknown definition or unit, `Refused` for a figure that does not count dossiers.
    """
    rows = _rows(number, by)
    if after:
        rows = rows.filter(pk__lt=int(after) if after.isdigit() else 0)
    with room():
        found = list(rows[: size + 1])
    return Page(tuple(found[:size]), str(found[size - 1].pk) if len(found) > size else "")


def iterate_behind(number: Behind, *, by: Principal) -> Iterator[Dossier]:
    """Yield all dossiers behind a number that `by` may read, newest first, a portion at a time."""
    rows = _rows(number, by)
    with room():
        yield from rows.iterator(chunk_size=2000)


def count_behind(number: Behind, *, by: Principal) -> int:
    """Return how many of the dossiers behind a number `by` may read."""
    rows = _rows(number, by)
    with room():
        return rows.count()


def _rows(number: Behind, by: Principal) -> "QuerySet[Dossier]":
    day = number.as_of.astimezone(PROVINCE_ZONE).date()
    definition = get_definition(number.code, on=day, scheme=number.scheme)
    if definition.subject not in STREAMS:
        raise Refused("indicators.not_about_dossiers", indicator=number.code)
    sql, parameters = STREAMS[definition.subject](
        part_condition(definition, number.part),
        as_of=number.as_of,
        period_from=number.period_from or year_start(number.as_of),
        units=unit_filter(number.unit, on=number.on or day),
        known_at=number.known_at,
    )
    within = RawSQL(*_in_order(sql, parameters))  # noqa: S611  names from the parser, values as parameters
    shown = Dossier.objects.select_related("procedure", "competent_unit", "holder_unit")
    return shown.filter(scope(Verb.READ, by), pk__in=within).order_by("-pk")


def _in_order(sql: str, parameters: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the statement with its parameters in order, as a part of a larger one needs them."""
    names = re.findall(r"%\((\w+)\)s", sql)
    return re.sub(r"%\(\w+\)s", "%s", sql), [parameters[name] for name in names]
