"""How long something may take (thời hạn giải quyết)."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from onestop.errors import Fault, Invalid


class TimeUnit(StrEnum):
    """What a time limit is counted in (đơn vị tính thời hạn)."""

    WORKING_HOUR = "working_hour"  # giờ làm việc
    WORKING_DAY = "working_day"  # ngày làm việc: the office day of 8 hours
    DAY = "day"  # ngày: calendar days
    MONTH = "month"  # tháng
    SAME_DAY = "same_day"  # trong ngày làm việc
    OTHER = "other"  # words only: a person must set the date


UNCOUNTED = frozenset({TimeUnit.SAME_DAY, TimeUnit.OTHER})
_WORDS = {
    TimeUnit.WORKING_HOUR: "working hours",
    TimeUnit.WORKING_DAY: "working days",
    TimeUnit.DAY: "days",
    TimeUnit.MONTH: "months",
    TimeUnit.SAME_DAY: "same day",
    TimeUnit.OTHER: "other",
}
_BY_WORD = {
    "working hour": TimeUnit.WORKING_HOUR,
    "hour": TimeUnit.WORKING_HOUR,
    "working day": TimeUnit.WORKING_DAY,
    "day": TimeUnit.DAY,
    "calendar day": TimeUnit.DAY,
    "month": TimeUnit.MONTH,
    "same day": TimeUnit.SAME_DAY,
    "other": TimeUnit.OTHER,
}
_SHAPE = re.compile(r"(?P<quantity>\d+(?:\.\d+)?)\s+(?P<unit>[a-z]+(?: [a-z]+)?)")
LONGEST = 100_000  # of any unit: beyond it is a slip of the pen


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit (thời hạn giải quyết): `quantity` of `unit`. Hours and days may be fractions (0.5 working days).

    Same day and other have no quantity (0). Raises `Invalid` for a quantity that cannot be counted.
    """

    quantity: float
    unit: TimeUnit

    def __post_init__(self) -> None:
        fault = _find_fault(self.quantity, self.unit)
        if fault:
            params = {"quantity": self.quantity, "unit": self.unit.value}
            raise Invalid(fault, faults=(Fault("limit", fault, params),), **params)

    def __str__(self) -> str:
        words = _WORDS[self.unit]
        if self.unit in UNCOUNTED:
            return words
        return f"{self.quantity:g} {words.removesuffix('s') if self.quantity == 1 else words}"

    @classmethod
    def same_day(cls) -> "TimeLimit":
        """The result is due on the working day on which the clock starts."""
        return cls(0, TimeUnit.SAME_DAY)

    @classmethod
    def of(cls, quantity: float | None, unit: str) -> "TimeLimit":
        """A limit from a catalogue's words: `(5, "working_day")`, `(1, "hour")`, `(None, "same_day")`."""
        found = _BY_WORD.get(unit.strip().lower().replace("_", " "))
        if found is None:
            raise _unreadable(f"{quantity} {unit}")
        return cls(0 if found in UNCOUNTED else (quantity or 0), found)

    @classmethod
    def parse(cls, text: str) -> "TimeLimit":
        """Read `5 working days`, `8 working hours` (or `hours`), `20 days`, `1 month`, `same day`. Raises `Invalid`."""
        words = " ".join(text.lower().split())
        if _BY_WORD.get(words) in UNCOUNTED:
            return cls(0, _BY_WORD[words])
        shape = _SHAPE.fullmatch(words)
        unit = _BY_WORD.get(shape["unit"].removesuffix("s")) if shape else None
        if shape is None or unit is None or unit in UNCOUNTED:
            raise _unreadable(text)
        return cls(float(shape["quantity"]), unit)


def _find_fault(quantity: float, unit: TimeUnit) -> str:
    if unit in UNCOUNTED:
        return "" if quantity == 0 else "limit.not_counted"
    if not (math.isfinite(quantity) and 0 < quantity <= LONGEST):
        return "limit.not_positive"
    if unit is TimeUnit.MONTH and quantity != int(quantity):
        return "limit.part_of_a_month"
    return ""


def _unreadable(text: str) -> Invalid:
    return Invalid("limit.unreadable", faults=(Fault("limit", "limit.unreadable", {"text": text}),), text=text)
