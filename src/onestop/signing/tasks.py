"""Background entry points of signing."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.signing.operations import stamp_all


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="signing.stamp")
def stamp_what_waits(timestamp: int) -> None:
    """Put time stamps into papers signed while the authority was down."""
    stamp_all(at=datetime.fromtimestamp(timestamp, UTC))
