"""A Spark cluster on this machine: one master and two workers on loopback, for tests and for trying out.

Needs Java and the environment of `requirements-cluster.lock` (`tools/get-cluster` gets both as far as it may).
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from onestop.config.children import end_child, spawn
from onestop.errors import Unavailable

CLONE = Path(__file__).resolve().parents[3]
ENVIRONMENT = CLONE / ".tools" / "cluster"
GET = "tools/get-cluster"
HOST = "127.0.0.1"
WITHIN = 90
WORKERS = 2


def find_python() -> str:
    """Return the Python of the cluster's environment, empty if there is none or no Java to run it with."""
    python = ENVIRONMENT / "bin" / "python"
    return str(python) if python.exists() and shutil.which("java") else ""


class LocalCluster:
    """A master and its workers, each a process of ours on a free port; all end with the block, or with us."""

    def __init__(
        self,
        workers: int = WORKERS,
        cores: int = 1,
        memory: int = 700,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`environment` is added to that of the workers: how they reach an object store, and with which keys."""
        self.master = ""
        self.settings = {"spark.executor.memory": f"{memory}m", "spark.driver.host": HOST}
        """What a driver has to ask for, so that a worker has room for it; memory in MiB."""
        self._workers = workers
        self._environment = environment or {}
        self._size = ["--cores", str(cores), "--memory", f"{memory}m"]
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        python = find_python()
        if not python:
            raise Unavailable("indicators.no_cluster", command=GET)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onestop-cluster-")))
            port, page = free_port(), free_port()
            self.master = f"spark://{HOST}:{port}"
            place = ["--host", HOST, "--port", str(port), "--webui-port", str(page)]
            self._start(stack, folder, "master", ["org.apache.spark.deploy.master.Master", *place])
            wait_until(lambda: _count_workers(page) >= 0)
            for number in range(self._workers):
                home = ["--host", HOST, "--webui-port", "0", "--work-dir", str(folder / f"work-{number}")]
                worker = ["org.apache.spark.deploy.worker.Worker", *home, *self._size, self.master]
                self._start(stack, folder, f"worker-{number}", worker)
            wait_until(lambda: _count_workers(page) == self._workers)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _start(self, stack: ExitStack, folder: Path, name: str, command: list[str]) -> None:
        env = {**environment(), **self._environment}
        log = stack.enter_context((folder / f"{name}.log").open("wb"))
        program = str(Path(env["SPARK_HOME"]) / "bin" / "spark-class")
        child = spawn([program, *command], env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        stack.callback(end_child, child)


def environment() -> dict[str, str]:
    """Return the environment in which Spark's programs and drivers run: everything on loopback."""
    home = next(ENVIRONMENT.glob("lib/python*/site-packages/pyspark"))
    set_here = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": find_python()}
    return {**os.environ, **set_here, "SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m"}


def _count_workers(page: int) -> int:
    """Return how many workers the master knows, -1 if it does not answer yet."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{page}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except (OSError, ValueError, KeyError):
        return -1


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened. Raises `Unavailable` after a while."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if happened():
            return
        time.sleep(0.2)
    raise Unavailable("indicators.cluster_failed", said=f"not up within {WITHIN} s")


def answers(port: int) -> bool:
    """Return whether somebody answers at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
