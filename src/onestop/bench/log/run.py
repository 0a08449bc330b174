"""The workload `log`: publishing, proofs over 100 million leaves, and lives with the log and without it."""

import hashlib
import statistics
import time
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from onestop.bench.life import meters
from onestop.bench.log import lives, proofs

Say = Callable[[str], None]
HASHES_AN_ENTRY = 3  # the commitment, the leaf, and one node of the tree
BATCHES = 5
ONE_BY_ONE = 2000
_FILL = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
SELECT 1000 + nextval('journal_journalentry_id_seq'), 1, 'submit', 'system', '', '', '', now(), now(), '', '{}'::jsonb,
    decode(repeat('00', 32), 'hex'), sha256(random()::text::bytea), ''::bytea, 0
FROM generate_series(1, %s)
"""


def run(*, entries: int, leaves: int, with_lives: bool, seconds: int, rounds: int, say: Say) -> dict[str, Any]:
    """Measure and return the figures. The database of the first part is gone when the lives begin."""
    found: dict[str, Any] = {"workload": "log", "bare_sha256_per_second": round(bare_rate())}
    say(f"{leaves} leaves, only the tiles on the paths ...")
    found["proofs"] = proofs.run(leaves, found["bare_sha256_per_second"])
    if with_lives:
        say("lives with the log and without it ...")
        found["life"], found["publishing"] = lives.run(
            seconds=seconds, rounds=rounds, say=say, after=lambda pid: publishing(entries, pid, say)
        )
    else:
        from onestop.bench.grounds import open_grounds

        with open_grounds() as grounds:
            found["publishing"] = publishing(entries, grounds.server.status().pid or 0, say)
    rate = found["publishing"]["entries_per_second"]
    bare = found["bare_sha256_per_second"] / HASHES_AN_ENTRY
    found["publishing"] |= {"bare_entries_per_second": round(bare), "ratio_to_bare": round(rate / bare, 4)}
    return found


def publishing(entries: int, database_pid: int, say: Say) -> dict[str, Any]:
    """Write entries in batches and publish each: places, tiles, bundles, signed head, on disk."""
    from django.db import connection

    from onestop.journal.operations.publishing import grow_log, show_log
    from onestop.journal.operations.sequencing import sequence

    _publish_what_waits()
    each, placed, spent = entries // BATCHES, 0, 0.0
    cpu, database = process_time(), 0.0
    cpu_spent = 0.0
    for number in range(BATCHES):
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [each])
        before, cpu, begun = meters.cpu_of_tree(database_pid), process_time(), perf_counter()
        while batch := sequence():
            placed += batch
        grow_log(at=_now())
        show_log()
        spent += perf_counter() - begun
        cpu_spent += process_time() - cpu
        database += meters.cpu_of_tree(database_pid) - before
        say(f"batch {number + 1}: {placed} entries published")
    return {
        "entries": placed,
        "batches": BATCHES,
        "entries_per_second": round(placed / spent),
        "cpu_us_an_entry": round(1e6 * cpu_spent / placed, 1),
        "database_cpu_us_an_entry": round(1e6 * database / placed, 1),
        "holds": _holds(),
        "queueing_one": queueing(),
    }


def queueing() -> dict[str, Any]:
    """Write entries one by one with the database queueing them and without; the median time of one, in microseconds."""
    from django.db import connection, transaction

    from onestop.bench.log.lives import queue_entries

    found: dict[str, list[float]] = {"without_us": [], "with_us": []}
    for _ in range(BATCHES):
        for way, times in found.items():
            queue_entries(way == "with_us")
            with transaction.atomic(), connection.cursor() as cursor:
                begun = perf_counter()
                for _ in range(ONE_BY_ONE):
                    cursor.execute(_FILL, [1])
                times.append(1e6 * (perf_counter() - begun) / ONE_BY_ONE)
    return {name: round(statistics.median(times), 1) for name, times in found.items()}


def bare_rate(seconds: float = 0.5) -> float:
    """Return how many hashes of 65 bytes, a node of the tree, one core makes in a second with nothing else to do."""
    data, sha256, count = bytes(65), hashlib.sha256, 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for _ in range(1000):
            sha256(data).digest()
        count += 1000
    return count / seconds


def _publish_what_waits() -> None:
    from onestop.journal.operations import publish_log

    publish_log(at=_now())


def _holds() -> bool:
    """True if the published head is the root of all leaves, recomputed one by one."""
    from onestop.journal.models import LogLeaf
    from onestop.journal.queries.log import find_published_head
    from onestop.journal.rules.auditing import GrowingRoot
    from onestop.journal.rules.merkle import hash_leaf

    tree, head = GrowingRoot(), find_published_head()
    for (commitment,) in LogLeaf.objects.order_by("index").values_list("commitment").iterator(chunk_size=10_000):
        tree.add(hash_leaf(bytes(commitment)))
    return head is not None and (head.size, head.root) == (tree.size, tree.root())


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)
