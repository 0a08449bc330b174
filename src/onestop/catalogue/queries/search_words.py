"""The words the catalogue uses, and in how many procedures each: kept in the process for some minutes."""

import math
import time
from collections.abc import Mapping

from django.db import connection

SECONDS_KEPT = 300.0
_WORDS = "SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM catalogue_procedure')"


class _Words:
    def __init__(self) -> None:
        self._read_at = -SECONDS_KEPT
        self._known: dict[str, int] = {}

    def known(self) -> Mapping[str, int]:
        if time.monotonic() - self._read_at >= SECONDS_KEPT:
            with connection.cursor() as cursor:
                cursor.execute(_WORDS)
                self._known = dict(cursor.fetchall())
            self._read_at = time.monotonic()
        return self._known

    def forget(self) -> None:
        self._read_at = -SECONDS_KEPT


_words = _Words()


def known_words() -> Mapping[str, int]:
    """Return every word of the catalogue with the number of procedures that have it."""
    return _words.known()


def forget_words() -> None:
    """Count afresh at the next question; called when procedures come in."""
    _words.forget()


def weight(word: str, known: Mapping[str, int]) -> float:
    """Return how much a word tells: rare words much, words of every second name little, unknown ones nothing."""
    found = known.get(word, 0)
    return round(math.log(1 + len(known) / found), 2) if found else 0.0
