"""How often something can be done: in this process, or in several at once."""

import gc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from onestop.bench.sign.world import Office, keep, make_result, sign

WORK: dict[str, Callable[[bytes], bytes]] = {
    "b_b": lambda paper: sign(paper, stamp=False),
    "b_t": lambda paper: sign(paper, stamp=True),
    "result_b_t": make_result,
    "result_b_lta": keep,
}
"""One signature without and with a time stamp; a whole result (leader and seal) B-T; the same carried on to B-LTA."""
_WARM = 5


@dataclass(frozen=True)
class Rate:
    """How often a second, and CPU milliseconds each."""

    a_second: float
    cpu_ms: float


def repeat(act: Callable[[], Any], seconds: float) -> Rate:
    """Do it for so long."""
    act()
    gc.collect()
    begun, cpu, done = perf_counter(), process_time(), 0
    while perf_counter() - begun < seconds:
        act()
        done += 1
    return Rate(done / (perf_counter() - begun), (process_time() - cpu) / done * 1000)


def together(office: Office, work: str, paper: bytes, seconds: float, processes: int) -> Rate:
    """Let several processes do it at once; return their sum."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        arguments = ([office] * processes, [work] * processes, [paper] * processes, [seconds] * processes)
        found = list(pool.map(_alone, *arguments))
    return Rate(sum(one.a_second for one in found), sum(one.cpu_ms for one in found) / len(found))


def _alone(office: Office, work: str, paper: bytes, seconds: float) -> Rate:
    office.open()
    for _ in range(_WARM):
        WORK[work](paper)
    return repeat(lambda: WORK[work](paper), seconds)


def waits(act: Callable[[int], Any], times: int) -> dict[str, float]:
    """Do it so often, one after the other; return how long a person waits for one, in milliseconds."""
    act(0)
    found = []
    for number in range(1, times + 1):
        begun = perf_counter()
        act(number)
        found.append((perf_counter() - begun) * 1000)
    return {"p50_ms": round(median(found), 2), "p95_ms": round(quantiles(found, n=20)[-1], 2)}


def middle(rates: list[Rate]) -> dict[str, float]:
    """Return the median of several rounds, with their range."""
    every = [rate.a_second for rate in rates]
    return {
        "a_second": round(median(every), 1),
        "least": round(min(every), 1),
        "most": round(max(every), 1),
        "cpu_ms": round(median(rate.cpu_ms for rate in rates), 3),
    }
