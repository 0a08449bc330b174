"""What an imported table may name: units, indicators and measures, posts."""

import unicodedata
from collections import Counter
from datetime import date

from onestop.agencies.models import Post
from onestop.plans.queries.measures import kinds_on, list_measures
from onestop.plans.queries.reference import list_indicators, list_planned_units
from onestop.plans.rules.importing import Known


def known_names(on: date) -> Known:
    """Return what an imported table may name, by code and by full name; a name that two bear is left out."""
    units = list_planned_units(on)
    indicators, measures = list_indicators(on), list_measures(on)
    posts = Post.objects.filter(unit_id__in=[unit.pk for unit in units]).values_list("code", flat=True)
    return Known(
        units=_by_code_and_name([(unit.code, [unit.name(), unit.agency_name()]) for unit in units]),
        indicators=_by_code_and_name(
            [(item.code, [item.wording["vi"].name]) for item in indicators]
            + [(item.code, [item.words["vi"].name]) for item in measures]
        ),
        posts=frozenset(posts),
        kinds=kinds_on(on),
    )


def _by_code_and_name(items: list[tuple[str, list[str]]]) -> dict[str, str]:
    names = Counter(_plain(name) for _, given in items for name in set(given))
    found = {_plain(name): code for code, given in items for name in given if names[_plain(name)] == 1}
    return found | {code: code for code, _ in items}


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
