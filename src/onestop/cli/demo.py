"""`onestop demo`: the real province with simulated people, ready to click through."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import dump, progress, use_django
from onestop.cli.serving import announce, host_option, port_option
from onestop.config.running import Household, check_port, make_secret_key, migrate


@click.command()
@click.option("--no-serve", is_flag=True, help="Run the main job, print the account, and exit.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the account to this file.")
@click.option("--small", is_flag=True, help="Only the finished dossiers, none that wait.")
@host_option
@port_option
def demo(*, no_serve: bool, file: Path | None, small: bool, host: str, port: int) -> None:
    """Load the real province, let simulated people file real procedures, print the account, serve the faces.

    A second run reuses the data. Ctrl-C ends every process it started.
    """
    if not no_serve:
        check_port(host, port)
    make_secret_key()
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        account = _run(small=small)
        if file is not None:
            file.write_text(dump(account) + "\n", encoding="utf-8")
        _publish_log()
        click.echo(_told(account))
        if no_serve:
            return
        house.open_payments()
        house.open_faces(host, port)
        house.start_worker()
        progress(_log_ins())
        announce(host, port)
        house.wait()


def _run(*, small: bool) -> dict[str, Any]:
    from onestop.demo.run import ZONE, Progress, run

    def say(step: Progress) -> None:
        filled = 24 * step.step // step.steps
        progress(f"[{'█' * filled}{'░' * (24 - filled)}] {step.what}")

    return run(at=datetime.now(ZONE), say=say, small=small)


def _publish_log() -> None:
    """The public log is there as soon as the dossiers are; the worker goes on with it."""
    from onestop.cli.wording import word
    from onestop.errors import Refused
    from onestop.journal.operations import publish_log

    try:
        progress(f"public log: {publish_log(at=datetime.now(UTC))} entries newly published")
    except Refused as error:  # e.g. the log of a database that was thrown away
        progress(f"public log: {word(error)}")


def _told(account: dict[str, Any]) -> str:
    from onestop.demo.telling import told

    return told(account)


def _log_ins() -> str:
    from onestop.demo.telling import log_ins

    return log_ins()
