"""Reading moments, periods and limits as people write them, and saying what is wrong with them."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import TypeVar

import click

from onestop.cli.wording import word
from onestop.errors import Fault, Invalid, OneStopError
from onestop.worktime.rules import TimeLimit

T = TypeVar("T")
SHOWN_ERRORS = 20
DAY_ONLY = len("2026-03-02")

find_limit = lru_cache(maxsize=1024)(TimeLimit.parse)


def find_moment(text: str | None, zone: tzinfo) -> datetime | None:
    """The moment written in `text`, in the zone here unless it says another; None for nothing. Raises `Invalid`."""
    if not text:
        return None
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _fault("moment.unreadable", text) from None
    if len(text) <= DAY_ONLY:
        raise _fault("moment.without_hour", text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def find_suspensions(texts: Iterable[str], zone: tzinfo) -> tuple[tuple[datetime, datetime], ...]:
    """The periods written as `A..B`. Raises `Invalid`."""
    found = []
    for text in texts:
        begins, dots, ends = text.partition("..")
        period = find_moment(begins, zone), find_moment(ends, zone)
        if not dots or period[0] is None or period[1] is None:
            raise _fault("period.unreadable", text)
        found.append((period[0], period[1]))
    return tuple(found)


def read_or_fail(read: Callable[[], T]) -> T:
    """What `read` gives; input that cannot be used ends the command with exit code 2 and a sentence."""
    try:
        return read()
    except Invalid as error:
        raise click.UsageError(sentence(error)) from error


def sentence(error: OneStopError) -> str:
    """All that is wrong, on one line."""
    if isinstance(error, Invalid) and error.faults:
        return " ".join(word(OneStopError(fault.code, **fault.params)) for fault in error.faults)
    return word(error).replace("\n", " ")


def say_whats_wrong(errors: list[tuple[int, str]]) -> None:
    """Name the lines that cannot be used, on standard error: the first twenty, then how many more."""
    for line, text in errors[:SHOWN_ERRORS]:
        click.echo(f"onestop: line {line}: {text}", err=True)
    if len(errors) > SHOWN_ERRORS:
        click.echo(f"onestop: and {len(errors) - SHOWN_ERRORS} more; see the column error.", err=True)


def _fault(code: str, text: str) -> Invalid:
    return Invalid(code, faults=(Fault("", code, {"text": text}),), text=text)
