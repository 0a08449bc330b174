"""What targets can be about on a day: indicators that are a share, and measures of other kinds."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

from onestop.errors import NotFound
from onestop.plans.queries.reference import find_indicator, list_indicators
from onestop.plans.rules.measures import Direction, Kind, Measure, read_measure


@cache
def all_measures() -> tuple[Measure, ...]:
    """Return every measure, in the order of the file."""
    text = resources.files("onestop.plans.data").joinpath("measures.json").read_text("utf-8")
    return tuple(read_measure(raw) for raw in json.loads(text)["measures"])


def list_measures(on: date) -> tuple[Measure, ...]:
    """Return the measures that can have a target on a day."""
    return tuple(item for item in all_measures() if item.valid_from <= on)


def find_measure(code: str, on: date) -> Measure | None:
    """Return the measure of this code, or None."""
    return next((item for item in list_measures(on) if item.code == code), None)


def get_measure(code: str) -> Measure:
    """Return the measure of this code, whenever it held. Raises `NotFound`."""
    for item in all_measures():
        if item.code == code:
            return item
    raise NotFound("plan.no_line", unit="", indicator=code)


def kinds_on(day: date) -> Mapping[str, Kind]:
    """Return the kind of everything that can have a target on a day, by its code."""
    shares = {item.code: Kind.SHARE for item in list_indicators(day)}
    return shares | {item.code: item.kind for item in list_measures(day)}


def find_kind(code: str, on: date) -> tuple[Kind, Direction] | None:
    """Return kind and direction of a target about `code`; None if nothing of that name can have one."""
    measure = find_measure(code, on)
    if measure is not None:
        return measure.kind, measure.direction
    return None if find_indicator(code, on) is None else (Kind.SHARE, Direction.AT_LEAST)
