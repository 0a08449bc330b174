"""Background entry points of accounts."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from onestop.accounts.operations import forget_guesses
from onestop.accounts.sessions import SessionStore

KEEP_GUESSES = timedelta(days=1)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="accounts.clear")
def clear_what_is_over(timestamp: int) -> None:
    """Delete sessions whose time is over and old counts of wrong guesses; safe to run at any time."""
    SessionStore.clear_expired()
    forget_guesses(before=datetime.fromtimestamp(timestamp, UTC) - KEEP_GUESSES)
