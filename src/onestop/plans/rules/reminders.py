"""Of what people are reminded beside tasks: a review to be signed, targets for which nobody answers (nhắc việc)."""

from datetime import date

REGISTER = "reminders"


def last_quarter_over(on: date) -> tuple[int, int]:
    """Return year and quarter of the last quarter that is over on a day."""
    quarter = (on.month - 1) // 3
    return (on.year, quarter) if quarter else (on.year - 1, 4)


def review_key(year: int, unit: str, quarter: int) -> str:
    """Return what tells one reminder of a review from another."""
    return f"review:{year}:{unit}:{quarter}"


def nobody_key(year: int, version: int, on: date) -> str:
    """Return what tells one reminder of targets without anybody from another: once a version and quarter."""
    return f"nobody:{year}:{version}:{(on.month + 2) // 3}"
