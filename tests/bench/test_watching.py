"""What a process and all below it use is seen, also of those that ended."""

import os
import subprocess
import sys

from onestop.bench.board.watching import Watch

BUSY = "x = bytearray(80 * 2**20)\nimport time\nend = time.process_time() + 0.8\nwhile time.process_time() < end: pass"


def test_the_children_of_children_are_counted() -> None:
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])"
    with Watch(os.getpid()) as idle:
        pass
    with Watch(os.getpid()) as watch:
        subprocess.run([sys.executable, "-c", child], check=True)
    assert watch.cpu >= 0.7
    assert idle.cpu < watch.cpu
    assert watch.memory >= 80
