"""Background entry points of fees."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.fees.operations.settling import settle_all


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fees.settle")
def ask_about_orders(timestamp: int) -> None:
    """Ask the payment platform about what is open: a notice may never come."""
    settle_all(at=datetime.fromtimestamp(timestamp, UTC))
