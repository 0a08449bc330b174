"""`onestop fees`: which fees can be paid online, what the platform booked, and whether our books say the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
day_type = click.DateTime(["%Y-%m-%d"])


@click.group()
def fees() -> None:
    """Fees: publish which can be paid online, ask the payment platform, reconcile a day with it."""


@fees.command()
@click.argument("procedures", nargs=-1, required=True)
@click.option("--decision", required=True, help="The decision that says so.")
@click.option("--from", "valid_from", type=day_type, help="From which day on; by default today.")
@json_option
def publish(procedures: tuple[str, ...], decision: str, valid_from: datetime | None, as_json: bool) -> None:
    """Let the fees of PROCEDURES (by their codes) be paid online. Done already, nothing changes."""
    with _opened():
        from onestop.accounts.rules import SYSTEM
        from onestop.fees.operations.publishing import publish_payable

        day = valid_from.date() if valid_from else _today()
        added = publish_payable(
            procedures=procedures, decision=decision, valid_from=day, by=SYSTEM, at=datetime.now(UTC)
        )
    answer({"added": added, "valid_from": day}, f"Added: {', '.join(added) or 'none'}.", as_json=as_json)


@fees.command()
@json_option
@click.pass_context
def settle(ctx: click.Context, as_json: bool) -> None:
    """Ask the platform about every open order, and enter what was paid. Exit code 1 if it did not answer."""
    with _opened():
        from onestop.fees.operations.settling import settle_all

        outcomes = settle_all(at=datetime.now(UTC), progress=progress)
    failed = {reference: code for reference, code in outcomes.items() if code}
    text = f"{len(outcomes) - len(failed)} orders asked about, {len(failed)} without an answer."
    answer({"orders": outcomes}, text, as_json=as_json)
    ctx.exit(1 if failed else 0)


@fees.command()
@click.option("--day", type=day_type, help="Which day; by default yesterday.")
@json_option
@click.pass_context
def reconcile(ctx: click.Context, day: datetime | None, as_json: bool) -> None:
    """Hold our payments of a day against the platform's. Every difference is named; exit code 1 if there is one."""
    with _opened():
        from onestop.fees.ports import gateway
        from onestop.fees.queries import list_booked
        from onestop.fees.rules.platform import reconcile as compare

        on: date = day.date() if day else _today() - timedelta(days=1)
        ours, theirs = list_booked(on), gateway().list_day(on)
        found = compare(ours, theirs)
    shown: dict[str, Any] = {
        "day": on,
        "ours": {"payments": len(ours), "vnd": sum(item.amount_vnd for item in ours)},
        "theirs": {"payments": len(theirs), "vnd": sum(item.amount_vnd for item in theirs)},
        "differences": [asdict(item) for item in found],
    }
    answer(shown, _told(shown), as_json=as_json)
    ctx.exit(1 if found else 0)


def _told(shown: dict[str, Any]) -> str:
    head = f"{shown['day']}: {shown['ours']['payments']} payments here, {shown['theirs']['payments']} there"
    words = {
        "not_with_us": "the platform has it, we have not",
        "not_there": "we have it, the platform has not",
        "amount": "another amount",
        "order": "for another order",
    }
    lines = [
        f"  {item['number']}: {words[item['why']]} ({item['ours_vnd']} here, {item['theirs_vnd']} there)"
        for item in shown["differences"]
    ]
    return "\n".join([f"{head}, {len(lines)} differences", *lines])


def _today() -> date:
    return datetime.now(ZONE).date()


@contextmanager
def _opened() -> Iterator[None]:
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        yield
