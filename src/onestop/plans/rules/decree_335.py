"""Points of officials by Decree 335/2025/NĐ-CP: 70 % results (KPI), 30 % general criteria (đánh giá công chức).

In force since 1 January 2026, beside Circular 01/2018/TT-VPCP (`scoring`), which judges dossiers and not persons' work.
Source: laodong.vn 1631174 on the decree; its own text was not obtained.

    quantity  what was done of what was assigned
    quality   each piece of work loses 25 % for each time it failed: it was sent back, or its result revoked
    progress  each piece of work loses 25 % for each time it was late
    results   the mean of the three. How they are put together does not stand in the source: this is our reading, and
              the page says so
    total     70 % of the results and 30 % of the general criteria, which the head of the unit enters with a reason
    rating    from 90 excellent, from 70 good, from 50 complete, below not complete

What is not known (whether work whose clock stood still was late; criteria not entered) makes a range, never a number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

SCHEME = "NĐ 335/2025/NĐ-CP"
IN_FORCE = date(2026, 1, 1)
FULL = Fraction(100)
LOSS = Fraction(25)
RESULTS, GENERAL = Fraction(70, 100), Fraction(30, 100)


class Rating(StrEnum):
    """What the points come to (xếp loại)."""

    EXCELLENT = "excellent"  # hoàn thành xuất sắc nhiệm vụ
    GOOD = "good"  # hoàn thành tốt nhiệm vụ
    COMPLETE = "complete"  # hoàn thành nhiệm vụ
    NOT_COMPLETE = "not_complete"  # không hoàn thành nhiệm vụ


BANDS = ((90, Rating.EXCELLENT), (70, Rating.GOOD), (50, Rating.COMPLETE), (0, Rating.NOT_COMPLETE))


@dataclass(frozen=True, slots=True)
class Product:
    """One piece of work: a step of a dossier, however often it was passed (sản phẩm công việc).

    `late` counts the passes that were late, `unjudged` those of which nobody can say so; `names` are those of the step.
    """

    dossier: str
    step: str
    failures: int = 0
    late: int = 0
    unjudged: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of 0..100, from the least they can be to the most; a single number if both are the same."""

    low: Fraction
    high: Fraction

    @property
    def is_known(self) -> bool:
        """True if nothing missing could change them."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Results:
    """The three parts of the results, and what they come to; None without any work."""

    quantity: Points | None = None
    quality: Points | None = None
    progress: Points | None = None

    @property
    def together(self) -> Points | None:
        """The mean of the three; of those that judge what was done only if something was."""
        parts = [part for part in (self.quantity, self.quality, self.progress) if part is not None]
        if not parts:
            return None
        return Points(_mean([part.low for part in parts]), _mean([part.high for part in parts]))


def judge_results(products: Sequence[Product], *, undone: int) -> Results:
    """Return the results of the work done, and of `undone` pieces that were due and are not."""
    assigned = len(products) + undone
    if not assigned:
        return Results()
    done = _exact(FULL * len(products) / assigned)
    if not products:
        return Results(quantity=done)
    quality = _exact(_mean([_left(product.failures) for product in products]))
    best = _mean([_left(product.late) for product in products])
    worst = _mean([_left(product.late + product.unjudged) for product in products])
    return Results(done, quality, Points(worst, best))


def total(results: Results, general: Decimal | None) -> Points | None:
    """Return the whole: without general criteria entered they may still come to anything from 0 to 100."""
    own = results.together
    if own is None:
        return None
    least, most = (Fraction(0), FULL) if general is None else (Fraction(general), Fraction(general))
    return Points(RESULTS * own.low + GENERAL * least, RESULTS * own.high + GENERAL * most)


def find_rating(points: Points | None) -> Rating | None:
    """Return the rating, or None as long as what is missing could change it."""
    if points is None:
        return None
    low, high = _band(points.low), _band(points.high)
    return low if low is high else None


def is_general(points: Decimal) -> bool:
    """True if these can be points of the general criteria: 0 to 100, one decimal at most."""
    return points.is_finite() and 0 <= points <= 100 and points == points.quantize(Decimal("0.1"))


def _left(times: int) -> Fraction:
    return max(Fraction(0), FULL - LOSS * times)


def _band(points: Fraction) -> Rating:
    return next(rating for floor, rating in BANDS if points >= floor)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _exact(points: Fraction) -> Points:
    return Points(points, points)
