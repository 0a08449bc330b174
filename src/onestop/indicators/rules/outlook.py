"""What becomes of a figure at this pace: where the year ends, from which day on its target is missed (dự báo).

The one method of the board and of the plan, in full, so that anybody can repeat it:
    the pace     what came to count since the begin of the month before last: what the period from then on counts, less
                 what every later period counts too. Fewer than ten dossiers make no pace
    the forecast with N of D so far, and n of d in the last k days, the figure after t days is
                 (N + n t/k) / (D + d t/k)
    reached      the figure meets the target now, and the forecast does at the end of the year (or there is no pace)
    at risk      one of the two falls short
    slow         both fall short; without a pace: the figure falls short
    no data      nothing to divide by. It is never counted as 0
    crosses on   the first day on which, at this pace, the figure is below its target if it meets it now, else the
                 first on which it meets it
    lost on      it falls short now: the first day from which, at this pace until then, the end of the year would miss
                 the target even if everything after that day were perfect
All in whole numbers and exact fractions. The interval comes from the Wilson interval of n of d alone: it says how sure
the pace is, not what else may happen.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from onestop.facts.rules.chance import Interval, wilson

FEWEST = 10
MONTHS = 2
"""How many whole months the pace reaches back, beside the one that runs."""
FOREVER = 3650


class Standing(StrEnum):
    """How a figure stands against its target (đánh giá so với chỉ tiêu)."""

    REACHED = "reached"  # đạt
    AT_RISK = "at_risk"  # có nguy cơ
    SLOW = "slow"  # chậm
    NO_DATA = "no_data"  # chưa có số liệu


@dataclass(frozen=True, slots=True)
class Pace:
    """What the last `days` days brought: so many dossiers, of which so many passed."""

    numerator: int
    denominator: int
    days: int

    @property
    def is_known(self) -> bool:
        """True if it holds two numbers of a share, and enough of them to go by."""
        return self.days > 0 and self.denominator >= FEWEST and 0 <= self.numerator <= self.denominator


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a figure is at the end of its year, and when it passes its target: `falls` below it, if it meets it now.

    `earliest` and `latest` bound the day on which it crosses, None where it may never come.
    """

    until: date
    end: Fraction
    interval: Interval
    falls: bool
    crosses_on: date | None
    earliest: date | None
    latest: date | None
    lost_on: date | None

    @property
    def ends_on(self) -> date:
        """The last day of the year."""
        return self.until - timedelta(days=1)

    @property
    def end_share(self) -> float:
        """The share at the end of the year."""
        return float(self.end)

    @property
    def crosses_in_period(self) -> bool:
        """True if the figure has crossed by the end of the year, which is where the first day after it begins."""
        return self.crosses_on is not None and self.crosses_on <= self.until

    @property
    def missed_on(self) -> date | None:
        """The day from which the target is missed, if it comes before the year is over."""
        day = self.crosses_on if self.falls else self.lost_on
        return day if day is not None and day <= self.until else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a figure stands against its target: a share of 0..1, or None if there is none or no target."""

    standing: Standing
    share: Fraction | None = None
    target: Fraction | None = None
    outlook: Outlook | None = None

    @property
    def percent(self) -> Fraction | None:
        """The figure in per cent, exactly."""
        return None if self.share is None else 100 * self.share

    @property
    def gap(self) -> Fraction | None:
        """How far it is above its target, in points of per cent; below zero if it falls short."""
        return None if self.share is None or self.target is None else 100 * (self.share - self.target)

    @property
    def forecast(self) -> Fraction | None:
        """Where it ends, in per cent; None without a pace."""
        return 100 * self.outlook.end if self.outlook else None

    @property
    def missed_on(self) -> date | None:
        """The day from which the target is missed at this pace."""
        return self.outlook.missed_on if self.outlook else None


def judge(
    numerator: int, denominator: int, target: Fraction | None, pace: Pace | None, *, today: date, until: date
) -> Judgement:
    """Return how a figure of the year up to `today` stands against its target, a share of 0..1.

    `until` is the first day after the year. See the head of this file for the method.
    """
    if not denominator:
        return Judgement(Standing.NO_DATA, target=target)
    share = Fraction(numerator, denominator)
    if target is None:
        return Judgement(Standing.NO_DATA, share)
    outlook = None
    if pace is not None and pace.is_known:
        outlook = _look_ahead(numerator, denominator, target, pace, today, until)
    falls_short = [share < target, outlook is not None and outlook.end < target]
    if not any(falls_short):
        standing = Standing.REACHED
    elif outlook is None or all(falls_short):
        standing = Standing.SLOW
    else:
        standing = Standing.AT_RISK
    return Judgement(standing, share, target, outlook)


def _look_ahead(numerator: int, denominator: int, target: Fraction, pace: Pace, today: date, until: date) -> Outlook:
    left = max(0, (until - today).days)
    rate = Fraction(pace.denominator, pace.days)
    usual = Fraction(pace.numerator, pace.denominator)
    sure = wilson(pace.numerator, pace.denominator)
    ahead = numerator - target * denominator  # how many more pass than have to
    falls = ahead >= 0

    def end(share: Fraction) -> Fraction:
        return (numerator + share * rate * left) / (denominator + rate * left)

    def crosses(share: Fraction) -> date | None:
        return _after(today, _days_until(ahead, rate * (share - target)))

    low, high = min(Fraction(sure.low), usual), max(Fraction(sure.high), usual)  # its bounds are rounded, ours are not
    earliest, latest = (crosses(low), crosses(high)) if falls else (crosses(high), crosses(low))
    lost_on = None if falls else _after(today, _days_until_lost(ahead + rate * left * (1 - target), rate * (1 - usual)))
    interval = Interval(float(end(low)), float(end(high)))
    return Outlook(until, end(usual), interval, falls, crosses(usual), earliest, latest, lost_on)


def _days_until(ahead: Fraction, gained: Fraction) -> int | None:
    """After how many days the lead over the target is lost, or its lack made good; `gained` is what a day adds."""
    if ahead >= 0:
        return _first_beyond(ahead / -gained) if gained < 0 else None
    return -((ahead / gained).__floor__()) if gained > 0 else None


def _days_until_lost(best: Fraction, lost: Fraction) -> int | None:
    """After how many days the best that can come of it is below the target; `lost` is what a day takes from it."""
    if best < 0:
        return 0
    return _first_beyond(best / lost) if lost > 0 else None


def _first_beyond(days: Fraction) -> int:
    return days.__floor__() + 1


def _after(today: date, days: int | None) -> date | None:
    return None if days is None or days > FOREVER else today + timedelta(days=days)
