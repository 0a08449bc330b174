"""`onestop export-figures` and `onestop recount`: what a stranger needs, and the count of a stranger."""

import dataclasses
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.cases import find_moment, read_or_fail
from onestop.cli.indicators import as_of_option, from_option, read_moments
from onestop.config.running import Household, migrate
from onestop.errors import Invalid
from onestop.recount.__main__ import told
from onestop.recount.counting import recount as count_again
from onestop.recount.reading import BadExport, read_export


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@as_of_option
@from_option
@click.option("--known-at", metavar="MOMENT", help="Leave out what was written down later; by default nothing.")
@json_option
def export_figures(folder: Path, as_of: str | None, begin: str | None, known_at: str | None, as_json: bool) -> None:
    """Write entries, definitions, units, procedures and all figures to FOLDER, in the open format of
    docs/recount-format.md. Nobody is named in it.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.cli.dossiers import operator
        from onestop.facts.rules.periods import PROVINCE_ZONE, year_start
        from onestop.indicators.operations.exporting import export_figures as write

        at, since = read_moments(as_of, begin)
        known = read_or_fail(lambda: find_moment(known_at, PROVINCE_ZONE)) or datetime.now(UTC)
        found = write(folder, as_of=at, period_from=since or year_start(at), known_at=known, by=operator())
    lines = [f"{rows:>9} {name}" for name, rows in found.rows.items()]
    answer({"folder": str(folder), "as_of": at.isoformat(), "rows": found.rows}, "\n".join(lines), as_json=as_json)


@click.command()
@click.argument("export", type=click.Path(path_type=Path))
@json_option
def recount(export: Path, as_json: bool) -> None:
    """Count every figure of EXPORT again, by a second program that knows only the documented format.

    Exit code 0 if every figure comes out the same, 1 if not, 2 if EXPORT is not whole.
    """
    try:
        found = count_again(read_export(export))
    except BadExport as error:
        raise Invalid("recount.unreadable", path=str(export), reason=str(error)) from error
    shown = {
        "agrees": found.agrees,
        "figures": found.figures,
        "dossiers": found.dossiers,
        "deviations": [dataclasses.asdict(item) for item in found.deviations],
    }
    answer(shown, "\n".join(told(found)), as_json=as_json)
    if not found.agrees:
        sys.exit(1)
