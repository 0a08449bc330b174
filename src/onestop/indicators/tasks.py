"""The keeper of the cube: moves it on twice a second, and makes it anew when there is none of these definitions."""

import logging
from datetime import UTC, datetime
from threading import Event

from django.db import OperationalError, connection

from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
from onestop.indicators.queries.cube import needs_rebuilding

EVERY = 0.5
"""Seconds between two refreshes: what is written is in the cube within one second."""
_log = logging.getLogger(__name__)


def keep_cube(ended: Event) -> None:
    """Keep the cube until `ended` is set. Of several keepers at one moment one works and the others go away."""
    while not ended.is_set():
        try:
            if not refresh_cube(at=datetime.now(UTC)) and needs_rebuilding():
                rebuild_cube(at=datetime.now(UTC))
        except OperationalError as lost:  # the database is away: it is asked again
            _log.warning("the cube waits for the database: %s", lost)
            connection.close()
        ended.wait(EVERY)
