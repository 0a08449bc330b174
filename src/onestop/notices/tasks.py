"""Background entry points of notices."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.notices.operations.letters import send_letters
from onestop.notices.operations.messages import make_messages


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="notices.messages", lock="notices.messages")
def make_new_messages(timestamp: int) -> int:  # noqa: ARG001  when it was due; what counts is when it runs
    """Six times a minute: tell of what is new in the journal. A quick look if nothing is."""
    return make_messages(at=datetime.now(UTC))


@app.periodic(cron="* * * * * 5-59/20")
@app.task(queueing_lock="notices.letters")
def send_what_waits(timestamp: int) -> int:  # noqa: ARG001
    """Three times a minute: hand letters that are due to the mail server."""
    return send_letters(at=datetime.now(UTC))
