"""A member's export, counted again by the stranger's count, as the centre compares it."""

import hashlib
from pathlib import Path
from typing import Any

from onestop.errors import Invalid
from onestop.monitor.rules.facts import Facts
from onestop.monitor.rules.members import Counts
from onestop.recount.counting import recount
from onestop.recount.reading import Export, read_export


def read_facts(folder: Path) -> Facts:
    """Return what comes out of an export. Raises `Invalid` (`recount.unreadable`) if it is none, or not whole."""
    try:
        digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        return _count(read_export(folder), digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:  # it comes from outside
        raise Invalid("recount.unreadable", path=str(folder), reason=f"{type(error).__name__}: {error}") from error


def _count(export: Export, digest: str) -> Facts:
    """Every figure as it is counted: what the export says of it, unless it comes out otherwise."""
    numbers = {_key(figure): figure for figure in export.figures}
    numbers |= {(item.scheme, item.unit, item.code): item.counted for item in recount(export).deviations}
    tests = {(item["scheme"], item["code"]): item for item in export.definitions}
    return Facts(
        digest=digest,
        as_of=export.as_of,
        period_from=export.period_from,
        counts={
            key: Counts(said["numerator"], said["denominator"], said["population"]) for key, said in numbers.items()
        },
        tests={key: (one["population"], one["denominator"], one["numerator"]) for key, one in tests.items()},
        shares=frozenset(key for key, one in tests.items() if (one["subject"], one["form"]) == ("dossier", "share")),
    )


def _key(figure: dict[str, Any]) -> tuple[str, str, str]:
    return figure["scheme"], figure["unit"], figure["code"]
