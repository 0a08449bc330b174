"""What becomes of a figure at this pace: where it ends, and on which day it passes its target (dự báo).

Method, stated so that anybody can repeat it: the dossiers to come arrive as fast as in the last weeks and pass as
often as they did in them. With N of D so far, r a day of which the share p passes, the figure after t days is
(N + p r t) / (D + r t); it meets the target T at t = (T D - N) / (r (p - T)). The interval comes from the Wilson
interval of p alone: it says how sure the pace is, not what else may happen.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from onestop.indicators.rules.chance import Interval, wilson

FEWEST = 10
FOREVER = 3650


@dataclass(frozen=True, slots=True)
class Pace:
    """What the last `days` days brought: so many dossiers, of which so many passed."""

    numerator: int
    denominator: int
    days: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a figure ends at this pace. `crosses_on` is the day on which it passes the target, downwards if it is
    kept now (`falls`), else upwards; `earliest` and `latest` bound it, None where it may never come.
    """

    ends_on: date
    end_share: float
    interval: Interval
    falls: bool
    crosses_on: date | None
    earliest: date | None
    latest: date | None

    @property
    def crosses_in_period(self) -> bool:
        """True if the day comes before the period ends."""
        return self.crosses_on is not None and self.crosses_on <= self.ends_on


def look_ahead(
    numerator: int, denominator: int, pace: Pace, target: Fraction, *, today: date, ends_on: date
) -> Outlook | None:
    """Return the outlook of a figure, or None if too little happened of late to tell (fewer than ten dossiers)."""
    if pace.denominator < FEWEST or pace.days <= 0 or not denominator:
        return None
    sure = wilson(pace.numerator, pace.denominator)
    usual = pace.numerator / pace.denominator
    rate, left = pace.denominator / pace.days, max(0, (ends_on - today).days)

    def end(share: float) -> float:
        return (numerator + share * rate * left) / (denominator + rate * left)

    falls = Fraction(numerator, denominator) >= target
    goal = float(target)
    days = [_days(numerator, denominator, share, rate, goal, falls) for share in (usual, sure.low, sure.high)]
    crosses, low, high = (None if count is None else today + timedelta(days=count) for count in days)
    earliest, latest = (low, high) if falls else (high, low)
    return Outlook(ends_on, end(usual), Interval(end(sure.low), end(sure.high)), falls, crosses, earliest, latest)


def _days(numerator: int, denominator: int, share: float, rate: float, goal: float, falls: bool) -> int | None:
    """Return after how many days the figure passes its goal, or None if not within ten years at this pace."""
    if share == goal or (share > goal) is falls:
        return None
    count = ceil((goal * denominator - numerator) / (rate * (share - goal)))
    return max(0, count) if count <= FOREVER else None


def verdict(share: Fraction | None, target: Fraction | None, outlook: Outlook | None) -> str:
    """Return `done` (đạt), `soon` (có nguy cơ) or `late` (chậm); empty without a share or a target.

    Kept and not expected to fall below by the end of the period: done. Kept, but lost at this pace; or missed, but
    reached at this pace: at risk. Else behind. Without an outlook, within a twentieth of the target is at risk.
    """
    if share is None or target is None:
        return ""
    if outlook is not None:
        if share >= target:
            return "soon" if outlook.crosses_in_period else "done"
        return "soon" if outlook.crosses_in_period else "late"
    return "done" if share >= target else "soon" if share >= target * Fraction(19, 20) else "late"
