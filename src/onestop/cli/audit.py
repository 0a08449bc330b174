"""`onestop audit`: does the journal hold?"""

import json
import sys

import click


@click.command()
@click.option("--from", "from_id", type=click.IntRange(min=1), default=1, metavar="SEQ", help="Check from this entry on.")
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON document.")
def audit(from_id: int, as_json: bool) -> None:
    """Check chain and signature of every journal entry, and name the first one that does not hold.

    Exit 0 if everything holds, 1 if something was altered, deleted, inserted or truncated.
    """
    from onestop.dossiers.queries.dossiers import find_code, journal_heads
    from onestop.journal.queries import audit as check

    found = check(from_id=from_id, heads=journal_heads(), progress=lambda count: click.echo(f"{count} …", err=True))
    breaks = [
        {"dossier": find_code(item.stream), "sequence": item.sequence, "entry": item.entry_id, "code": item.code}
        for item in found.breaks
    ]
    if as_json:
        answer = {"holds": found.holds, "entries": found.entries, "dossiers": found.streams, "breaks": breaks}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"{found.entries} entries of {found.streams} dossiers checked.")
        for item in breaks:
            click.echo(f"{item['dossier']}: entry {item['sequence']} {item['code']}")
        click.echo("Everything holds." if found.holds else "The journal does NOT hold.")
    sys.exit(0 if found.holds else 1)
