"""A table of cases in, a table of answers out."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from onestop.cli.cases import find_limit, find_moment, find_suspensions, sentence
from onestop.errors import Fault, Invalid, OneStopError
from onestop.worktime.rules import LOCAL_ZONE, Case, WorkingCalendar, answer_case, remaining_in_case

NEEDED = ("from", "limit")
ANSWERS = (
    "clock_from",
    "due",
    "due_legal",
    "due_indicator",
    "provisional",
    "late",
    "days",
    "hours",
    "minutes",
    "error",
)
EMPTY = ("",) * (len(ANSWERS) - 1)
SPECIAL = re.compile(r'["\r\n]')
Row = list[str]


@dataclass(slots=True)
class Table:
    """The answered table: heading, rows as they are drawn, and, once drawn, what was wrong in which line."""

    heading: list[str]
    rows: Iterator[Row]
    errors: list[tuple[int, str]]


def answer_table(calendar: WorkingCalendar, path: str, now: datetime) -> Table:
    """Answer every row of the CSV at `path` (`-`: standard input). A row that cannot be used says why in `error`.

    Raises `Invalid` if the file cannot be read or lacks a needed column.
    """
    lines = csv.reader(io.StringIO(_read(path), newline=""))
    heading = [name.strip() for name in next(lines, [])]
    faults = tuple(Fault("", "table.without_column", {"column": name}) for name in NEEDED if name not in heading)
    if faults:
        raise Invalid("table.without_column", faults=faults)
    kept = [number for number, name in enumerate(heading) if name not in ANSWERS]
    errors: list[tuple[int, str]] = []
    numbered = ((lines.line_num, row) for row in lines if row)
    rows = _answer_rows(numbered, _solver(calendar, heading, now), kept, errors)
    return Table([heading[number] for number in kept] + list(ANSWERS), rows, errors)


def _answer_rows(
    rows: Iterable[tuple[int, Row]], solve: Callable[[Row], Row], kept: list[int], errors: list[tuple[int, str]]
) -> Iterator[Row]:
    for line, row in rows:
        try:
            found = solve(row)
        except OneStopError as error:
            text = sentence(error)
            errors.append((line, text))
            found = [*EMPTY, text]
        given = row if len(kept) == len(row) else [row[number] if number < len(row) else "" for number in kept]
        yield given + found


def write_table(table: Table, target: TextIO) -> None:
    """Write it as CSV, row by row."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(table.heading)
    for row in table.rows:
        line = ",".join(row)
        if line.count(",") == len(row) - 1 and not SPECIAL.search(line):
            target.write(line + "\n")  # nothing to quote: a third of the time of the writer
        else:
            writer.writerow(row)


def write_json(table: Table, target: TextIO) -> None:
    """Write it as one JSON document: `cases` as objects of strings, and `errors` by line."""
    cases = [dict(zip(table.heading, row, strict=True)) for row in table.rows]
    errors = [{"line": line, "error": text} for line, text in table.errors]
    target.write(json.dumps({"cases": cases, "errors": errors}, ensure_ascii=False, indent=1) + "\n")


def _solver(calendar: WorkingCalendar, heading: list[str], now: datetime) -> Callable[[Row], Row]:
    """What answers one row, with the places of the columns looked up once."""
    width, zone = len(heading), calendar.zone
    received, limit = heading.index("from"), heading.index("limit")
    suspend, restart, as_of = (
        heading.index(name) if name in heading else -1 for name in ("suspend", "restart_at", "as_of")
    )

    def solve(row: Row) -> Row:
        if len(row) != width:
            raise Invalid("table.wrong_width", found=len(row), wanted=width)
        received_at = find_moment(row[received], zone)
        if received_at is None:
            raise Invalid("moment.unreadable", text="")
        case = Case(
            received_at,
            find_limit(row[limit]),
            find_suspensions(row[suspend].split(";"), zone) if suspend >= 0 and row[suspend] else (),
            find_moment(row[restart], zone) if restart >= 0 else None,
        )
        at = find_moment(row[as_of], zone) if as_of >= 0 else None
        return _answered(calendar, case, at or now)

    return solve


def _answered(calendar: WorkingCalendar, case: Case, at: datetime) -> Row:
    found = answer_case(calendar, case)
    left = remaining_in_case(calendar, case, found, at)
    legal = _written(found.dates.legal)
    return [
        _written(found.clock_from),
        legal,
        legal,
        legal if found.dates.indicator is found.dates.legal else _written(found.dates.indicator),
        "true" if found.is_provisional else "false",
        "true" if left.late else "false",
        str(left.days),
        str(left.hours),
        str(left.minutes),
        "",
    ]


def _written(moment: datetime) -> str:
    """ISO 8601 of a whole minute here; by tables, since writing dates would take most of the time."""
    return DAYS[moment.toordinal()] + MINUTES[moment.hour * 60 + moment.minute]


class _Days(dict[int, str]):
    def __missing__(self, ordinal: int) -> str:
        self[ordinal] = date.fromordinal(ordinal).isoformat()
        return self[ordinal]


DAYS = _Days()
OFFSET = datetime(2000, 1, 1, tzinfo=LOCAL_ZONE).isoformat()[-6:]
MINUTES = tuple(f"T{minute // 60:02d}:{minute % 60:02d}:00{OFFSET}" for minute in range(24 * 60))


def _read(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise Invalid("file.unreadable", path=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise Invalid("table.not_utf8", reason=str(error)) from error
