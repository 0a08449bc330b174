"""A centre that takes the reports of another installation, with a folder, a database and an address of its own."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ONESTOP = [sys.executable, "-c", "from onestop.cli.main import main; main()"]
SECONDS = 60


def believe(folder: Path, others: Path) -> Path:
    """Write whom the centre believes: the authorities of another installation, copied from its folder of keys."""
    anchors = folder / "anchors"
    anchors.mkdir()
    for path in (*others.glob("*.pem"), *others.glob("*.crl")):
        shutil.copy(path, anchors)
    file = folder / "trust.toml"
    file.write_text(f'anchors = ["{anchors}"]\n')
    return file


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    """Let an installation run until the block ends; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen([*ONESTOP, "up", "--port", str(port)], env=env, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, child)
        yield address
    finally:
        child.terminate()
        child.wait(SECONDS)


def _wait_for(address: str, child: "subprocess.Popen[bytes]") -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + SECONDS
    while child.poll() is None and time.monotonic() < until:
        with suppress(urllib.error.URLError, OSError):
            opener.open(f"{address}/giam-sat/", timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
