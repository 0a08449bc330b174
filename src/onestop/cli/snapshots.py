"""`onestop snapshot`: figures that are signed for: prepared by one, signed by the head of the unit."""

import sys
from datetime import UTC, datetime
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.cases import find_moment, read_or_fail
from onestop.config.running import Household, migrate


@click.group()
def snapshot() -> None:
    """Figures of a unit for one period, kept whole, signed by its head, entered in the journal."""


@snapshot.command()
@click.option("--unit", required=True, metavar="CODE")
@click.option("--from", "begin", required=True, metavar="MOMENT", help="The period begins here.")
@click.option("--until", required=True, metavar="MOMENT", help="The period ends here.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is done again, if it was signed for already.")
@json_option
def prepare(unit: str, begin: str, until: str, reason: str, as_json: bool) -> None:
    """Count the figures of a unit for a period and keep them for its head to sign."""
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.cli.dossiers import operator
        from onestop.facts.rules.periods import PROVINCE_ZONE
        from onestop.indicators.operations.snapshots import prepare_snapshot

        since = read_or_fail(lambda: find_moment(begin, PROVINCE_ZONE))
        end = read_or_fail(lambda: find_moment(until, PROVINCE_ZONE))
        assert since is not None
        assert end is not None
        row = prepare_snapshot(
            unit=unit, period_from=since, as_of=end, by=operator(), at=datetime.now(UTC), reason=reason
        )
        shown = _shown(row)
    answer(shown, _line(shown), as_json=as_json)


@snapshot.command()
@click.argument("number", type=int)
@click.option("--by", "username", metavar="USER", required=True, help="The head of the unit: a log-in.")
@click.password_option(confirmation_prompt=False, help="Asked for if not given.")
@json_option
def sign(number: int, username: str, password: str, as_json: bool) -> None:
    """Sign a prepared snapshot with the head's own key; what does not come out the same is not signed.

    Exit code 1 with every reason if it cannot be signed.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.cli.persons import log_in
        from onestop.indicators.operations.snapshots import sign_snapshot

        at = datetime.now(UTC)
        shown = _shown(sign_snapshot(snapshot_id=number, by=log_in(username, password, at), at=at))
    answer(shown, _line(shown), as_json=as_json)


@snapshot.command(name="list")
@click.option("--unit", default="", metavar="CODE", help="Only of this unit.")
@click.option("--waiting", is_flag=True, help="Only those that wait for a signature.")
@json_option
def list_(unit: str, waiting: bool, as_json: bool) -> None:
    """List snapshots, the newest first."""
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.indicators.queries.snapshots import list_snapshots

        found = [_shown(row) for row in list_snapshots(unit=unit) if not waiting or row.entry is None]
    answer({"snapshots": found}, "\n".join(_line(item) for item in found) or "There is none.", as_json=as_json)


@snapshot.command()
@click.argument("number", type=int)
@json_option
def check(number: int, as_json: bool) -> None:
    """Does a snapshot hold? Counted again as known then, held against the journal; and what has moved since.

    Exit code 0 if it holds, 1 if not. Figures that moved because something was written down later are no fault.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.indicators.queries.snapshots import check_snapshot, get_snapshot

        found = check_snapshot(get_snapshot(number))
    moved = [
        f"{item.unit} {item.code}: {item.signed[0]}/{item.signed[1]} signed, {item.known[0]}/{item.known[1]} now"
        for item in found.moved
    ]
    lines = [*found.faults, *moved, "It holds." if found.holds else "It does NOT hold."]
    answer({"holds": found.holds, "faults": found.faults, "moved": found.moved}, "\n".join(lines), as_json=as_json)
    if not found.holds:
        sys.exit(1)


def _shown(row: Any) -> dict[str, Any]:
    names = ("id", "unit", "number", "period_from", "as_of", "reason", "content_hash", "dossiers_count", "quality")
    shown: dict[str, Any] = {name: getattr(row, name) for name in names}
    return {**shown, "signed_by": row.signed_by, "signed_at": row.signed_at, "entry": row.entry}


def _line(shown: dict[str, Any]) -> str:
    state = f"signed by {shown['signed_by']}" if shown["entry"] else "not signed yet"
    return f"{shown['id']:>5} {shown['unit']:12} until {shown['as_of']:%Y-%m-%d %H:%M} #{shown['number']} {state}"
