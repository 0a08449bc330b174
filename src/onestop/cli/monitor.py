"""`onestop monitor`: what a province sends to the centre, and what the centre receives."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.facts import read_facts
from onestop.cli.tables import read_bytes
from onestop.config.running import Household, migrate

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
day_type = click.DateTime(["%Y-%m-%d"])


@click.group()
def monitor() -> None:
    """The national monitor: compose and send this province's figures; receive those of others; see who is missing."""


@monitor.command()
@click.option("--day", type=day_type, help="Which day; by default yesterday.")
@click.option("--member", default="H49", show_default=True, metavar="CODE", help="This province's code.")
@click.option("--key", default="seal:H49", show_default=True, metavar="NAME", help="The key that signs.")
@json_option
def compose(day: datetime | None, member: str, key: str, as_json: bool) -> None:
    """Count the figures to the end of a day, write them in the open form and sign them. Done already, shows it."""
    with _opened():
        from onestop.monitor.operations.composing import compose_aggregate

        row = compose_aggregate(member=member, day=day.date() if day else _yesterday(), key=key, at=datetime.now(UTC))
        found = {"day": row.day, "sequence": row.sequence, "sha256": row.digest, "bytes": len(row.document)}
    answer(found, f"{row.day}: number {row.sequence}, {found['bytes']} bytes, {row.digest}", as_json=as_json)


@monitor.command()
@click.argument("url")
@json_option
def send(url: str, as_json: bool) -> None:
    """Hand in at URL what has been composed and not been counted yet, in order. Sent twice, it is counted once.

    Exit code 0 if everything counts, 1 if the centre refused one or does not answer.
    """
    with _opened():
        from onestop.config.monitor import centre_at
        from onestop.monitor.operations.sending import send_composed

        rows = send_composed(centre=centre_at(url), at=datetime.now(UTC))
        found: list[dict[str, Any]] = [{"day": row.day, "sequence": row.sequence, "answer": row.answer} for row in rows]
    lines = [f"{item['day']}: {'counts' if item['answer'].get('counted') else item['answer']}" for item in found]
    lines += [f"  The centre asks for the facts of {day}." for day in _wanted(found)]
    answer(found, "\n".join(lines) or "Nothing to send.", as_json=as_json)
    if not all(item["answer"].get("counted") for item in found):
        sys.exit(1)


@monitor.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--signature", metavar="FILE", help="Its detached signature (.p7s); by default FILE.p7s.")
@json_option
def receive(file: str, signature: str | None, as_json: bool) -> None:
    """Take a report from FILE, as if it had come over the network. Exit code 1 if it does not count."""
    document, signed = read_bytes(file), read_bytes(signature or f"{file}.p7s")
    with _opened():
        from onestop.monitor.operations.receiving import receive_aggregate

        row = receive_aggregate(document=document, signature=signed, at=datetime.now(UTC))
        found = {"counted": row.is_counted, "member": row.member, "day": row.day, "faults": row.faults}
    lines = [f"{row.member} {row.day}: {'counts' if row.is_counted else 'does not count'}"]
    answer(found, "\n".join([*lines, *(f"  {code} {about}" for code, about in row.faults)]), as_json=as_json)
    if not row.is_counted:
        sys.exit(1)


@monitor.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--member", required=True, metavar="CODE", help="Whose facts they are.")
@click.option("--day", type=day_type, required=True, help="The day whose report is held against them.")
@json_option
def compare(folder: Path, member: str, day: datetime, as_json: bool) -> None:
    """Count a member's export in FOLDER again and name every figure in which the report of the day differs.

    The member writes it with `onestop export-figures FOLDER --as-of 2026-06-30T23:59:59.999999+07:00`. Kept beside the
    report. Exit code 1 if something differs, 2 if the export is not whole or of another span.
    """
    facts = read_facts(folder)
    with _opened():
        from onestop.monitor.operations.facts import compare_facts

        row = compare_facts(member=member, day=day.date(), facts=facts, at=datetime.now(UTC))
        found = {"agrees": not row.differences, "facts": row.digest, "differences": row.differences}
    lines = [
        f"{item['code']} {item['unit'] or 'whole'}: {item['why']}, said {item['said']}, counted {item['counted']}"
        for item in row.differences
    ]
    answer(found, "\n".join(lines) or "Every figure comes out the same.", as_json=as_json)
    if row.differences:
        sys.exit(1)


@monitor.command()
@click.argument("holder")
@click.option("--member", required=True, metavar="CODE", help="Whose reports bear this signature.")
@click.option("--from", "begin", type=day_type, required=True, help="From which day on.")
@json_option
def holder(holder: str, member: str, begin: datetime, as_json: bool) -> None:
    """Say that the reports of a member are signed by HOLDER, as it stands in the certificate.

    The root that certified it belongs to the anchors of the centre: see the file that ONESTOP_TRUST names.
    """
    with _opened():
        from onestop.monitor.operations.receiving import name_holder

        row = name_holder(member=member, holder=holder, valid_from=begin.date(), at=datetime.now(UTC))
        found = {"member": row.member, "holder": row.holder, "valid_from": row.valid_from}
    answer(found, f"{row.member}: {row.holder} from {row.valid_from}", as_json=as_json)


@monitor.command()
@click.option("--day", type=day_type, help="For which day; by default the newest that was reported.")
@json_option
def status(day: datetime | None, as_json: bool) -> None:
    """Who has not sent anything, and what was wrong with the newest reports. Exit code 1 if somebody is missing."""
    with _opened():
        from onestop.monitor.queries.nation import list_days
        from onestop.monitor.queries.submissions import list_missing, list_submissions

        days = [day.date()] if day else list_days()
        missing = list_missing(days[0], datetime.now(UTC)) if days else ()
        rows, _ = list_submissions()
        faulty: list[dict[str, Any]] = [
            {"member": r.member, "day": r.day, "counted": r.is_counted, "faults": r.faults} for r in rows if r.faults
        ]
    shown: dict[str, Any] = {"day": days[0] if days else None, "missing": missing, "faulty": faulty}
    lines = [f"{shown['day']}: missing {', '.join(missing) or 'nobody'}"]
    lines += [f"  {item['member']} {item['day']}: {' '.join(code for code, _ in item['faults'])}" for item in faulty]
    answer(shown, "\n".join(lines), as_json=as_json)
    if missing:
        sys.exit(1)


@monitor.command()
@click.option("--years", type=click.IntRange(1, 10), default=3, show_default=True)
@click.option("--seed", type=int, default=22, show_default=True)
@click.option("--until", type=day_type, help="The last month is the one that has ended by then; by default today.")
@json_option
def simulate(years: int, seed: int, until: datetime | None, as_json: bool) -> None:
    """Make up a nation where there are no reports yet: 63 provinces until June 2025, 34 after, and the ministries.

    Monthly reports, the same for the same seed, marked as simulated; the last month comes signed through the door,
    with faults planted on purpose, which are named.
    """
    with _opened():
        from onestop.monitor.operations.simulating import simulate_nation

        day = until.date() if until else datetime.now(ZONE).date()
        made = simulate_nation(until=day, years=years, seed=seed, at=datetime.now(UTC))
    text = [f"{made.aggregates} reports from {made.days[0]} to {made.days[-1]}, {made.received} of them received."]
    text += [f"  planted: {member} {fault}" for member, fault in made.planted.items()]
    answer(made, "\n".join(text), as_json=as_json)


def _wanted(sent: list[dict[str, Any]]) -> list[str]:
    """The days whose facts the centre asked for with its last answer."""
    last: dict[str, Any] = sent[-1]["answer"] if sent else {}
    return [str(day) for day in last.get("facts_wanted", ())]


def _yesterday() -> date:
    return datetime.now(ZONE).date() - timedelta(days=1)


@contextmanager
def _opened() -> Iterator[Any]:
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        yield house
