"""How a command answers: for a person, or as one JSON document."""

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import click

from onestop.cli.wording import word
from onestop.errors import Invalid, OneStopError, Refused

json_option = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")


def progress(line: str) -> None:
    """Tell what is going on, on standard error."""
    click.echo(line, err=True)


def answer(found: Any, text: str, *, as_json: bool) -> None:
    """Print `found` as JSON, or `text` for a person."""
    click.echo(dump(found) if as_json else text)


def dump(found: Any) -> str:
    """One JSON document: dataclasses as objects, moments and days as ISO 8601, Vietnamese readable."""
    return json.dumps(found, default=_plain, ensure_ascii=False, indent=2)


def fail(error: OneStopError, *, as_json: bool) -> int:
    """Say what went wrong; the exit code."""
    if as_json:
        click.echo(dump({"error": describe(error)}))
    else:
        click.echo(f"onestop: {word(error)}", err=True)
    return error.exit_code


def describe(error: OneStopError) -> dict[str, Any]:
    """An error for a machine: `code`, `message`, `params`, and all `reasons` or `faults`."""
    found: dict[str, Any] = {"code": error.code, "message": word(error), "params": error.params}
    if isinstance(error, Refused):
        found["reasons"] = list(error.reasons)
    if isinstance(error, Invalid):
        found["faults"] = [dataclasses.asdict(fault) for fault in error.faults]
    return found


def use_django() -> None:
    """Load the chapters: for commands that need the database. Takes half a second, so call it late."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestop.config.settings")
    django.setup()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Path):
        return str(value)
    return str(value)


def is_terminal() -> bool:
    """True if a person reads along."""
    return sys.stderr.isatty()
