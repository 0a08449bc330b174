"""Background entry points of plans."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onestop.plans.operations.reminding import remind, remind_of_plan


@app.periodic(cron="30 0 * * 1-6")  # 7:30 in the province, on every day that may be a working day
@app.task(queueing_lock="plans.remind", pass_context=False)
def remind_of_tasks(timestamp: int) -> int:  # noqa: ARG001  the queue says for when it was meant
    """Note who is to be reminded of what today."""
    return remind(at=timezone.now())


@app.periodic(cron="35 0 * * 1-6")
@app.task(queueing_lock="plans.remind_of_plan", pass_context=False)
def remind_of_the_plan(timestamp: int) -> int:  # noqa: ARG001
    """Note which reviews wait for a signature, and targets for which nobody answers."""
    return remind_of_plan(at=timezone.now())
