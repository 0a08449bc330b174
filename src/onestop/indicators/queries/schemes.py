"""The schemes that give points, as they come with the product."""

import json
from functools import cache
from importlib import resources
from typing import Any

from onestop.errors import NotFound
from onestop.indicators.rules.scorecard import Group, read_groups

OBSERVED = "766-portal-2026-observed"


@cache
def get_scheme(scheme: str = OBSERVED) -> tuple[Group, ...]:
    """Return the groups of a scheme. Raises `NotFound`."""
    return read_groups(_read(scheme))


def get_scheme_note(scheme: str = OBSERVED) -> dict[str, str]:
    """Return what the scheme is and is not, for people: `what`, `null_rule`, `commune_rule`, `decision`."""
    raw = _read(scheme)
    return {name: raw[name] for name in ("decision", "what", "null_rule", "commune_rule")}


def _read(scheme: str) -> Any:
    file = resources.files("onestop.indicators.data").joinpath("schemes", f"{scheme}.json")
    if "/" in scheme or not file.is_file():
        raise NotFound("indicators.scheme_unknown", scheme=scheme)
    return json.loads(file.read_text("utf-8"))
