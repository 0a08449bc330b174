"""Work on files of strangers within bounds of time and memory: in a process of its own that may die alone."""

import os
import pickle
import resource
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
CPU_SECONDS = 60
MORE_BYTES = 1536 * 1024 * 1024


def run_bounded(
    work: Callable[[], Found], *, cpu_seconds: int = CPU_SECONDS, more_bytes: int = MORE_BYTES
) -> Found | None:
    """Return what `work` returns, or None if it took more than allowed or its process died."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _work(work, sending, cpu_seconds, more_bytes)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if status != 0 or not answer:
        return None
    found: Found = pickle.loads(answer)  # noqa: S301  written by our own child
    return found


def _work(work: Callable[[], Found], sending: int, cpu_seconds: int, more_bytes: int) -> None:
    """In the child: limits on, work, answer, and out without touching what is the parent's."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
        limit = _address_space() + more_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        code = 0
    except BaseException:  # noqa: BLE001  whatever it was, the parent is told by the exit code
        pass
    finally:
        os._exit(code)


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123
        return int(told.read().split()[0]) * resource.getpagesize()
