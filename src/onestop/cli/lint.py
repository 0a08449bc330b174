"""`onestop lint`: reviews of the catalogue."""

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate

WORDS = {
    "replaceable": "the source says that data replace it",
    "held": "a database of the state holds it",
    "issued_here": "the result of another procedure",
    "abolished": "this paper exists no longer",
    "asked_twice": "answered by the same database as another paper",
    "typed_again": "typed although a database answers it",
}


@click.group()
def lint() -> None:
    """Reviews of the catalogue: what could be asked less."""


@lint.command("once-only")
@click.option("--procedure", metavar="CODE", default="", help="Only this procedure.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The catalogue and the law of this day; by default today."
)
@json_option
def once_only(procedure: str, on: datetime | None, as_json: bool) -> None:
    """Find what procedures ask for although the state holds it already.

    Papers that a database answers, that another procedure issues, that were abolished or are asked for twice; fields
    of e-forms that could be filled in before. Each with the article that forbids it: Decree 47/2020/NĐ-CP Art 5, 9,
    Decree 224/2026/NĐ-CP Art 15, 18, Decree 309/2026/NĐ-CP Art 4(2a).

    Exit code 0 if nothing is asked twice, 1 if something is.
    """
    day = on.date() if on else datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.catalogue.queries import get_version_in_force
        from onestop.simplification.queries.once_only import review_catalogue

        if procedure:
            get_version_in_force(procedure, day)
        found = review_catalogue(on=day, procedure_code=procedure)
    report = {
        "on": day,
        "at": datetime.now(UTC),
        "findings": found,
        "kinds": Counter(finding.kind.value for finding in found),
        "procedures": len({finding.procedure for finding in found}),
    }
    answer(report, told(report), as_json=as_json)
    if found:
        sys.exit(1)


def told(report: dict[str, Any]) -> str:
    """The report for a person: by procedure, then how many of each kind."""
    lines, procedure = [], ""
    for finding in report["findings"]:
        if finding.procedure != procedure:
            procedure = finding.procedure
            lines.append(procedure)
        beside = f", see {finding.other}" if finding.other else ""
        law = f" ({finding.law})" if finding.law else ""
        lines.append(f"  {finding.name}")
        lines.append(f"      {finding.subject}: {WORDS[finding.kind]} [{', '.join(finding.databases)}]{beside}{law}")
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(report["kinds"].items()))
    lines.append(
        f"{len(report['findings'])} findings in {report['procedures']} procedures" + (f": {counted}" * bool(counted))
    )
    return "\n".join(lines)
