"""`onestop bench`: named workloads, measured. One JSON document on standard output, progress on standard error."""

from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import dump, progress

json_option = click.option("--json", is_flag=True, expose_value=False, help="The answer is one JSON document anyway.")
seconds_option = click.option("--seconds", type=click.IntRange(1), default=5, show_default=True, help="Of each round.")
rounds_option = click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)


@click.group()
def bench() -> None:
    """Named workloads, measured: each with its ratio to a limit taken in the same run.

    Each runs on a database of its own, which is gone afterwards; nothing of an installation is touched.
    """


@bench.command()
@click.option("--clients", default="1,4,16", show_default=True, help="Numbers of clients, with commas.")
@click.option("--with-result", is_flag=True, help="With the result as PDF and both signatures on it.")
@seconds_option
@rounds_option
@json_option
def life(*, clients: str, with_result: bool, seconds: int, rounds: int) -> None:
    """Whole lives of a dossier over HTTP: filed with an upload of 200 kB, settled in six steps, each signed."""
    from onestop.bench.life.run import run
    from onestop.bench.life.world import open_world

    counts = tuple(int(part) for part in clients.split(","))
    progress("a world of its own ...")
    with open_world(with_paper=with_result) as world:
        found = run(world, clients=counts, seconds=seconds, rounds=rounds, say=progress)
    _tell(found)
    if not found["checked"]["holds"]:
        raise click.exceptions.Exit(1)


@bench.command("list")
@click.option("--dossiers", type=click.IntRange(1000), default=100_000, show_default=True)
@rounds_option
@json_option
def list_(*, dossiers: int, rounds: int) -> None:
    """Work lists with the rights of each officer, and the page of them, over many dossiers."""
    from onestop.bench.lists.run import run

    _tell(run(dossiers=dossiers, rounds=rounds, say=progress))


@bench.command()
@click.option("--entries", type=click.IntRange(1000), default=50_000, show_default=True, help="To be told.")
@click.option("--messages", type=click.IntRange(1000), default=1_000_000, show_default=True, help="In all inboxes.")
@json_option
def notices(*, entries: int, messages: int) -> None:
    """Messages made from the journal; the bell and the inbox among many."""
    from onestop.bench.notices import run

    _tell(run(entries=entries, messages=messages, say=progress))


@bench.command()
@seconds_option
@rounds_option
@json_option
def sign(*, seconds: int, rounds: int) -> None:
    """Papers signed, stamped and kept (PAdES), by keys in files and on a token, beside the bare key and pyHanko.

    A sample of each is judged by pyHanko and pdfsig in the same run; exit code 1 if one does not hold.
    """
    from onestop.bench.sign.run import run

    found = run(seconds, rounds, progress)
    _tell(found)
    if not found["checked"]["holds"]:
        raise click.exceptions.Exit(1)


@bench.command("log")
@click.option("--entries", type=click.IntRange(1000), default=100_000, show_default=True, help="To be published.")
@click.option("--leaves", type=click.IntRange(70_000), default=100_000_000, show_default=True, help="Of the huge log.")
@click.option("--lives/--no-lives", "with_lives", default=True, help="Also lives with the log and without it.")
@seconds_option
@rounds_option
@json_option
def log_(*, entries: int, leaves: int, with_lives: bool, seconds: int, rounds: int) -> None:
    """The public log: publishing, proofs in a huge tree, and what a dossier pays for it, beside bare SHA-256."""
    from onestop.bench.log.run import run

    found = run(entries=entries, leaves=leaves, with_lives=with_lives, seconds=seconds, rounds=rounds, say=progress)
    _tell(found)
    if not (found["publishing"]["holds"] and found["proofs"]["holds"]):
        raise click.exceptions.Exit(1)


@bench.command()
@rounds_option
@json_option
def search(*, rounds: int) -> None:
    """Finding a procedure by words, rightly typed and mistyped, beside a bare scan of all names."""
    from onestop.bench.grounds import open_grounds

    progress("the whole catalogue ...")
    with open_grounds():
        from onestop.bench.search import load, run

        found = load() | run(rounds * 10)
    _tell(found)


@bench.command()
@click.option("--cases", type=click.IntRange(1), default=100_000, show_default=True)
@json_option
def due(*, cases: int) -> None:
    """The legal clock over a table, from start to end of the command, beside a loop that computes nothing."""
    from onestop.bench.due import run

    _tell(run(cases))


@bench.command()
@click.option("--sizes", default="1M,10M,100M", show_default=True, help="Dossiers counted from scratch, with commas.")
@click.option(
    "--journals", default="2k,20k,100k", show_default=True, help="Dossiers of journals beside which the cube lives."
)
@json_option
def board(*, sizes: str, journals: str) -> None:
    """Every figure of every unit and month, from scratch and from the kept cube.

    100M needs about 6 GB of disk in the folder for temporary files, which are gone afterwards.
    """
    from onestop.bench.board.run import run

    _tell(run(sizes=_read_sizes(sizes), journals=_read_sizes(journals), say=progress))


@bench.command()
@click.option("--sizes", default="1M,10M", show_default=True, help="Dossiers, with commas.")
@click.option(
    "--questions", type=click.IntRange(1, 37), default=3, show_default=True, help="Periods asked; 37 are all months."
)
@click.option("--ask", default="", metavar="NAMES", help="Only these engines, with commas; by default all of them.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Where histories are kept for the next run."
)
@json_option
def engines(*, sizes: str, questions: int, ask: str, keep: Path | None) -> None:
    """The embedded engine and a cluster of a master and two workers on the same facts, beside a bare scan of them.

    Exit code 1 if they do not give the same numbers. 100M needs about 5 GB of disk and, on two cores, hours.
    """
    from onestop.bench.board.distributed import ENGINES, run

    asked = [name for name in ask.split(",") if name] or list(ENGINES)
    if unknown := set(asked) - set(ENGINES):
        raise click.BadParameter(f"{', '.join(unknown)}: there are {', '.join(ENGINES)}", param_hint="--ask")
    found = run(sizes=_read_sizes(sizes), questions=questions, engines=asked, keep=keep, say=progress)
    _tell(found)
    if not all(size["equal"] for size in found["sizes"]):
        raise click.exceptions.Exit(1)


@bench.command()
@click.option("--journals", default="20k,100k", show_default=True, help="Dossiers of the journals, with commas.")
@click.option("--rounds", type=click.IntRange(1), default=20, show_default=True)
@json_option
def plan(*, journals: str, rounds: int) -> None:
    """Progress of a whole plan from the kept cube, beside a bare read of the cube.

    Exit code 1 if a figure of the plan is not that of the journal.
    """
    from onestop.bench.plan import run

    found = run(sizes=_read_sizes(journals), rounds=rounds, say=progress)
    _tell(found)
    if not all(item["equal_to_the_journal"] for item in found["journal"]):
        raise click.exceptions.Exit(1)


@bench.command("alarms")
@click.option("--dossiers", type=click.IntRange(1000), default=1_000_000, show_default=True, help="Of a year.")
@click.option("--seeds", type=click.IntRange(1), default=5, show_default=True, help="How many histories.")
@json_option
def alarms_(*, dossiers: int, seeds: int) -> None:
    """Histories in which units cheat: how many of them the signs of gaming find, and at whom else they point."""
    from onestop.bench.alarms import run

    _tell(run(dossiers=dossiers, seeds=range(1, seeds + 1), say=progress))


def _read_sizes(text: str) -> tuple[int, ...]:
    """Return whole numbers from `1M,500k,20`."""
    units = {"k": 1000, "M": 1_000_000}
    try:
        return tuple(int(part.rstrip("kM")) * units.get(part[-1], 1) for part in text.split(",") if part)
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: sizes like 20, 500k or 1M, with commas") from error


def _tell(found: dict[str, Any]) -> None:
    from onestop.bench.machine import describe_machine

    click.echo(dump({**found, "machine": describe_machine()}))
