"""Choices that the province itself is the source of."""

from django.utils.timezone import localdate

from onestop.agencies.queries import list_units
from onestop.agencies.rules import UnitKind


def commune_options() -> tuple[tuple[str, str], ...]:
    """Return the communes of today, in the order of their codes: name kept, name shown."""
    return tuple((unit.name(), unit.name()) for unit in list_units(kind=UnitKind.COMMUNE, on=localdate()))
