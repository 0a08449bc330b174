"""Periods of figures: from a first moment to the as-of moment, both included."""

from datetime import datetime
from zoneinfo import ZoneInfo

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def year_start(as_of: datetime) -> datetime:
    """Return the begin of the local calendar year of `as_of`: the usual period is the year so far."""
    return as_of.astimezone(PROVINCE_ZONE).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def month_of(moment: datetime) -> int:
    """Return the number of the local month: twelve a year, January of year 0 is 0."""
    local = moment.astimezone(PROVINCE_ZONE)
    return local.year * 12 + local.month - 1


def month_start(month: int) -> datetime:
    """Return the first moment of a month by its number."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=PROVINCE_ZONE)
