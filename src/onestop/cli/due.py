"""`onestop due`: when is something due, and how much time is left? Needs no database."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option
from onestop.cli.cases import find_limit, find_moment, find_suspensions, read_or_fail, say_whats_wrong
from onestop.cli.due_table import Table, answer_table, write_json, write_table
from onestop.errors import Invalid
from onestop.worktime.queries import get_packaged_calendar
from onestop.worktime.rules import Case, CaseAnswer, RemainingTime, WorkingCalendar, answer_case, remaining_in_case


@click.command()
@click.option("--from", "received", metavar="MOMENT", help="When the complete dossier was received.")
@click.option("--limit", metavar="LIMIT", help='Such as "5 working days".')
@click.option("--suspend", "suspended", metavar="A..B", multiple=True, help="The clock stood; may be given again.")
@click.option("--restart-at", "restarted", metavar="MOMENT", help="When a supplement made the dossier complete.")
@click.option("--as-of", metavar="MOMENT", help="Time left as of this moment; by default now.")
@click.option("--file", "path", metavar="CSV", help="A table of cases instead; - reads standard input.")
@click.option("--out", metavar="CSV", help="Write the answers here instead of standard output.")
@json_option
def due(
    received: str | None,
    limit: str | None,
    suspended: tuple[str, ...],
    restarted: str | None,
    as_of: str | None,
    path: str | None,
    out: str | None,
    as_json: bool,
) -> int:
    """Tell when something is due by the legal clock, and how much time is left.

    LIMIT is "N working hours", "N working days", "N days", "N months" or "same day". MOMENT is ISO 8601,
    as in 2026-03-02T09:30:00+07:00; without an offset it is local time.

    Received after 15:00 or on a day off, time counts from the next working day. A limit in days or months
    ends at the close of an office day. A suspension adds the working time it lasted. After a supplement
    (--restart-at) the law counts the whole time afresh (due_legal, also shown as due) while the indicators
    subtract the waiting (due_indicator): the waiting is the suspension that ends at --restart-at.

    \b
    Columns of --file, one case a row, with a heading:
      from        moment, needed
      limit       time limit, needed
      suspend     periods A..B, several separated by ;
      restart_at  moment
      as_of       moment; else --as-of, else now
    Other columns are handed through. The answer has, besides,
      clock_from, due, due_legal, due_indicator   moments
      provisional   true: the days off of that year are not announced yet
      late, days, hours, minutes                  time left or overrun, in 8-hour days
      error         what is wrong with this row; the other cells of its answer are empty

    Exit code 0; 1 if it cannot be computed (outside the calendar's years); 2 if the input cannot be used,
    also if only some rows cannot (the others are answered).
    """
    calendar = get_packaged_calendar()
    now = read_or_fail(lambda: find_moment(as_of, calendar.zone)) or datetime.now(calendar.zone)
    if path is not None:
        if received or limit or suspended or restarted:
            raise click.UsageError("--file takes the place of --from, --limit, --suspend and --restart-at.")
        return _answer_file(calendar, path, out, now, as_json=as_json)
    if out is not None or not (received and limit):
        raise click.UsageError("Give --from and --limit, or --file. (--out goes with --file.)")
    case = read_or_fail(lambda: _read_case(calendar, received, limit, suspended, restarted))
    found = read_or_fail(lambda: answer_case(calendar, case))
    shown = _shown(case, found, remaining_in_case(calendar, case, found, now), calendar.local(now))
    answer(shown, _told(shown), as_json=as_json)
    return 0


def _read_case(
    calendar: WorkingCalendar, received: str, limit: str, suspended: tuple[str, ...], restarted: str | None
) -> Case:
    faults: list[Any] = []
    parts = []
    for read in (
        lambda: find_moment(received, calendar.zone),
        lambda: find_limit(limit),
        lambda: find_suspensions(suspended, calendar.zone),
        lambda: find_moment(restarted, calendar.zone),
    ):
        try:
            parts.append(read())
        except Invalid as error:
            faults.extend(error.faults)
    if faults:
        raise Invalid("arguments.unusable", faults=tuple(faults))
    return Case(*parts)  # type: ignore[arg-type]


def _shown(case: Case, found: CaseAnswer, left: RemainingTime, as_of: datetime) -> dict[str, Any]:
    return {
        "from": case.received_at,
        "limit": str(case.limit),
        "clock_from": found.clock_from,
        "due": found.dates.legal,
        "due_legal": found.dates.legal,
        "due_indicator": found.dates.indicator,
        "provisional": found.is_provisional,
        "as_of": as_of,
        "remaining": {"late": left.late, "days": left.days, "hours": left.hours, "minutes": left.minutes},
    }


def _told(shown: dict[str, Any]) -> str:
    left = shown["remaining"]
    lines = [f"{'due':<14} {shown['due'].isoformat()}"]
    if shown["due_legal"] != shown["due_indicator"]:
        lines += [f"{name:<14} {shown[name].isoformat()}" for name in ("due_legal", "due_indicator")]
    lines.append(f"{'clock from':<14} {shown['clock_from'].isoformat()}")
    span = f"{left['days']} days {left['hours']} h {left['minutes']} min of working time"
    lines.append(f"{'overdue by' if left['late'] else 'left':<14} {span}")
    if shown["provisional"]:
        lines.append("The days off of that year are not announced yet: the date may still move.")
    return "\n".join(lines)


def _answer_file(calendar: WorkingCalendar, path: str, out: str | None, now: datetime, *, as_json: bool) -> int:
    table = read_or_fail(lambda: answer_table(calendar, path, now))
    _write(table, out, as_json=as_json)
    say_whats_wrong(table.errors)
    return 2 if table.errors else 0


def _write(table: Table, out: str | None, *, as_json: bool) -> None:
    write = write_json if as_json else write_table
    if out is None:
        write(table, sys.stdout)
        return
    try:
        with Path(out).open("w", encoding="utf-8", newline="") as target:
            write(table, target)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}.") from error
