"""The data that comes with the house: files of `catalogue/data/`, read once a process."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("onestop.catalogue") / "data"


def read_data(name: str) -> bytes:
    """Return the bytes of a file of `catalogue/data/`."""
    return (_FOLDER / name).read_bytes()


@cache
def vocabulary() -> dict[str, Any]:
    """Return the words of sectors (`fields`), `documents` and `databases` by their code, in vi, en, ur."""
    found: dict[str, Any] = json.loads(read_data("vocabulary.json"))
    return found


@cache
def everyday_phrases() -> dict[str, tuple[str, ...]]:
    """Return, by procedure code, the phrases people use for it."""
    found = json.loads(read_data("everyday_words.json"))
    return {code: tuple(phrases) for code, phrases in found["phrases"].items()}


@cache
def option_lists() -> dict[str, list[dict[str, str]]]:
    """Return the option lists of forms by name: ethnic groups, countries, provinces, sex, ..."""
    found = json.loads(read_data("option_lists.json"))
    return {name: item["options"] for name, item in found["lists"].items()}
