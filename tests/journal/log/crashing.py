"""Publishes in children that are killed one step further each time. Prints every head that could be seen meanwhile.

    python -m tests.journal.log.crashing DATABASE FOLDER

A step is whatever changes something: a statement, a transaction's end (before it and after), a file, a signature.
"""

import base64
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
steps_left = 0


def step() -> None:
    """Die here if this is the step."""
    global steps_left
    steps_left -= 1
    if steps_left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A port's adapter that takes a step before each call that changes something."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            if name != "read":
                step()
            return getattr(self._inner, name)(*args, **more)

        return call


def publish(folder: Path) -> None:
    """Publish once, counting steps."""
    from django.db import connection
    from django.db.backends.postgresql.base import DatabaseWrapper

    from onestop.config.log import plug_log
    from onestop.journal import ports
    from onestop.journal.operations import publish_log
    from tests.journal.log.entries import write_entries

    plug_log(folder / "public", folder / "keys", "only-for-tests")
    write_entries(40)
    ports.log_files.plug(Dying(ports.log_files()))
    ports.log_key.plug(Dying(ports.log_key()))
    commit = DatabaseWrapper._commit

    def dying_commit(self: Any) -> Any:
        step()
        done = commit(self)
        step()
        return done

    DatabaseWrapper._commit = dying_commit

    def dying_statement(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if not sql.startswith("SELECT"):
            step()
        return execute(sql, *args)

    with connection.execute_wrapper(dying_statement):
        publish_log(at=NOW)


def main(database: str, folder: Path) -> None:
    """Let one child publish in peace, then let others die until one has lived."""
    global steps_left
    from django.db import connections

    connections["default"].settings_dict["NAME"] = database
    number, died = -1, True
    while died or number == 0:
        number += 1
        child = os.fork()
        if child == 0:
            steps_left = number
            publish(folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died = os.WIFSIGNALED(status)
        assert died or os.WEXITSTATUS(status) == 0
        shown = folder / "public" / "checkpoint"
        if shown.exists():
            print(base64.b64encode(shown.read_bytes()).decode(), flush=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
