"""Which past moments are kept beside the cube (các mốc được chốt), and which periods each of them answers.

Kept are the ends of the last 36 local months, and of days: a week is held against the week before it, as of the last
midnight. The end is the last microsecond, as everywhere where the end of a day is asked for.
"""

from datetime import datetime, timedelta

from onestop.facts.rules.periods import PROVINCE_ZONE, month_of, month_start

MONTHS = 36
WEEK = timedelta(days=7)
DAYS = timedelta(days=15)
"""So long the end of a day is kept: until it has been the begin of the week before the last."""
TICK = timedelta(microseconds=1)


def month_end(month: int) -> datetime:
    """Return the last moment of a month by its number."""
    return month_start(month + 1) - TICK


def day_end(at: datetime) -> datetime:
    """Return the last moment of the local day before that of `at`."""
    return at.astimezone(PROVINCE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0) - TICK


def is_month_end(moment: datetime) -> bool:
    """True if a month ends with it."""
    return month_of(moment + TICK) != month_of(moment)


def list_wished(at: datetime) -> list[datetime]:
    """Return the moments that ought to be kept at `at`, the newest first."""
    last = month_of(at)
    ends = {month_end(month) for month in range(last - MONTHS, last)}
    day = day_end(at)
    return sorted(ends | {day - weeks * WEEK for weeks in range(3)}, reverse=True)


def is_outdated(moment: datetime, at: datetime) -> bool:
    """True if a kept moment is of no use any more at `at`."""
    if is_month_end(moment) and month_of(at) - month_of(moment) <= MONTHS:
        return False
    return day_end(at) - moment > DAYS


def same_months(at: datetime) -> list[tuple[datetime, datetime]]:
    """Return the whole months of this year so far, and before them the same ones of last year, as two periods.

    In January those of the two years before.
    """
    last = month_of(at) - 1
    return [(month_start((month // 12) * 12), month_end(month)) for month in (last - 12, last)]


def first_month(moment: datetime) -> int:
    """Return the first month that a period counted as of `moment` may begin with: January, or two months before."""
    month = month_of(moment)
    return min(month // 12 * 12, month - 2)
