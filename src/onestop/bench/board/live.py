"""Live: the cube beside journals of several sizes. How soon is one event on the board, and how far behind at 200/s?"""

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any

from onestop.bench.board.journal import fill, write_event
from onestop.bench.grounds import open_grounds, serve_faces
from onestop.bench.life.browser import Browser
from onestop.config.children import end_child

EVENTS_A_SECOND = 200
FLOW = 10
TIMES = 20
PAGE = "/bang-chi-so/so-lieu.json"
WARM = 8


def run(sizes: tuple[int, ...], say: Callable[[str], None]) -> dict[str, Any]:
    """Measure at each size of the journal, and return the figures in milliseconds."""
    with open_grounds():
        found = []
        for size in sizes:
            say(f"a journal of {size} dossiers ...")
            fill(size)
            found.append(_measure(size))
        say(f"{EVENTS_A_SECOND} events a second for {FLOW} s ...")
        return {"journal": found, "flow": _flow(), "page_ms": _page(say)}


def _measure(size: int) -> dict[str, Any]:
    from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
    from onestop.indicators.queries.cube import find_tally
    from onestop.indicators.rules.periods import year_start

    rebuilt = _ms(lambda: rebuild_cube(at=_now()))
    refresh_cube(at=_now())
    refreshes, reads = [], []
    for _ in range(TIMES):
        write_event()
        refreshes.append(_ms(lambda: refresh_cube(at=_now())))
        at = _now()
        reads.append(_ms(lambda at=at: find_tally(as_of=at, period_from=year_start(at))))  # type: ignore[misc]
    return {
        "dossiers": size,
        "rebuild_ms": round(rebuilt),
        "refresh_after_one_event_ms": _cuts(refreshes),
        "read_ms": _cuts(reads),
        "equal_to_the_journal": _is_equal(),
    }


def _flow() -> dict[str, Any]:
    """Write events at an even pace while a keeper works; ask how old the newest counted one is."""
    from onestop.indicators.queries.cube import find_cube

    ended, lags, late = Event(), [], 0
    keeper = Thread(target=_keep, args=(ended,))
    keeper.start()
    began = perf_counter()
    for number in range(EVENTS_A_SECOND * FLOW):
        due = began + number / EVENTS_A_SECOND
        late += perf_counter() > due + 0.05
        sleep(max(0.0, due - perf_counter()))
        write_event()
        if number % 40 == 39:
            cube = find_cube(as_of=_now())
            lags.append((_now() - cube.as_of).total_seconds() * 1000 if cube else 1e6)
    taken = perf_counter() - began
    ended.set()
    keeper.join()
    return {
        "events_a_second": round(EVENTS_A_SECOND * FLOW / taken, 1),
        "written_late": late,
        "behind_ms": _cuts(lags),
        "equal_to_the_journal": _is_equal(),
    }


def _keep(ended: Event) -> None:
    from django.db import connection

    from onestop.indicators.tasks import keep_cube

    keep_cube(ended)
    connection.close()


def _is_equal() -> bool:
    """True if the cube, moved on to now, has the numbers that the journal has."""
    from onestop.indicators.operations.cube import refresh_cube
    from onestop.indicators.queries.counting import count_by_unit
    from onestop.indicators.queries.cube import find_tally
    from onestop.indicators.queries.definitions import all_definitions
    from onestop.indicators.rules.definitions import Subject
    from onestop.indicators.rules.periods import year_start

    at = _now()
    refresh_cube(at=at)
    kept = find_tally(as_of=at, period_from=year_start(at))
    about = [item for item in all_definitions() if item.subject is Subject.DOSSIER]
    journal = count_by_unit(about, as_of=at, period_from=year_start(at))
    return kept is not None and kept[1] == at and kept[0].as_rows() == journal.as_rows()


def _page(say: Callable[[str], None]) -> dict[str, Any]:
    """The open data of the board over HTTP, all figures of all agencies, with a keeper beside the faces."""
    say("the page ...")
    ended = Event()
    keeper = Thread(target=_keep, args=(ended,))
    keeper.start()
    web, port = serve_faces()
    try:
        return _ask(Browser(port), PAGE)
    finally:
        ended.set()
        keeper.join()
        end_child(web)


def _ask(browser: Browser, path: str) -> dict[str, float]:
    """Ask for a page again and again, after both workers have seen it."""
    for _ in range(WARM):
        browser.get(path)
    browser.seconds.clear()
    for _ in range(TIMES * 2):
        browser.get(path)
    return _cuts([1000 * second for second in browser.seconds])


def _now() -> datetime:
    return datetime.now(UTC)


def _ms(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)


def _cuts(values: list[float]) -> dict[str, float]:
    return {"p50": round(median(values), 1), "max": round(max(values), 1)}
