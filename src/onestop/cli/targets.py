"""`onestop targets`: a table of targets into the draft of a year's plan."""

from datetime import UTC, datetime

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.tables import read_bytes
from onestop.config.running import Household, migrate


@click.group()
def targets() -> None:
    """Targets of the action plan: import."""


@targets.command("import")
@click.argument("path", metavar="FILE")
@click.option("--year", type=click.IntRange(2020, 2100), help="The plan's year; by default this one.")
@json_option
def import_(path: str, year: int | None, as_json: bool) -> None:
    """Load targets from FILE (XLSX or CSV; - is standard input) into the draft of a year, opened if there is none.

    \b
    The first row names the columns, in Vietnamese or English, in any order:
      đơn vị (unit)  chỉ số (indicator)  chỉ tiêu (target)  văn bản (document)   needed
      năm (year)  trọng số (weight)  trang (page)  chịu trách nhiệm (post)       if you wish

    Targets are per cent from 0 to 100, with a comma or a point. Rows of other years, and those marked "chưa thu
    thập được" (not obtained), are left out. If any cell cannot be used, every one is named with its place and
    nothing is loaded.

    Exit code 0; 1 if there is nothing to draft in; 2 if a cell, or the file, cannot be used.
    """
    data = read_bytes(path)
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.accounts.rules import SYSTEM
        from onestop.facts.rules.periods import PROVINCE_ZONE
        from onestop.plans.operations.importing import import_targets

        at = datetime.now(UTC)
        report = import_targets(data=data, year=year or at.astimezone(PROVINCE_ZONE).year, by=SYSTEM, at=at)
    text = (
        f"{report.year}: {report.created} created, {report.updated} updated, {report.unchanged} unchanged; left out "
        f"{report.of_other_years} of other years, {report.not_obtained} not obtained"
    )
    answer(report, text, as_json=as_json)
