"""The command `onestop`: the table of commands, and what happens when one fails."""

import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from onestop.cli.answers import fail
from onestop.errors import OneStopError

INTERRUPTED = 130


class Entry(NamedTuple):
    """Where a command lives and what it does, known without loading it."""

    place: str
    short_help: str


COMMANDS = {
    "demo": Entry("onestop.cli.demo:demo", "The real province with simulated people, ready to click through."),
    "up": Entry("onestop.cli.serving:up", "Everything: database, tables, faces, background work."),
    "serve": Entry("onestop.cli.serving:serve", "The faces, in a browser."),
    "worker": Entry("onestop.cli.serving:worker", "The background work."),
    "db": Entry("onestop.cli.db:db", "The embedded database: start, stop, status, shell, backup, restore."),
    "load": Entry("onestop.cli.load:load", "Bring reference data in from a folder."),
    "catalogue": Entry("onestop.cli.catalogue:catalogue", "Procedures: import, search."),
    "lint": Entry("onestop.cli.lint:lint", "Reviews of the catalogue: what is asked although the state holds it."),
    "due": Entry("onestop.cli.due:due", "The legal clock: when is something due?"),
    "dossiers": Entry("onestop.cli.dossiers:dossiers", "List dossiers, also those behind a figure."),
    "dossier": Entry("onestop.cli.dossiers:dossier", "One dossier whole, with its journal."),
    "fees": Entry("onestop.cli.fees:fees", "Fees: publish, settle, reconcile with the payment platform."),
    "audit": Entry("onestop.cli.audit:audit", "Does the journal hold?"),
    "keys": Entry("onestop.cli.keys:keys", "Certificates of signing keys: list, issue, renew, revoke."),
    "sign": Entry("onestop.cli.sign:sign", "Signatures beside files, and entries of the journal with theirs."),
    "outside": Entry("onestop.cli.outside:outside", "Stand-ins for the outside world: up, down, status."),
    "verify": Entry("onestop.cli.verify:verify", "Does a signed file hold?"),
    "log": Entry("onestop.cli.log:log", "The public log over the journal: publish, status, proof, cosign."),
    "watch": Entry("onestop.cli.watch:watch", "Does a public log stay what it was?"),
    "case-file": Entry(
        "onestop.cli.case_file:case_file", "Everything of one dossier in one archive that proves itself."
    ),
    "offline-verifier": Entry(
        "onestop.cli.offline:offline_verifier", "One file that checks results without the internet."
    ),
    "indicators": Entry("onestop.cli.indicators:indicators", "Figures, as of any moment."),
    "export-figures": Entry("onestop.cli.recount:export_figures", "All that a stranger needs to count again."),
    "recount": Entry("onestop.cli.recount:recount", "Count an export again, sharing no code with the engine."),
    "snapshot": Entry("onestop.cli.snapshots:snapshot", "Figures signed for: prepare, list, check."),
    "quality": Entry("onestop.cli.quality:quality", "Doubts about the data, counters that must agree."),
    "alerts": Entry("onestop.cli.alerts:alerts", "What is going wrong, since when, and who was told."),
    "notices": Entry("onestop.cli.alerts:notices", "Messages to people, and the letters that wait to be sent."),
    "alarms": Entry("onestop.cli.quality:alarms", "Signs of gaming beside what is usual."),
    "scorecard": Entry("onestop.cli.scorecard:scorecard", "Points from counts."),
    "targets": Entry("onestop.cli.targets:targets", "Targets of the action plan: import."),
    "plan": Entry("onestop.cli.plan:plan", "The action plan: show, cascade, sign, progress, review, reminders."),
    "count": Entry("onestop.cli.count:count", "Figures from columnar facts, here or on a cluster."),
    "generate": Entry("onestop.cli.generate:generate", "A long made-up history, as columnar facts."),
    "archive": Entry("onestop.cli.archive:archive", "Results kept for decades: status, extend, restamp, stamp."),
    "monitor": Entry("onestop.cli.monitor:monitor", "The national monitor: compose, send, receive, status, simulate."),
    "bench": Entry("onestop.cli.bench:bench", "Named workloads, measured."),
}


class Lazy(click.Group):
    """A group that loads a command only when it is called: `--help` and small commands stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, none of them loaded."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.short_help) for name, entry in COMMANDS.items()])


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onestop")
def onestop() -> None:
    """One-stop administrative procedures: filed, handled, signed, returned, and accounted for.

    Every command has --help; those that answer have --json. Exit code: 0 done or holds, 1 refused
    or does not hold, 2 input that cannot be used.
    """


def main() -> None:
    """Entry point of the `onestop` program."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str], command: click.Command = onestop) -> int:
    """Run one command line. The exit code; whatever went wrong has been said."""
    as_json = "--json" in arguments
    try:
        code = command.main(arguments, prog_name="onestop", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except OneStopError as error:
        return fail(error, as_json=as_json)
    except click.ClickException as error:
        return _unusable(error, as_json=as_json)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # the reader, say `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the last one to catch it
        return _unexpected(error, as_json=as_json)


def _unusable(error: click.ClickException, *, as_json: bool) -> int:
    if as_json:
        fail(OneStopError("arguments.unusable", reason=error.format_message()), as_json=True)
    else:
        error.show()
    return 2


def _unexpected(error: Exception, *, as_json: bool) -> int:
    """A fault of ours: short for the reader, whole in the log."""
    if os.environ.get("ONESTOP_DEBUG") == "1":
        traceback.print_exc()
    kept = keep_trace(traceback.format_exc)
    return fail(OneStopError("unexpected", error=f"{type(error).__name__}: {error}", log=str(kept)), as_json=as_json)


def keep_trace(trace: Callable[[], str]) -> Path | None:
    """Append the trace to a private log; None if even that cannot be written."""
    from onestop.config.places import LOG

    try:
        LOG.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(LOG / "errors.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a") as log:
            log.write(trace() + "\n")
    except OSError:
        return None
    return LOG / "errors.log"
