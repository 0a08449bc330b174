"""`onestop watch`: does a public log stay what it was? For anybody: needs no database, no account, only the address."""

import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.cli.watching import LogVisitor, Watch, load_private, read_roots, word_alarm
from onestop.cli.wording import word
from onestop.errors import Unavailable
from onestop.journal.rules.watching import Look


@click.command()
@click.argument("url")
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), help="Where the heads seen are kept.")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--interval", default=60, show_default=True, type=click.IntRange(1), help="Seconds between two looks.")
@click.option("--late", default=15, show_default=True, type=click.IntRange(1), help="Minutes without a new stamp.")
@click.option("--key", "key_text", metavar="KEY", help="The log's public key; else the one it shows at the first look.")
@click.option("--anchor", "anchors", multiple=True, type=click.Path(exists=True, path_type=Path),
              help="Trust the time-stamp authority in this file (PEM) or folder.")  # fmt: skip
@click.option("--again", default=16, show_default=True, type=click.IntRange(0), help="Older tiles to read once more.")
@click.option("--cosign", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Be a witness: cosign with this private key (Ed25519, PEM).")  # fmt: skip
@click.option("--name", default="", help="The witness's name, for example witness.example/quang-ninh.")
@json_option
def watch(
    *, url: str, state: Path | None, once: bool, interval: int, late: int, key_text: str | None,
    anchors: tuple[Path, ...], again: int, cosign: Path | None, name: str, as_json: bool,
) -> None:  # fmt: skip
    """Watch the public log at URL: keep every head it shows, and shout if one does not go on from those before.

    Checked each time: the signature, that the tree only grew, that tiles and entries hash up to the root, the time
    stamp, and that the log has not fallen silent. Exit code 1 at the first thing that must not be; both heads are kept
    as evidence.
    """
    place = state or Path(click.get_app_dir("onestop")) / "watch" / url.partition("://")[2].strip("/").replace("/", "_")
    if cosign and not name:
        raise click.UsageError("--cosign needs --name.")
    private = load_private(cosign, name) if cosign else None
    watching = Watch(place, LogVisitor(url), read_roots(anchors), key_text)
    answered = datetime.now(UTC)
    while True:
        at = datetime.now(UTC)
        try:
            found, alarms = watching.look(at=at, patience=timedelta(minutes=late), again=_some(watching.tiles, again))
        except Unavailable as error:
            if once or at - answered > timedelta(minutes=late):
                raise
            progress(f"{word(error)} Trying again.")
            time.sleep(interval)
            continue
        answered = at
        if private and not alarms and found.signed:
            status = watching.cosign(found.signed, private, name, at)
            progress("Cosigned." if status == 200 else f"Cosigned; the log did not take it (status {status}).")
        told = _told(watching, found, at) | {"alarms": [{"code": a.code, **a.params} for a in alarms]}
        lines = [_line(watching, found)] if found.signed else []
        answer(told, "\n".join([*lines, *(f"ALARM: {word_alarm(alarm)}" for alarm in alarms)]), as_json=as_json)
        if alarms:
            progress(f"What was seen is kept in {place}.")
            sys.exit(1)
        if once:
            return
        time.sleep(interval)


def _some(count: int, wanted: int) -> tuple[int, ...]:
    """Choose tiles that nobody can foresee; all of them if there are few."""
    if count <= wanted:
        return tuple(range(count))
    return tuple({secrets.randbelow(count) for _ in range(wanted)})


def _told(watching: Watch, found: Look, at: datetime) -> dict[str, Any]:
    head = found.signed.head if found.signed else None
    return {
        "holds": not found.alarms,
        "at": at,
        "origin": head.origin if head else None,
        "size": head.size if head else None,
        "root": head.root if head else None,
        "stamped_at": found.stamped_at,
        "heads_kept": len(watching.heads),
        "tiles_checked": found.tiles,
    }


def _line(watching: Watch, found: Look) -> str:
    assert found.signed
    stamped = f"stamped {found.stamped_at:%Y-%m-%d %H:%M:%S} UTC" if found.stamped_at else "not stamped yet"
    size = found.signed.head.size
    return (
        f"{found.signed.head.origin}: {size} entries, {stamped}; {found.tiles} tiles, {len(watching.heads)} heads kept"
    )
