"""Live: the cube beside journals of several sizes. What does one event cost, and what a reader?"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread
from time import perf_counter
from typing import Any

from onestop.bench.board.journal import fill, find_payload, write_event
from onestop.bench.board.spread import cuts, exponent
from onestop.bench.grounds import open_grounds, serve_faces
from onestop.bench.life.browser import Browser
from onestop.config.children import end_child

TIMES = 40
PAGE = "/bang-chi-so/so-lieu.json"
WARM = 8


def run(sizes: tuple[int, ...], say: Callable[[str], None]) -> dict[str, Any]:
    """Measure at each size of the journal, then the flow into the last; return the figures in milliseconds."""
    from onestop.bench.board import flow

    with open_grounds():
        _load(say)
        found = []
        for size in sizes:
            say(f"a journal of {size} dossiers ...")
            filled = _ms(partial(fill, size))
            found.append({"dossiers": size, "filled_ms": round(filled), **_measure()})
            say(f"one event: {found[-1]['refresh_after_one_event_ms']} ms")
        say(f"{flow.EVENTS_A_SECOND} events a second, the keeper and the faces beside them ...")
        flowed = {"dossiers": sizes[-1], **flow.run()}
        say("is the cube equal to the journal?")
        flowed["equal_to_the_journal"] = _is_equal()
        return {
            "journal": found,
            "refresh_grows_like_size_to_the_power_of": exponent(
                {item["dossiers"]: item["refresh_after_one_event_ms"]["p50"] for item in found}
            ),
            "flow": flowed,
            "page_ms": _page(say),
        }


def _load(say: Callable[[str], None]) -> None:
    from onestop.demo.province import load_province

    load_province(at=_now(), say=say)


def _measure() -> dict[str, Any]:
    from onestop.facts.rules.periods import year_start
    from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
    from onestop.indicators.queries.cube import find_tally

    rebuilt, payload = _ms(lambda: rebuild_cube(at=_now())), find_payload()
    refreshes, reads = [], []
    for _ in range(WARM + TIMES):
        write_event(payload, _now())
        refreshes.append(_ms(lambda: refresh_cube(at=_now())))
        at = _now()
        reads.append(_ms(partial(find_tally, as_of=at, period_from=year_start(at))))
    return {
        "rebuild_ms": round(rebuilt),
        "refresh_after_one_event_ms": cuts(refreshes[WARM:]),
        "read_ms": cuts(reads[WARM:]),
        "equal_to_the_journal": _is_equal(),
    }


def _keep(ended: Event) -> None:
    from django.db import connection

    from onestop.indicators.tasks import keep_cube

    keep_cube(ended)
    connection.close()


def _is_equal() -> bool:
    """True if the cube, moved on to now, has the numbers that the journal has."""
    from onestop.facts.queries.counting import count_by_unit
    from onestop.facts.rules.definitions import Subject
    from onestop.facts.rules.periods import year_start
    from onestop.indicators.operations.cube import refresh_cube
    from onestop.indicators.queries.cube import find_tally
    from onestop.indicators.queries.definitions import all_definitions

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
    for _ in range(TIMES):
        browser.get(path)
    return cuts([1000 * second for second in browser.seconds])


def _now() -> datetime:
    return datetime.now(UTC)


def _ms(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)
