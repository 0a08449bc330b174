"""`onestop db`: the embedded database."""

import os
import subprocess
from pathlib import Path

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.config.localdb import LocalServer, Status
from onestop.config.localdb.cluster import DATABASE, OWNER
from onestop.config.places import database_is_ours, local_server
from onestop.errors import Invalid, Refused, Unavailable


@click.group()
def db() -> None:
    """The embedded database of this folder. Refused when DATABASE_URL names another server."""
    if not database_is_ours():
        raise Refused("localdb.foreign")


@db.command()
@json_option
def start(as_json: bool) -> None:
    """Start it in the background; it stays until `onestop db stop`."""
    _tell(local_server().start(background=True), as_json=as_json)


@db.command()
@json_option
def stop(as_json: bool) -> None:
    """Stop it. Nothing committed is lost."""
    stopped = local_server().stop()
    answer({"stopped": stopped}, "Stopped." if stopped else "It was not running.", as_json=as_json)


@db.command()
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Tell whether it runs (exit code 1 if not), where, and how to connect."""
    found = local_server().status()
    _tell(found, as_json=as_json)
    ctx.exit(0 if found.running else 1)


@db.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def shell(arguments: tuple[str, ...]) -> None:
    """Open psql; ARGUMENTS go to it, e.g. -c 'SELECT 1'."""
    server = local_server()
    command = [server.program("psql"), _running(server).url, *arguments]
    os.execv(command[0], command)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write everything into FILE, consistent as of now, while work goes on.

    Kept files (the folder `documents` under var) and keys are not in it: copy them after the database.
    """
    server = local_server()
    if file.exists():
        raise Invalid("file.exists", path=str(file))
    with server:
        draft = file.with_name(f"{file.name}.partial")
        _run([server.program("pg_dump"), "-Fc", "-f", str(draft), "-d", _running(server).url])
        draft.chmod(0o600)
        draft.rename(file)
    answer({"file": str(file), "bytes": file.stat().st_size}, f"Backed up into {file}.", as_json=as_json)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(file: Path, yes: bool, as_json: bool) -> None:
    """Replace everything in the database by what FILE holds: all of it, or, on any error, nothing."""
    if not file.is_file():
        raise Invalid("file.unreadable", path=str(file), reason="no such file")
    if not yes:
        click.confirm("This replaces everything in the database. Go on?", abort=True, err=True)
    server = local_server()
    with server:
        found = _running(server)
        _psql(server, found, f"DROP DATABASE IF EXISTS {NEW}", f"CREATE DATABASE {NEW} OWNER {OWNER}")
        _run([server.program("pg_restore"), "--exit-on-error", "-d", found.superuser_url(NEW), str(file)])
        _psql(server, found, *SWAP)
    answer({"file": str(file)}, f"Restored from {file}.", as_json=as_json)


NEW, OLD = f"{DATABASE}_new", f"{DATABASE}_old"
SWAP = (
    f"DROP DATABASE IF EXISTS {OLD} WITH (FORCE)",
    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'",
    f"ALTER DATABASE {DATABASE} RENAME TO {OLD}",
    f"ALTER DATABASE {NEW} RENAME TO {DATABASE}",
    f"DROP DATABASE {OLD} WITH (FORCE)",
)


def _psql(server: LocalServer, found: Status, *statements: str) -> None:
    """Run each statement by itself: databases cannot be made or renamed inside a transaction."""
    command = [server.program("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-d", found.superuser_url("postgres")]
    _run([*command, *(part for statement in statements for part in ("-c", statement))])


def _running(server: LocalServer) -> Status:
    found = server.status()
    if not found.running:
        raise Refused("localdb.not_running", folder=found.folder)
    return found


def _tell(found: Status, *, as_json: bool) -> None:
    shown = {"running": found.running, "pid": found.pid, "folder": found.folder, "socket": found.socket}
    shown |= {"postgresql": found.major, "url": found.url}
    text = f"Running (process {found.pid}).\n{found.url}" if found.running else "Not running."
    answer(shown, text, as_json=as_json)


def _run(command: list[str]) -> None:
    progress(f"{Path(command[0]).name} ...")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable("localdb.program_failed", program=Path(command[0]).name, said=done.stderr.strip()[-2000:])
