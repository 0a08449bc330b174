"""Background entry points of results."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.results.operations import keep_all, renew_all


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="results.keep")
def keep_results(timestamp: int) -> None:
    """Each night: make the long-lived form of what was sealed, and stamp again what has to be."""
    at = datetime.fromtimestamp(timestamp, UTC)
    keep_all(at=at)
    renew_all(before=at, at=at)
