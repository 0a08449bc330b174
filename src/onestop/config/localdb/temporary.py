"""A throw-away server: made in a temporary folder, fast instead of durable, always removed."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from onestop.config.localdb.binaries import Binaries
from onestop.config.localdb.cluster import DURABLE
from onestop.config.localdb.server import LocalServer
from onestop.config.localdb.sockets import fits

FAST = {
    **DURABLE,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}


class TemporaryServer(LocalServer):
    """A server for one test run or one benchmark. `stop` removes its folder; so does leaving Python.

    A run that is killed leaves a folder below the temporary directory behind, never a process.
    """

    settings = FAST
    rights = "LOGIN CREATEDB"  # test runners make a database of their own

    def __init__(self, binaries: Binaries | None = None) -> None:
        super().__init__(_short_folder(), binaries)
        self.folder.chmod(0o711)
        self._maker = os.getpid()
        atexit.register(self._stop_at_exit)

    def _stop_at_exit(self) -> None:
        if os.getpid() == self._maker:  # not in a forked copy of us
            self.stop()

    def stop(self, seconds: float = 30) -> bool:
        """Stop it and remove all of it."""
        stopped = super().stop(seconds)
        shutil.rmtree(self.folder, ignore_errors=True)
        return stopped


def _short_folder() -> Path:
    """A temporary folder whose socket has a path that the kernel accepts."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-test-"))
    if fits(folder / "socket"):
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix="onestop-test-", dir="/tmp"))
