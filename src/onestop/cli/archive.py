"""`onestop archive`: results kept for decades."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate
from onestop.trust.rules.certificates import LOCAL_ZONE

EVERY = 25  # results between two lines of progress


@click.group()
def archive() -> None:
    """Results whose signatures outlive certificates and algorithms (PAdES B-LTA), kept beside the originals.

    Every result is done in a transaction of its own: a job that was cut off goes on where it stopped.
    """


@archive.command()
@json_option
def status(*, as_json: bool) -> None:
    """How many results are kept, how many are not yet, how many have to be stamped again.

    Exit code 0 if nothing is overdue, 1 if a kept result is past the moment to which it holds.
    """
    found = _in_house(_read_status)
    lines = [
        f"{found.sealed} results sealed, {found.waiting_for_stamp} of them wait for their first time stamp.",
        f"{found.kept} kept for decades, {found.to_keep} not yet, {found.to_renew} to be stamped again.",
        f"The next has to be stamped again from {found.next_renewal:%Y-%m-%d} on." if found.next_renewal else "",
        f"{found.past_holding} ARE PAST THE MOMENT TO WHICH THEY HOLD." if found.past_holding else "",
    ]
    answer(found, "\n".join(line for line in lines if line), as_json=as_json)
    if found.past_holding:
        sys.exit(1)


@archive.command()
@json_option
def extend(*, as_json: bool) -> None:
    """Make the long-lived form of every sealed result that has none yet."""

    def act() -> dict[str, str]:
        from onestop.results.operations import keep_all

        return keep_all(at=datetime.now(UTC), progress=_tell)

    _report(_in_house(act), "kept", as_json=as_json)


@archive.command()
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), help="All that has to be stamped again before this day.")
@json_option
def restamp(*, before: datetime | None, as_json: bool) -> None:
    """Stamp kept results again before certificates or algorithms give way; without --before, what is due today."""

    def act() -> dict[str, str]:
        from onestop.results.operations import renew_all

        at = datetime.now(UTC)
        return renew_all(before=before.replace(tzinfo=LOCAL_ZONE) if before else at, at=at, progress=_tell)

    _report(_in_house(act), "stamped again", as_json=as_json)


@archive.command()
@json_option
def stamp(*, as_json: bool) -> None:
    """Put the missing time stamp into results signed while the time stamp authority was down."""

    def act() -> dict[str, str]:
        from onestop.signing.operations import stamp_all

        return stamp_all(at=datetime.now(UTC), progress=lambda code: progress(f"{code} ..."))

    _report(_in_house(act), "stamped", as_json=as_json)


def _read_status() -> Any:
    from onestop.results.queries import get_keeping_status

    return get_keeping_status(datetime.now(UTC))


def _in_house(act: Callable[[], Any]) -> Any:
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        return act()


def _report(outcomes: dict[str, str], done: str, *, as_json: bool) -> None:
    """Say what became of each; exit code 1 if one could not be done."""
    failed = {code: error for code, error in outcomes.items() if error}
    lines = [f"{len(outcomes) - len(failed)} results {done}.", *(f"{code}: {error}" for code, error in failed.items())]
    answer({"done": len(outcomes) - len(failed), "failed": failed}, "\n".join(lines), as_json=as_json)
    if failed:
        sys.exit(1)


def _tell(number: int, of: int, code: str) -> None:
    if number % EVERY == 0 or number == of:
        progress(f"{number} of {of}, {code}")
