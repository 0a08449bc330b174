"""The review of the catalogue as it is in force on a day."""

import json
from datetime import date
from functools import cache
from importlib import resources

from onestop.catalogue.queries import iterate_contents, list_forms
from onestop.catalogue.rules.words import fold
from onestop.simplification.rules.once_only import Finding, Holding, review


def review_catalogue(*, on: date, procedure_code: str = "") -> tuple[Finding, ...]:
    """Return what the procedures in force on a day ask although the state holds it; all of them, or one.

    Raises `NotFound` if that one is not in force then.
    """
    contents = list(iterate_contents(on=on))
    forms = {code: form for form in list_forms() for code in form.procedures}
    found = review(contents, forms, list_holdings(), on=on)
    return tuple(finding for finding in found if procedure_code in ("", finding.procedure))


@cache
def list_holdings() -> tuple[Holding, ...]:
    """Return what the state holds, from `data/holdings.json`, its words folded."""
    raw = json.loads(resources.files("onestop.simplification.data").joinpath("holdings.json").read_text())
    return tuple(
        Holding(
            database=entry["database"],
            law=entry["law"],
            since=date.fromisoformat(entry["since"]),
            papers=tuple(fold(words) for words in entry["papers"]),
            but_not=tuple(fold(words) for words in entry["but_not"]),
            fields=tuple(fold(words) for words in entry["fields"]),
            abolished=entry.get("abolished", False),
        )
        for entry in raw
    )
