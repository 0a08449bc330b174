"""Child processes that never outlive us: ended with us, even when we are killed."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def ask_to_die_with_parent(end: signal.Signals) -> None:
    """Ask the kernel to send us `end` when our parent is gone."""
    _libc.prctl(PR_SET_PDEATHSIG, int(end), 0, 0, 0)


def die_with_parent(end: signal.Signals) -> Callable[[], None]:
    """What the new child runs before its program: ask the kernel for `end` once we are gone.

    Must be started from the main thread: the kernel watches the thread that made the child.
    """
    parent = os.getpid()

    def ask() -> None:
        ask_to_die_with_parent(end)
        if os.getppid() != parent:  # we died before the kernel was asked
            os.kill(os.getpid(), end)

    return ask


def spawn(command: list[str], *, end: signal.Signals = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` as a child in a session of its own, so that only we decide when it ends."""
    before = die_with_parent(end)  # one system call: safe between fork and exec, also beside threads
    return subprocess.Popen(command, start_new_session=True, preexec_fn=before, **options)  # noqa: PLW1509


def end_child(child: subprocess.Popen[bytes], end: signal.Signals = signal.SIGTERM, seconds: float = 20) -> int:
    """Ask `child` to end; make it end if it has not done so in time. Its exit code."""
    if child.poll() is None:
        child.send_signal(end)
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
    return child.wait()
