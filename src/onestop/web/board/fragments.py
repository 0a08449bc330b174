"""Pieces of pages, made once for everything they are made of.

The key of a piece holds all that goes into it: language, numbers, links, whether they may be opened. So a piece can
neither be out of date nor come to somebody it is not for; where a number changes, another piece is made.
"""

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString

from onestop.facts.rules.figures import Figure
from onestop.web.base.moments import language

MOST = 8192
_kept: dict[Hashable, SafeString] = {}


def make_once(kind: str, key: Hashable, make: Callable[[], SafeString], tongue: str = "") -> SafeString:
    """Return the piece of this kind in the reader's language (`tongue`, if known); made now, if it is not kept."""
    whole = (kind, tongue or language(), key)
    found = _kept.get(whole)
    if found is None:
        if len(_kept) >= MOST:
            _kept.clear()
        found = _kept[whole] = make()
    return found


def key_of(figure: Figure) -> Hashable:
    """Return all that a page may say of a figure, but for the moment."""
    counts, definition = figure.counts, figure.definition
    name = (definition.scheme, definition.code, definition.version)
    numbers = (counts.population, counts.denominator, counts.numerator, counts.steps, tuple(counts.flags.items()))
    return name, figure.unit, numbers
