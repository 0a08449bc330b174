"""What a process and all it started use, while something happens: CPU, and the most memory at once."""

import os
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from onestop.bench.life.meters import cpu_of_tree

EVERY = 0.25
PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Watches a process and everything below it until the end of the block."""

    def __init__(self, pid: int) -> None:
        self.cpu = 0.0
        self.memory = 0
        """The most that was resident at once, in MiB; what processes share is counted for each."""
        self._pid = pid
        self._ended = Event()
        self._watcher = Thread(target=self._look)

    def __enter__(self) -> Self:
        self._before = cpu_of_tree(self._pid)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cpu = cpu_of_tree(self._pid) - self._before
        self._ended.set()
        self._watcher.join()

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            self.memory = max(self.memory, _resident(self._pid) // 2**20)


def _resident(pid: int) -> int:
    """Return how many bytes are resident in a process and all below it."""
    process = Path(f"/proc/{pid}")
    try:
        own = int((process / "statm").read_text().split()[1]) * PAGE
        below = [child for task in (process / "task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:  # it ended meanwhile
        return 0
    return own + sum(_resident(int(child)) for child in below)
