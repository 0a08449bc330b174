"""A breaker: whoever does not answer is left alone for a while, so that one dead service does not slow everybody."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after so many failures in a row; then lets a single try through every `rest_seconds`."""

    def __init__(
        self, *, failures: int = 3, rest_seconds: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._rest = rest_seconds
        self._clock = clock
        self._guard = threading.Lock()
        self._failed = 0
        self._open_until = 0.0

    def lets_through(self) -> bool:
        """True if a try may be made; while it is open, for one caller at a time."""
        with self._guard:
            if self._failed < self._limit:
                return True
            if self._clock() < self._open_until:
                return False
            self._open_until = self._clock() + self._rest  # this one tries; the others wait for what comes of it
            return True

    def succeeded(self) -> None:
        """Close it."""
        with self._guard:
            self._failed = 0

    def failed(self) -> None:
        """Count a failure; open it if there were too many."""
        with self._guard:
            self._failed += 1
            if self._failed >= self._limit:
                self._open_until = self._clock() + self._rest

    @property
    def is_open(self) -> bool:
        """True while the service is left alone."""
        with self._guard:
            return self._failed >= self._limit
