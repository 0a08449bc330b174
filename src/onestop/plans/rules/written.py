"""Numbers as people write them: `87,5`, `1.000.000`, `87.5 %`, `có` (số viết trong bảng và biểu mẫu)."""

import re
from decimal import Decimal, InvalidOperation

from onestop.plans.rules.measures import SUMMED, Kind
from onestop.plans.rules.sheets import Cell, CellKind

DONE_WORDS = frozenset({"có", "hoàn thành", "x", "yes", "done", "1"})
_DECIMAL = re.compile(r"\d{1,3}([.,]\d{1,6})?")
_DAYS = re.compile(r"\d{1,4}([.,]\d{1,2})?")  # `1.000` could mean either, so it is neither
_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:([.,\u00a0\u202f ])\d{3})(?:\1\d{3}){0,4}")


def read_value(cell: Cell, kind: Kind) -> Decimal | None:
    """Return the target that a cell holds, None if it is no number of this kind."""
    if cell.kind is not CellKind.NUMBER or kind is Kind.DONE:
        return read_number(cell.text, kind)
    try:
        return Decimal(cell.text).quantize(Decimal("0.0000001")).normalize() + 0
    except InvalidOperation:
        return None


def read_number(text: str, kind: Kind) -> Decimal | None:
    """Return the number that somebody wrote for a target of this kind, None if it is none.

    Decimals stand after a comma or a point. A count or an amount has no decimals, so there both divide thousands
    (`1.000`). What is done or not says so in a word.
    """
    text = text.strip()
    if kind is Kind.DONE:
        return Decimal(1) if text.casefold() in DONE_WORDS else None
    if kind in SUMMED:
        return Decimal(re.sub(r"\D", "", text)) if _WHOLE.fullmatch(text) else None
    if kind is Kind.SHARE:
        text = text.removesuffix("%").strip()
    pattern = _DAYS if kind is Kind.DURATION else _DECIMAL
    return Decimal(text.replace(",", ".")) if pattern.fullmatch(text) else None
