"""`python -m django keep_cube`: the keeper of the cube, until told to end. `onestop up` starts it beside the worker."""

import signal
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand

from onestop.indicators.tasks import keep_counting_beside, keep_cube


class Command(BaseCommand):
    """Keeps the cube of figures at most a second behind the journal."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep it until SIGTERM or Ctrl-C."""
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        beside = Thread(target=keep_counting_beside, args=(ended,))
        beside.start()
        try:
            keep_cube(ended)
        finally:
            ended.set()
            beside.join()
