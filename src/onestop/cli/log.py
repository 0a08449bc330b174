"""`onestop log`: the public log over the journal, for those who run it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.tables import read_bytes
from onestop.config.running import Household, migrate


@click.group()
def log() -> None:
    """The public log over the journal: signed heads that anybody may keep, so that nothing is changed unseen."""


@log.command()
@json_option
def publish(as_json: bool) -> None:
    """Place and publish all that waits now, as the worker does three times a minute."""
    with _opened():
        from onestop.journal.operations import publish_log

        placed = publish_log(at=datetime.now(UTC))
        _tell({"placed": placed}, [f"{placed} entries newly published."], as_json=as_json)


@log.command()
@json_option
def status(as_json: bool) -> None:
    """Where the log stands: the newest head, what waits, and what attests it."""
    with _opened():
        _tell({}, [], as_json=as_json)


@log.command()
@click.argument("file", type=click.Path(allow_dash=True))
@json_option
def cosign(file: str, as_json: bool) -> None:
    """Add a witness's cosignature (lines of a signed note) from FILE, or - for standard input."""
    lines = read_bytes(file).decode(errors="replace")
    with _opened():
        from onestop.journal.operations import add_cosignatures, publish_log

        at = datetime.now(UTC)
        came = add_cosignatures(lines=lines, at=at)
        publish_log(at=at)
        _tell({"cosignatures": came}, [f"{came} cosignatures kept."], as_json=as_json)


@log.command()
@click.argument("code")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder for the files.")
@json_option
def proof(code: str, into: Path, as_json: bool) -> None:
    """Write the proof of every entry of dossier CODE: CODE-1.tlog-proof, CODE-2.tlog-proof, ..."""
    with _opened():
        from onestop.dossiers.queries.dossiers import get_unscoped
        from onestop.journal.queries import list_entries
        from onestop.journal.queries.proofs import make_proof

        into.mkdir(parents=True, exist_ok=True)
        written = []
        for entry in list_entries(get_unscoped(code).pk):
            place = into / f"{code}-{entry.sequence}.tlog-proof"
            place.write_bytes(make_proof(entry))
            written.append(str(place))
    answer({"proofs": written}, "\n".join(written), as_json=as_json)


@contextmanager
def _opened() -> Iterator[None]:
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        yield


def _tell(first: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    from onestop.journal import ports
    from onestop.journal.queries.log import get_status

    now = get_status()
    newest = now.newest
    found = first | {
        "key": str(ports.log_key().verifier()),
        "size": newest.head.size if newest else None,
        "root": newest.head.root if newest else None,
        "published_at": newest.at if newest else None,
        "waiting": now.waiting,
        "sealed": now.sealed,
        "stamped_at": now.stamped_at,
        "witnesses": list(now.witnesses),
    }
    lines = [*lines, *(f"{name:13} {_plain(value)}" for name, value in found.items() if name not in first)]
    answer(found, "\n".join(lines), as_json=as_json)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str) else json.dumps(value, default=str)
