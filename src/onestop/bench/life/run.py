"""The workload: lives per second at 1, 4 and 16 clients, beside the floor, interleaved."""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from onestop.bench.life import floor, meters
from onestop.bench.life.browser import Browser, Unexpected
from onestop.bench.life.world import PASSWORD, World

Say = Callable[[str], None]


@dataclass
class Tally:
    """What a group of clients got done."""

    lives: int = 0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run(world: World, *, clients: tuple[int, ...], seconds: int, rounds: int, say: Say) -> dict[str, Any]:
    """Measure and return the figures: per number of clients the median of the rounds, and the ratio to the floor."""
    floor_ready = False
    found: dict[str, Any] = {}
    for count in clients:
        measured = []
        for number in range(rounds):
            measured.append(_round(world, count, seconds))
            if not floor_ready:
                floor.prepare()
                floor_ready = True
            measured[-1]["floor_lives_per_second"] = round(floor.lives_per_second(world.server, count, seconds), 1)
            say(f"{count} clients, round {number + 1}: {measured[-1]['lives_per_second']} lives/s")
        found[str(count)] = _median(measured)
    return {
        "workload": "life",
        "result_pdf": world.with_paper,
        "upload_bytes": len(world.upload),
        "steps": len(world.steps),
        "clients": found,
    }


def _round(world: World, clients: int, seconds: int) -> dict[str, Any]:
    tallies = [Tally() for _ in range(clients)]
    desks = [_people(world) for _ in range(clients)]
    start = threading.Barrier(clients + 1)
    until = [0.0]
    threads = [
        threading.Thread(target=_client, args=(world, people, tally, start, until), daemon=True)
        for people, tally in zip(desks, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    before = meters.read(world.web_pid, world.database_pid)
    until[0] = time.monotonic() + seconds
    begun = time.monotonic()
    start.wait()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    after = meters.read(world.web_pid, world.database_pid)
    lives = sum(tally.lives for tally in tallies)
    spent = sorted(second for tally in tallies for second in tally.seconds)
    errors = [error for tally in tallies for error in tally.errors]
    return {
        "lives": lives,
        "lives_per_second": round(lives / took, 2),
        "p50_ms": round(1000 * _quantile(spent, 0.50), 1),
        "p95_ms": round(1000 * _quantile(spent, 0.95), 1),
        "errors": len(errors),
        "first_error": errors[0] if errors else "",
        **after.since(before, lives),
    }


def _people(world: World) -> dict[str, Browser]:
    people = {username: Browser(world.port) for username in sorted({who for who, _ in world.steps} | {world.applicant})}
    for username, browser in people.items():
        browser.log_in(username, PASSWORD)
    return people


def _client(world: World, people: dict[str, Browser], tally: Tally, start: threading.Barrier, until: list[float]) -> None:
    start.wait()
    while time.monotonic() < until[0]:
        try:
            _life(world, people)
        except (Unexpected, OSError) as error:
            tally.errors.append(str(error))
            if len(tally.errors) > 3:
                break
        else:
            tally.lives += 1
    tally.seconds = [second for browser in people.values() for second in browser.seconds]


def _life(world: World, people: dict[str, Browser]) -> None:
    status, place, said = people[world.applicant].post(world.file_at, world.fields, world.files)
    if status != 302 or "/ho-so/" not in place:
        raise Unexpected(f"filing: {status} {place} {said[:200]!r}")
    code = place.rstrip("/").rsplit("/", 1)[-1]
    for who, path in world.steps:
        status, _, said = people[who].post(path.format(code=code), {})
        if status != 302:
            raise Unexpected(f"{path} {code}: {status} {said[-300:]!r}")


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    figures = {
        name: round(statistics.median(item[name] for item in rounds), 2)
        for name in rounds[0]
        if isinstance(rounds[0][name], int | float)
    }
    rates = [item["lives_per_second"] for item in rounds]
    ratio = figures["lives_per_second"] / figures["floor_lives_per_second"]
    worst = next((item["first_error"] for item in rounds if item["errors"]), "")
    return {**figures, "range": [min(rates), max(rates)], "ratio_to_floor": round(ratio, 4), "first_error": worst}


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
