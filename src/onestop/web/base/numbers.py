"""Numbers as the reader's language writes them."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from onestop.web.base.moments import LRI, PDI, language

MARKS = {"vi": (".", ","), "en": (",", "."), "ur": (",", ".")}


def number_word(value: Decimal | Fraction | float, digits: int = 0) -> str:
    """Return a number with thousands marks: `314.781`, `99,1`."""
    thousands, point = MARKS[language()]
    value = float(value) if isinstance(value, Fraction) else value
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", thousands + point))


def money_word(dong: int) -> str:
    """Return an amount of đồng: `150.000 đ`; nothing is `Miễn phí`."""
    if not dong:
        return gettext("Free of charge")
    if language() == "ur":
        return f"{LRI}{number_word(dong)}{PDI} ڈونگ"
    return f"{number_word(dong)} đ"


def share_word(share: Decimal | Fraction | float | None, digits: int = 1) -> str:
    """Return a share of 0..1 as per cent: `99,1 %`; of nothing, a dash."""
    if share is None:
        return "–"
    per_cent = f"{number_word(float(share) * 100, digits)}\u00a0%"
    return f"{LRI}{per_cent}{PDI}" if language() == "ur" else per_cent


def size_word(size: int) -> str:
    """Return the size of a file: `1,4 MB`, `320 KB`."""
    megabytes = size / 1024 / 1024
    word = f"{number_word(megabytes, 1)} MB" if megabytes >= 1 else f"{number_word(max(1, round(size / 1024)))} KB"
    return f"{LRI}{word}{PDI}" if language() == "ur" else word
