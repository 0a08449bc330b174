"""Reading the bytes of a file named on the command line; `-` is standard input."""

import sys
from pathlib import Path

from onestop.errors import Invalid


def read_bytes(path: str) -> bytes:
    """Return the bytes. Raises `Invalid` with `file.unreadable`."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Invalid("file.unreadable", path=path, reason=error.strerror or str(error)) from error
