"""What a target can be about besides a share: how many, how long, how much money, done or not (loại chỉ tiêu).

    share     per cent of an indicator; `targets`, `cascade` and `rollup` say how it behaves
    count     a whole number; the parts sum to the whole
    duration  days, two decimals at most; every unit has the same, and no part may exceed the whole
    money     whole đồng; the parts sum to the whole
    done      done or not; the whole is done once every part is

A measure is data: dated, worded in three languages, with its direction (at least, at most), whether it adds up over
the year, and where its figure comes from: an indicator's numerator, what its numerator leaves of its denominator, the
median time of settlement; what nothing on record measures is reported by hand, with evidence somebody else accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from onestop.plans.rules.targets import FINEST, is_target

LANGUAGES = ("vi", "en", "ur")
MOST = Decimal(10) ** 15
LONGEST_DAYS = Decimal(3660)


class Kind(StrEnum):
    """What kind of number a target is (loại chỉ tiêu)."""

    SHARE = "share"  # tỷ lệ
    COUNT = "count"  # số lượng
    DURATION = "duration"  # thời gian
    MONEY = "money"  # số tiền
    DONE = "done"  # hoàn thành hay chưa


class Direction(StrEnum):
    """Which side of the target is good (chiều của chỉ tiêu)."""

    AT_LEAST = "at_least"  # từ ... trở lên
    AT_MOST = "at_most"  # không quá ...


class Source(StrEnum):
    """Where the figure comes from (nguồn số liệu)."""

    NUMERATOR = "numerator"  # tử số của một chỉ số
    REST = "rest"  # mẫu số trừ tử số của một chỉ số
    MEDIAN = "median"  # trung vị thời gian giải quyết
    BY_HAND = "by_hand"  # báo cáo, có minh chứng


SUMMED = frozenset({Kind.COUNT, Kind.MONEY})
"""Kinds whose parts sum to the whole."""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure in one language: its name, what one of it is called (`procedures`, `days`), what to know about it."""

    name: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a target of another kind than a share is about.

    `accrues`: its figure begins at nothing each year and adds up, so that a pace means something. `indicator` is the
    one whose numbers it takes; `divided_by` the one whose denominator of last year weighs when it is divided.
    """

    code: str
    kind: Kind
    direction: Direction
    source: Source
    accrues: bool
    indicator: str
    divided_by: str
    words: Mapping[str, MeasureWords]
    valid_from: date

    def worded(self, language: str) -> MeasureWords:
        """Return the words in `language`, else in Vietnamese."""
        return self.words.get(language) or self.words["vi"]


def read_measure(raw: Mapping[str, Any]) -> Measure:
    """Return a measure from its JSON form. Raises `KeyError` or `ValueError` for unusable data."""
    source = Source(raw["source"])
    indicator = raw.get("indicator", "")
    if (source in {Source.NUMERATOR, Source.REST}) is not bool(indicator):
        raise ValueError(f"{raw['code']}: what is taken from an indicator names it, and only that")
    return Measure(
        code=raw["code"],
        kind=Kind(raw["kind"]),
        direction=Direction(raw["direction"]),
        source=source,
        accrues=bool(raw.get("accrues", False)),
        indicator=indicator,
        divided_by=raw["divided_by"],
        words={language: MeasureWords(**{"note": "", **raw["words"][language]}) for language in LANGUAGES},
        valid_from=date.fromisoformat(raw["valid_from"]),
    )


def is_value(kind: Kind, value: Decimal) -> bool:
    """True if `value` can be a target of this kind."""
    if not value.is_finite():
        return False
    match kind:
        case Kind.SHARE:
            return is_target(value)
        case Kind.DURATION:
            return 0 < value <= LONGEST_DAYS and value == value.quantize(FINEST)
        case Kind.DONE:
            return value == 1
    return 0 <= value < MOST and value == value.to_integral_value()
