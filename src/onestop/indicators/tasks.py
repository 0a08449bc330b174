"""The keeper of figures: moves the cube on twice a second, makes what is missing of the past in between.

It makes the cube anew when there is none of these definitions. Past moments are made in portions so small that the
cube never waits longer for one than a fraction of a second. By night the whole journal is checked, then
the figures of the month that ended are prepared.
"""

import logging
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from onestop.indicators.operations.auditing import audit_for_quality
from onestop.indicators.operations.beside import keep_beside
from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.operations.moments import keep_portion
from onestop.indicators.operations.snapshots import prepare_last_month
from onestop.indicators.queries.cube import needs_rebuilding

EVERY = 0.5
"""Seconds between two refreshes: what is written is in the cube within one second."""
AT_A_TIME = 0.1
"""Seconds that a portion of a past moment should take."""
PORTION = 500
LARGEST = 20_000
SELDOM = 15.0
"""Seconds that what is counted beside the cube is kept at least."""
REST = 19
"""For a second of counting it rests so many."""
_log = logging.getLogger(__name__)


def keep_cube(ended: Event) -> None:
    """Keep the cube until `ended` is set. Of several keepers at one moment one works and the others go away."""
    portion = PORTION
    while not ended.is_set():
        due = monotonic() + EVERY
        try:
            if not refresh_cube(at=datetime.now(UTC)) and needs_rebuilding():
                rebuild_cube(at=datetime.now(UTC))
            portion = _make_portions(portion, due, ended)
        except OperationalError as lost:  # the database is away: it is asked again
            _log.warning("the cube waits for the database: %s", lost)
            connection.close()
        ended.wait(max(0.0, due - monotonic()))


def keep_counting_beside(ended: Event) -> None:
    """Keep what is counted beside the cube until `ended` is set, a twentieth of the time at most."""
    pause = SELDOM
    while not ended.is_set():
        began = monotonic()
        try:
            if keep_beside(at=datetime.now(UTC), pause=timedelta(seconds=pause)):
                pause = max(SELDOM, REST * (monotonic() - began))
        except OperationalError as lost:
            _log.warning("what is counted beside the cube waits for the database: %s", lost)
            connection.close()
        ended.wait(EVERY)
    connection.close()


def _make_portions(size: int, due: float, ended: Event) -> int:
    """Make portions of past moments until half of the time is over; return the size that suits the machine."""
    while monotonic() < due - EVERY / 2 and not ended.is_set():
        began = monotonic()
        if not keep_portion(at=datetime.now(UTC), size=size):
            break
        taken = monotonic() - began
        size = max(1, min(LARGEST, size * 2 if taken < AT_A_TIME / 2 else size // 2 if taken > AT_A_TIME * 2 else size))
    return size


@app.periodic(cron="30 18 * * *")  # half past one in the province
@app.task(queueing_lock="quality.audit", lock="quality.audit")
def audit_by_night(timestamp: int) -> int:  # noqa: ARG001  when it was due; what counts is when it runs
    """Every night: check chain and signature of every entry, and keep what was found."""
    return len(audit_for_quality(at=datetime.now(UTC)).breaks)


@app.periodic(cron="0 19 * * *")  # two o'clock in the province: on the first of a month the one before is over
@app.task(queueing_lock="indicators.prepare_last_month")
def prepare_month(timestamp: int) -> None:
    """Every night: prepare the figures of the month that ended, if nobody has yet, for the head to sign."""
    prepare_last_month(at=datetime.fromtimestamp(timestamp, UTC))
