"""Names kept in several languages."""

from collections.abc import Mapping
from typing import Any

from onestop.web.base.moments import language


def named(names: Mapping[str, str] | Any) -> str:
    """Return the name in the reader's language, else the Vietnamese one. Takes a dict or anything with `names`."""
    table: Mapping[str, str] = names if isinstance(names, Mapping) else getattr(names, "names", {})
    return table.get(language()) or table.get("vi", "")
