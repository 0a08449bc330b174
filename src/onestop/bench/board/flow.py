"""Flow: deeds at an even pace into a large journal, the keeper and the faces beside them as in production.

Several writers sign and commit; the keeper is a process of its own; a reader asks the open data of the board again and
again. Every deed files one dossier, so when the answer first counts n more than at the beginning, the n-th deed has
come through: from its commit to the last byte of that answer is what a person at the board waits.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter, sleep
from typing import Any

from onestop.bench.board.journal import find_payload, write_event
from onestop.bench.board.spread import cuts
from onestop.bench.grounds import serve_faces
from onestop.bench.life.browser import Browser, Unexpected
from onestop.config.children import end_child, spawn

EVENTS_A_SECOND = 200
EVENTS = EVENTS_A_SECOND * 15
WRITERS = 3
"""With our own a process has four connections."""
PAGE = "/bang-chi-so/so-lieu.json"
ASKED_EVERY = 0.05
PATIENCE = 30
SETTLING = 2
FILED_ONLINE = re.compile(rb'"code": "ONLINE_BY_CHANNEL".*?"numerator": (\d+)', re.DOTALL)


def run() -> dict[str, Any]:
    """Write, read and compare; return the figures, times in milliseconds."""
    with _keeper(), _faces() as port, ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = _Reader(Browser(port))
        sleep(SETTLING)
        before = reader.ask()
        payload, begin = find_payload(), perf_counter() + 0.5
        reading = pool.submit(reader.watch, before + EVENTS, begin + EVENTS / EVENTS_A_SECOND + PATIENCE)
        shares = [pool.submit(_write, range(one, EVENTS, WRITERS), begin, payload) for one in range(WRITERS)]
        behind = list(_watch_cube(shares))
        commits = sorted(commit for share in shares for commit in share.result()[0])
        seen = reading.result()
        return {
            "events": EVENTS,
            "events_a_second": round(EVENTS / (commits[-1] - begin), 1),
            "written_late": sum(share.result()[1] for share in shares),
            "cube_behind_ms": cuts(behind),
            "commit_to_board_ms": cuts(list(_waits(before, commits, seen))),
            "answers_a_second": round(len(seen) / (commits[-1] - begin), 1),
        }


def _write(numbers: range, begin: float, payload: dict[str, Any]) -> tuple[list[float], int]:
    """Commit deeds at an even pace; return when each was committed, and how many of them began late."""
    from django.db import connection

    commits, late = [], 0
    for number in numbers:
        due = begin + number / EVENTS_A_SECOND
        sleep(max(0.0, due - perf_counter()))
        late += perf_counter() > due + 0.05
        write_event(payload, _now())
        commits.append(perf_counter())
    connection.close()
    return commits, late


class _Reader:
    """Somebody who looks at the open data again and again."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def ask(self) -> int:
        """Return how many dossiers the board says were filed online."""
        found = FILED_ONLINE.search(self._browser.get(PAGE))
        if found is None:
            raise Unexpected(f"{PAGE}: nothing of dossiers filed online")
        return int(found[1])

    def watch(self, number: int, until: float) -> list[tuple[float, int]]:
        """Ask until so many are told; return when each answer was whole, and its number.

        Raises `Unexpected` if that does not come until a moment.
        """
        found = [(perf_counter(), self.ask())]
        while found[-1][1] < number:
            if found[-1][0] > until:
                raise Unexpected(f"{PAGE} never counted {number}, but {found[-1][1]}")
            sleep(ASKED_EVERY)
            told = self.ask()
            found.append((perf_counter(), told))
        return found


def _waits(begin: int, commits: list[float], seen: list[tuple[float, int]]) -> Iterator[float]:
    """Yield for each commit, in milliseconds, when it was first counted in an answer."""
    answers = iter(seen)
    moment, number = next(answers)
    for place, commit in enumerate(commits, start=begin + 1):
        while number < place:
            moment, number = next(answers)
        yield 1000 * (moment - commit)


def _watch_cube(writing: Sequence[Future[Any]]) -> Iterator[float]:
    """Yield again and again, while others write, how long ago the moment was that the cube has reached."""
    from onestop.indicators.models import CubeState

    while not all(share.done() for share in writing):
        reached = CubeState.objects.values_list("as_of", flat=True).get()
        yield 1000 * (_now() - reached).total_seconds()
        sleep(0.1)


@contextmanager
def _keeper() -> Iterator[None]:
    child = spawn([sys.executable, "-m", "django", "keep_cube"], env=dict(os.environ), stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        end_child(child)


@contextmanager
def _faces() -> Iterator[int]:
    web, port = serve_faces()
    try:
        yield port
    finally:
        end_child(web)


def _now() -> datetime:
    return datetime.now(UTC)
