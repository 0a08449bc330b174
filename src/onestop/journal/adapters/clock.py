"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Reads the operating system's time."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place below the faces where a clock is read
