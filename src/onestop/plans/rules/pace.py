"""Is a target being reached, and from which day on no longer? (đánh giá tiến độ)

The method, in full, so that anybody can recompute it:
    the pace     the sums of the last full months of the year (at most three), divided by their days
    the forecast the figure at the end of the year if every remaining day is like those
    reached      the figure meets the target now, and the forecast does too (or there is no pace yet)
    at risk      one of the two falls short
    slow         both fall short; with no pace yet: the figure falls short
    no data      nothing to divide by. It is never counted as 0
    missed on    the figure meets the target now: the first day on which, at this pace, it falls below.
                 It falls short now: the first day from which, at this pace until then, the end of the year would miss
                 the target even if everything after that day were perfect
All in whole numbers and exact fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from onestop.plans.rules.kinds import Standing
from onestop.plans.rules.targets import Base

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted in one full month: begin, first day after it, and the two numbers of that month alone."""

    begin: date
    until: date
    counted: Base


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is added a day to both numbers."""

    numerator: Fraction
    denominator: Fraction


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a line stands. Percents and the gap are exact, in per cent; None is unknown."""

    standing: Standing
    percent: Fraction | None = None
    gap: Fraction | None = None
    forecast: Fraction | None = None
    missed_on: date | None = None


def pace_of(months: Sequence[Month]) -> Pace | None:
    """Return the pace of the last full months, or None if nothing was counted in them."""
    last = months[-MONTHS:]
    days = sum((month.until - month.begin).days for month in last)
    counted = sum((month.counted for month in last), Base(0, 0))
    if not days or not counted.denominator:
        return None
    return Pace(Fraction(counted.numerator, days), Fraction(counted.denominator, days))


def judge(*, now: Base, target: Decimal, months: Sequence[Month], on: date, until: date) -> Judgement:
    """Return how a figure `now`, of the year up to the day `on`, stands against its target.

    `until` is the first day after the year. See the head of this file for the method.
    """
    percent = now.percent
    if percent is None:
        return Judgement(Standing.NO_DATA)
    wanted, left = Fraction(target), max(0, (until - on).days)
    pace = pace_of(months)
    forecast = _forecast(now, pace, left) if pace else None
    meets, will_meet = percent >= wanted, forecast is None or forecast >= wanted
    if meets and will_meet:
        standing = Standing.REACHED
    elif meets or (forecast is not None and will_meet):
        standing = Standing.AT_RISK
    else:
        standing = Standing.SLOW
    missed = _missed_after(now, wanted / 100, pace, left) if pace else None
    return Judgement(standing, percent, percent - wanted, forecast, _day(on, missed, left))


def _forecast(now: Base, pace: Pace, left: int) -> Fraction:
    return 100 * (now.numerator + pace.numerator * left) / (now.denominator + pace.denominator * left)


def _missed_after(now: Base, share: Fraction, pace: Pace, left: int) -> int | None:
    """After how many days the target is missed, None if never. `share` is the target as a share of 1."""
    if now.numerator >= share * now.denominator:
        falling = share * pace.denominator - pace.numerator
        return _first_day_beyond((now.numerator - share * now.denominator) / falling) if falling > 0 else None
    best = now.numerator + pace.denominator * left - share * (now.denominator + pace.denominator * left)
    if best < 0:
        return 0
    lost = pace.denominator - pace.numerator
    return _first_day_beyond(best / lost) if lost > 0 else None


def _first_day_beyond(days: Fraction) -> int:
    return days.numerator // days.denominator + 1


def _day(on: date, after: int | None, left: int) -> date | None:
    return None if after is None or after > left else on + timedelta(days=after)
