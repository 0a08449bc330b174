"""What a target is about and how much it is, in the reader's language."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext

from onestop.errors import NotFound
from onestop.facts.rules.definitions import Wording
from onestop.indicators.queries.definitions import get_definition
from onestop.plans.queries.measures import get_measure
from onestop.plans.rules.measures import Direction, Kind, Measure
from onestop.web.base.moments import language
from onestop.web.base.numbers import number_word, share_word
from onestop.web.base.wording import kind_word


def words_of(code: str) -> Wording:
    """Return the wording of an indicator, or of a measure, in the reader's language."""
    return _words(code, language())


def measure_word(measure: Measure, value: Decimal | Fraction) -> str:
    """Return a figure of a measure with its unit: `1.000 thủ tục`, `4,5 ngày`."""
    if measure.kind is Kind.DONE:
        return gettext("done") if value == 1 else share_word(value, 0)
    digits = 0 if value == int(value) else 2
    return f"{number_word(float(value), digits)} {measure.worded(language()).unit}".strip()


def target_word(code: str, kind: str, direction: str, target: Decimal) -> str:
    """Return a target as a sentence's part: `87,5 %`, `at least 1,000 procedures`, `at most 5 days`, `done`."""
    if kind == Kind.SHARE:
        return share_word(target / 100)
    measure = get_measure(code)
    value = measure_word(measure, target)
    if measure.kind is Kind.DONE:
        return value
    pattern = gettext("at least %(value)s") if direction == Direction.AT_LEAST else gettext("at most %(value)s")
    return pattern % {"value": value}


def target_of(line: Any) -> str:
    """Return the target of a line of the plan in words."""
    return target_word(line.indicator, line.kind, line.direction, line.target)


def written(line: Any) -> str:
    """Return the target of a line as it is typed into a form."""
    if Kind(line.kind) is Kind.DONE:
        return "có"
    return number_word(float(line.target), 0 if line.target == int(line.target) else 2)


def subject_word(code: str, kind: Kind) -> str:
    """Return what a target can be about, with the kind of its number."""
    return f"{words_of(code).name} ({kind_word('target_kind', kind.value)})"


def come_to(found: Any) -> str:
    """Return what the targets of units come to together: a mean in per cent, a sum, the longest; of none a dash.

    `found` says which indicator, of which kind, with which check.
    """
    value = found.check.together
    if value is None:
        return "–"
    return share_word(value / 100, 2) if found.kind is Kind.SHARE else measure_word(get_measure(found.indicator), value)


@lru_cache(maxsize=256)
def _words(code: str, chosen: str) -> Wording:
    try:
        return get_definition(code, on=localdate()).worded(chosen)
    except NotFound:
        words = get_measure(code).worded(chosen)
        return Wording(words.name, "", "", "", words.note)
