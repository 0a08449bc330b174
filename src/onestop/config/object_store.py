"""An object store on this machine that speaks S3, on loopback, for tests and for trying out.

It is rclone's, which keeps a bucket as a folder (`tools/get-cluster` gets it). Its keys are made up at the start.
"""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from onestop.config.children import end_child, spawn
from onestop.config.cluster import ENVIRONMENT, GET, HOST, answers, free_port, wait_until
from onestop.errors import Unavailable

BUCKET = "facts"


def find_rclone() -> str:
    """Return the program that serves the store, empty if it is not there."""
    program = ENVIRONMENT / "bin" / "rclone"
    return str(program) if program.exists() else ""


class LocalStore:
    """A store with one bucket, a folder below `root`: by default one that is gone with the block."""

    def __init__(self, root: Path | None = None) -> None:
        self.environment: dict[str, str] = {}
        """What whoever asks the store needs in the environment."""
        self._root = root
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        if not find_rclone():
            raise Unavailable("indicators.no_store", command=GET)
        with ExitStack() as stack:
            root = self._root or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onestop-store-")))
            (root / BUCKET).mkdir(exist_ok=True)
            name, secret, port = secrets.token_hex(8), secrets.token_hex(20), free_port()
            self.environment = {
                "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
                "AWS_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": name,
                "AWS_SECRET_ACCESS_KEY": secret,
            }
            command = [find_rclone(), "serve", "s3", "--addr", f"{HOST}:{port}", str(root)]
            env = {**os.environ, "RCLONE_CONFIG": os.devnull, "RCLONE_AUTH_KEY": f'"{name},{secret}"'}
            quiet = subprocess.DEVNULL
            stack.callback(end_child, spawn(command, env=env, stdin=quiet, stdout=quiet, stderr=quiet))
            wait_until(lambda: answers(port))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @contextmanager
    def keys_in_environment(self) -> Iterator[None]:
        """Let this process ask the store, until the end of the block."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def put(self, folder: Path, name: str) -> str:
        """Send a folder to the store, as anybody would; return its address."""
        target = f":s3,provider=Other,env_auth:{BUCKET}/{name}"
        env = {**os.environ, **self.environment, "RCLONE_CONFIG": os.devnull}
        subprocess.run([find_rclone(), "copy", str(folder), target], env=env, check=True, capture_output=True)
        return f"s3://{BUCKET}/{name}"
