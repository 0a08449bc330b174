"""The definitions that come with the product."""

import hashlib
import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from onestop.errors import NotFound
from onestop.facts.rules.columns import distinct_tests
from onestop.facts.rules.definitions import Definition, Subject, read_definition, valid_on
from onestop.facts.rules.signature import Layout, find_layout

PROVINCE = "province"
POPULATIONS, RULES = "populations.json", "rules.json"


@cache
def all_definitions() -> tuple[Definition, ...]:
    """Return every definition of every scheme and version, in the order of the files."""
    populations = _read(POPULATIONS)
    folder = resources.files("onestop.indicators.data").joinpath("definitions")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".json"))
    found = []
    for name in sorted(set(names) - {POPULATIONS, RULES}, key=_order):
        raw = _read(name)
        found += [read_definition(item, scheme=raw["scheme"], populations=populations) for item in raw["definitions"]]
    return tuple(found)


def list_definitions(*, on: date, scheme: str = PROVINCE) -> tuple[Definition, ...]:
    """Return the definitions of a scheme that hold on a day. Raises `NotFound` for an unknown scheme."""
    of_scheme = [item for item in all_definitions() if item.scheme == scheme]
    if not of_scheme:
        raise NotFound("indicators.scheme_unknown", scheme=scheme, known=list_schemes())
    return valid_on(of_scheme, on)


def get_definition(code: str, *, on: date, scheme: str = "") -> Definition:
    """Return the definition of this code on a day, from `scheme` or else from the first that has it."""
    for name in [scheme] if scheme else list_schemes():
        for item in list_definitions(on=on, scheme=name):
            if item.code == code:
                return item
    raise NotFound("indicators.indicator_unknown", indicator=code)


def list_schemes() -> list[str]:
    """Return the names of all schemes, the province's own first."""
    return list(dict.fromkeys(item.scheme for item in all_definitions()))


@cache
def rule_words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words of every rule and reason by kind (period, unit, zero, null, score, no_data), code, language."""
    found: dict[str, dict[str, dict[str, str]]] = _read(RULES)
    return found


@cache
def definitions_hash() -> str:
    """Return the SHA-256 over all files of definitions and schemes as they come with the product, by name."""
    digest = hashlib.sha256()
    data = resources.files("onestop.indicators.data")
    for folder in ("definitions", "schemes"):
        for item in sorted(data.joinpath(folder).iterdir(), key=lambda item: item.name):
            if item.name.endswith(".json"):
                digest.update(f"{folder}/{item.name}\n".encode() + item.read_bytes())
    return digest.hexdigest()


_ORDER = ("procedures.json", "online.json", "payment.json", "progress.json", "digitisation.json", "satisfaction.json")


def _order(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER)), name


def _read(name: str) -> Any:
    return json.loads(resources.files("onestop.indicators.data").joinpath("definitions", name).read_text("utf-8"))


@cache
def kept_layout() -> Layout:
    """Return the layout of the kept cube: the tests of every definition about dossiers, of every scheme and version."""
    return find_layout(distinct_tests(item for item in all_definitions() if item.subject is Subject.DOSSIER))
