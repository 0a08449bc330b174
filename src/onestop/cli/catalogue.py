"""`onestop catalogue`: procedures in, procedures found."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.tables import read_bytes
from onestop.config.running import Household, migrate

SHOWN = 50


@click.group()
def catalogue() -> None:
    """Procedures: import, search."""


@catalogue.command("import")
@click.argument("path", metavar="FILE")
@click.option("--effective-from", type=click.DateTime(["%Y-%m-%d"]), help="From when changes hold; by default today.")
@json_option
def import_(path: str, effective_from: datetime | None, as_json: bool) -> None:
    """Bring procedures in from FILE, or from standard input if FILE is -.

    FILE has one of two shapes, plain or gzipped: a CSV with one procedure a line (columns code, name,
    field, level, applicants, type, state, and more), or a JSON list of curated procedures with required
    documents, time limits, fees and results.

    Every row that cannot be used is named, with its line (CSV) or place (JSON) and every reason; the other
    rows are loaded, all in one transaction. A file that is broken as a whole loads nothing. The same file
    a second time changes nothing. A changed procedure gets a new version, the old one is kept.

    Exit code 0; 1 if rows could not be used; 2 if the file cannot be used at all.
    """
    data = read_bytes(path)
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.accounts.rules import SYSTEM
        from onestop.catalogue.operations import import_catalogue

        day = effective_from.date() if effective_from else None
        report = import_catalogue(data=data, effective_from=day, by=SYSTEM, at=datetime.now(UTC)).as_payload()
    answer(report, told(report), as_json=as_json)
    if report["unusable"]:
        sys.exit(1)


@catalogue.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--language", type=click.Choice(["vi", "en", "ur"]), default="vi", show_default=True)
@json_option
def search(words: tuple[str, ...], limit: int, language: str, as_json: bool) -> None:
    """Find procedures by WORDS: without marks, in Vietnamese, English or Urdu, or by code.

    Exit code 0 if something was found, else 1.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.catalogue.queries import search_procedures

        hits = search_procedures(" ".join(words), limit=limit, language=language)
    lines = [f"{hit.code}  {hit.name}  [{hit.sector_name}]" for hit in hits]
    answer({"words": " ".join(words), "hits": hits}, "\n".join(lines) or "Nothing found.", as_json=as_json)
    if not hits:
        sys.exit(1)


def told(report: dict[str, Any]) -> str:
    """Tell an import report to a person: counts, then row by row what could not be used, then doubts in short."""
    counts = "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged".format(**report)
    bad = report["unusable"]
    lines = [f"{counts}, {len({item['row'] for item in bad})} unusable"]
    lines += [f"  row {item['row']}  {item['code'] or '(no code)'}  {item['reason']}" for item in bad[:SHOWN]]
    if len(bad) > SHOWN:
        lines.append(f"  ... and {len(bad) - SHOWN} more: --json names all")
    doubts = Counter(item["doubt"] for item in report["doubtful"])
    lines += [f"  loaded with doubt: {count} x {doubt}" for doubt, count in doubts.most_common()]
    return "\n".join(lines)


def is_catalogue(path: Path) -> bool:
    """True if the name of the file says procedures or forms."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".csv"):
        return name.startswith("procedures")
    return name.endswith(".json") and name.startswith(("procedures", "forms"))
