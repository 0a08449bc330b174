"""Background work of the journal: the public log grows, and is attested, while the worker runs."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.journal.operations import publish_log, renew_stamp


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="log", lock="log")
def publish_public_log(timestamp: int) -> int:  # noqa: ARG001  when it was due; what counts is when it runs
    """Three times a minute: place, publish and attest what waits. A quick look if nothing does."""
    return publish_log(at=datetime.now(UTC))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="log.stamp")
def renew_stamp_of_public_log(timestamp: int) -> bool:  # noqa: ARG001
    """Every five minutes: if nothing new happened, have the newest head stamped again."""
    return renew_stamp(at=datetime.now(UTC))
