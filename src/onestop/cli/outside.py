"""`onestop outside`: the stand-ins for the outside world, started, stopped, and how they are."""

from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.config import stand_ins
from onestop.config.places import VAR
from onestop.config.stand_ins import KINDS, StandIn

FOLDER = VAR / "outside"


@click.group()
def outside() -> None:
    """Stand-ins for the outside world, each a process of its own: time stamps, remote signing.

    For trying out and for tests: they attest and certify nobody. They stay until `onestop outside down`.
    """


@outside.command()
@json_option
def up(as_json: bool) -> None:
    """Start those that do not run, and tell how to point the house at them."""
    found = []
    for kind in KINDS:
        progress(f"{kind.name} ...")
        found.append(stand_ins.start(kind, FOLDER))
    house = stand_ins.settings_for(FOLDER, found)
    answer({"stand_ins": [_shown(one) for one in found], "house": house}, _text(found, house), as_json=as_json)


@outside.command()
@json_option
def down(as_json: bool) -> None:
    """Stop those that run. What they keep stays, so that old stamps and signatures can still be checked."""
    stopped = [kind.name for kind in KINDS if stand_ins.stop(kind, FOLDER)]
    answer({"stopped": stopped}, f"Stopped: {', '.join(stopped)}." if stopped else "None was running.", as_json=as_json)


@outside.command()
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Tell which run (exit code 1 if one does not), and where."""
    found = [stand_ins.find(kind, FOLDER) for kind in KINDS]
    answer({"stand_ins": [_shown(one) for one in found]}, _text(found), as_json=as_json)
    ctx.exit(0 if all(one.running for one in found) else 1)


def _shown(one: StandIn) -> dict[str, Any]:
    return {"name": one.name, "running": one.running, "pid": one.pid, "url": one.url, "folder": str(one.folder)}


def _text(found: list[StandIn], house: dict[str, str] | None = None) -> str:
    lines = [
        f"{one.name:15} {f'{one.url} (process {one.pid})' if one.running else 'not running':46} {one.what}"
        for one in found
    ]
    if house:
        variables = " \\\n  ".join(f"{name}={value}" for name, value in house.items())
        lines += ["", "Point the house at them:", f"  {variables} \\\n  onestop serve"]
    return "\n".join(lines)
