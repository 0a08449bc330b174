"""The workload: lives per second at 1, 4 and 16 clients, beside the floor, interleaved."""

import secrets
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from onestop.bench.life import checks, floor, meters
from onestop.bench.life.browser import Browser, Unexpected
from onestop.bench.life.world import PAPER_FILED, PASSWORD, World

Say = Callable[[str], None]
People = dict[str, Browser]
ERRORS_ENOUGH = 3


@dataclass
class Tally:
    """What a client got done."""

    lives: int = 0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run(world: World, *, clients: tuple[int, ...], seconds: int, rounds: int, say: Say) -> dict[str, Any]:
    """Measure and return the figures: per number of clients the median of the rounds, and the ratio to the floor."""
    people = log_in_all(world)
    _client(world, people, warmed := Tally(), threading.Barrier(1), time.monotonic() + 2)
    if warmed.errors:
        raise Unexpected(warmed.errors[0])
    floor.prepare()
    measured: dict[int, list[dict[str, Any]]] = {count: [] for count in clients}
    for number in range(rounds):
        for count in clients:
            found = play_round(world, people, count, seconds)
            found["floor_lives_per_second"] = round(floor.lives_per_second(world.server, count, seconds), 1)
            measured[count].append(found)
            say(f"round {number + 1}, {count} clients: {found['lives_per_second']} lives/s")
    say("checking every life")
    return {
        "workload": "life",
        "result_pdf": world.with_paper,
        "upload_bytes": len(world.upload) + 22,
        "requests_a_life": len(world.steps) + 1,
        "rounds": rounds,
        "seconds_a_round": seconds,
        "clients": {str(count): _median(found) for count, found in measured.items()},
        "checked": checks.check(with_paper=world.with_paper),
    }


def play_round(world: World, people: People, clients: int, seconds: int) -> dict[str, Any]:
    """Let so many clients play lives for so many seconds; return what was counted."""
    tallies = [Tally() for _ in range(clients)]
    start, until = threading.Barrier(clients + 1), time.monotonic() + seconds + 0.2
    threads = [threading.Thread(target=_client, args=(world, people, tally, start, until)) for tally in tallies]
    for thread in threads:
        thread.start()
    before = meters.read(world.web_pid, world.database_pid)
    begun = time.monotonic()
    start.wait()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    after = meters.read(world.web_pid, world.database_pid)
    return {**_tell(tallies, took), **after.since(before, sum(tally.lives for tally in tallies))}


def _tell(tallies: list[Tally], took: float) -> dict[str, Any]:
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
    }


def log_in_all(world: World) -> People:
    """Log everybody in once."""
    people = {username: Browser(world.port) for username in world.people}
    for username, browser in people.items():
        browser.log_in(username, PASSWORD)
    return people


def _client(world: World, people: People, tally: Tally, start: threading.Barrier, until: float) -> None:
    own = {username: browser.again() for username, browser in people.items()}
    start.wait()
    while time.monotonic() < until and len(tally.errors) <= ERRORS_ENOUGH:
        try:
            live(world, own)
        except (Unexpected, OSError) as error:
            tally.errors.append(str(error))
        else:
            tally.lives += 1
    tally.seconds = [second for browser in own.values() for second in browser.seconds]


def live(world: World, people: People) -> None:
    """Play one life from filing to the result returned. Raises `Unexpected` at the first answer that is amiss."""
    scan = world.upload + secrets.token_hex(10).encode() + b"\n\n"
    files = {f"file-{PAPER_FILED}": ("giay-chung-sinh.pdf", scan)}
    status, place, said = people[world.applicant].post(world.file_at, world.fields, files)
    if status != 302 or not place.startswith("/ho-so/"):
        raise Unexpected(f"filing: {status} {place} {said[-600:].decode()}")
    code = place.rstrip("/").rsplit("/", 1)[-1]
    for who, path in world.steps:
        status, _, said = people[who].post(path.format(code=code), {})
        if status != 302:
            raise Unexpected(f"{path} {code}: {status} {said[-600:].decode()}")


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    figures = {
        name: round(statistics.median(item[name] for item in rounds), 2)
        for name in rounds[0]
        if isinstance(rounds[0][name], int | float)
    }
    rates, floors = ([item[name] for item in rounds] for name in ("lives_per_second", "floor_lives_per_second"))
    ratio = figures["lives_per_second"] / figures["floor_lives_per_second"] if figures["floor_lives_per_second"] else 0
    return {
        **figures,
        "errors": sum(item["errors"] for item in rounds),
        "range": [min(rates), max(rates)],
        "floor_range": [min(floors), max(floors)],
        "ratio_to_floor": round(ratio, 4),
        "first_error": next((item["first_error"] for item in rounds if item["errors"]), ""),
    }


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
