"""The board's own pages over HTTP, from what is kept; and what keeping the past costs, beside a journal of some size.

An empty page of the same server is asked in the same run: what a page takes beyond it is its own. The province is the
real one, the journal three years long, so that cells and kept moments are as many as they will be.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import perf_counter, sleep
from typing import Any

from onestop.bench.board.journal import fill, find_payload, write_event
from onestop.bench.board.spread import cuts
from onestop.bench.grounds import open_grounds, serve_faces
from onestop.bench.life.browser import Browser, Unexpected
from onestop.bench.life.world import PASSWORD, furnish
from onestop.config.children import end_child, spawn

DAYS = 3 * 365
ASKED, WARM, WORKERS = 60, 10, 2
EMPTY = "/.well-known/oauth-authorization-server"
READER = "lanhdao"
PUBLIC, OFFICER = "/bang-chi-so/", "/bang-chi-so/dieu-hanh/"
FIGURE = "/bang-chi-so/chi-so/FULL_PROCESS/"
UNIT = "?don-vi=H49.26"
PAGES = {
    "empty": (EMPTY, False),
    "public": (PUBLIC, False),
    "public, one unit": (PUBLIC + UNIT, False),
    "wall": ("/bang-chi-so/man-hinh/", False),
    "officer": (OFFICER, True),
    "officer, one unit": (OFFICER + UNIT, True),
    "one figure": (FIGURE, True),
    "plan": ("/ke-hoach/", False),
    "plan, officer": ("/ke-hoach/tien-do/", True),
}
PORTION = 2000
LATE = 20


def run(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """Measure beside a journal of each size, in a process with a database of its own; return the milliseconds."""
    command = [sys.executable, "-m", "onestop.bench.board.page", *map(str, sizes)]
    found: list[dict[str, Any]] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def measure(sizes: Sequence[int], say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure beside a journal of each size; return the figures in milliseconds."""
    found = []
    with open_grounds():
        furnish(with_paper=False)
        _make_plan()
        for size in sizes:
            say(f"the past of {size} dossiers ...")
            fill(size, DAYS)
            found.append({"dossiers": size, "keeping": _keeping(say), "pages_ms": _pages(say)})
    return found


def _make_plan() -> None:
    from onestop.demo.plan import make_plan
    from onestop.demo.province import stage
    from onestop.demo.run import ZONE

    make_plan(stage(), datetime.now(ZONE))


def _keeping(say: Callable[[str], None]) -> dict[str, Any]:
    """What it costs to keep the past: each moment, a late entry, and a refresh in between."""
    from onestop.indicators.models import KeptMoment, MomentCell
    from onestop.indicators.operations.beside import keep_beside
    from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
    from onestop.indicators.operations.moments import keep_portion

    rebuilt = _ms(lambda: rebuild_cube(at=_now()))
    payload, portions, refreshes = find_payload(), [], []
    while True:
        began = perf_counter()
        if not keep_portion(at=_now(), size=PORTION):
            break
        portions.append(1000 * (perf_counter() - began))
        if len(portions) % 10 == 0:
            write_event(payload, _now())
            refreshes.append(_ms(lambda: refresh_cube(at=_now())))
    say(f"{KeptMoment.objects.count()} moments in {sum(portions) / 1000:.1f} s")
    return {
        "rebuild_ms": round(rebuilt),
        "moments": KeptMoment.objects.count(),
        "cells": MomentCell.objects.count(),
        "a_moment_ms": round(sum(portions) / max(1, KeptMoment.objects.count())),
        "a_portion_ms": cuts(portions),
        "refresh_between_portions_ms": cuts(refreshes),
        "late_entry_ms": _late(payload),
        "beside_ms": round(_ms(lambda: keep_beside(at=_now(), pause=timedelta()))),
    }


def _late(payload: dict[str, Any]) -> dict[str, Any]:
    """A refresh that settles an entry of now, and one that settles an entry of forty days ago."""
    from onestop.indicators.operations.cube import refresh_cube

    def settled(at: datetime) -> float:
        for _ in range(2):
            refresh_cube(at=_now())
        write_event(payload, at)
        refresh_cube(at=_now())
        return _ms(lambda: refresh_cube(at=_now()))

    return {
        "in_time": cuts([settled(_now()) for _ in range(LATE)]),
        "forty_days_late": cuts([settled(_now() - timedelta(days=40)) for _ in range(LATE)]),
    }


def _pages(say: Callable[[str], None]) -> dict[str, Any]:
    """Ask every page: first after the faces started, then again and again, with a keeper beside them."""
    say("the pages ...")
    keeper = spawn([sys.executable, "-m", "django", "keep_cube"], env=dict(os.environ), stdin=subprocess.DEVNULL)
    web, port = serve_faces()
    try:
        stranger, officer = Browser(port), Browser(port)
        officer.log_in(READER, PASSWORD)
        return {name: _ask(officer if logged_in else stranger, path) for name, (path, logged_in) in PAGES.items()}
    finally:
        end_child(web)
        end_child(keeper)


def _ask(browser: Browser, path: str) -> dict[str, Any]:
    browser.seconds.clear()
    for _ in range(5):
        with suppress(Unexpected):  # there may be no plan: then a page that says so
            browser.get(path)
            break
        sleep(1)
    first = 1000 * browser.seconds[-1]
    for _ in range(WARM):
        browser.get(path)
    browser.seconds.clear()
    size = 0
    for _ in range(ASKED):
        size = len(browser.get(path))
        sleep(0.01)
    return {"first": round(first, 1), **cuts([1000 * second for second in browser.seconds]), "bytes": size}


def _now() -> datetime:
    return datetime.now(UTC)


def _ms(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measure([int(size) for size in sys.argv[1:]], _tell)))
