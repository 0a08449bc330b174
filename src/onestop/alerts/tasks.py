"""Background entry points of alerts."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onestop.alerts.operations.judging import judge_figures, judge_machinery


@app.periodic(cron="45 23 * * *")  # 6:45 in the province: before people begin
@app.task(queueing_lock="alerts.figures")
def judge_the_figures(timestamp: int) -> None:  # noqa: ARG001  when it was due; what counts is when it runs
    """Every morning: begin and end alerts about figures."""
    judge_figures(at=datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="alerts.machinery")
def judge_what_keeps_figures(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes: do the cube and the public log move on?"""
    judge_machinery(at=datetime.now(UTC))
