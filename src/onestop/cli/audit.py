"""`onestop audit`: does the journal hold?"""

import sys
from collections.abc import Callable

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate

EVERY = 10_000  # entries between two lines of progress


@click.command()
@click.option(
    "--from", "from_id", type=click.IntRange(min=1), default=1, metavar="SEQ", help="Check from this entry on."
)
@json_option
def audit(from_id: int, as_json: bool) -> None:
    """Check chain and signature of every journal entry, and name the first one that does not hold; then the log.

    A break is named by the dossier, the number of the first entry that does not hold, and how: `altered`, `deleted`,
    `inserted`, `truncated`, `unclaimed` (its dossier is gone), or what is wrong with its signature. Without --from the
    public log is checked too: entries `removed`, `rewritten`, `back_dated` or `unlogged` since they were published.

    Exit code 0 if everything holds, 1 if not.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.dossiers.queries.audits import audit_journal
        from onestop.dossiers.queries.dossiers import find_code
        from onestop.journal.queries.log_audit import audit_log

        found = audit_journal(from_id=from_id, progress=_teller())
        log = audit_log(progress=_teller()) if from_id == 1 else None
        breaks = [
            {"dossier": find_code(item.stream), "sequence": item.sequence, "entry": item.entry_id, "code": item.code}
            for item in found.breaks
        ]
    dossiers = found.streams - found.registers
    lines = [f"{found.entries} entries of {dossiers} dossiers and {found.registers} registers checked."]
    lines += [f"{item['dossier']}: entry {item['sequence']} {item['code']}" for item in breaks]
    lines += [f"public log: {item.code}, entry {item.entry}, leaf {item.index}" for item in log.breaks] if log else []
    holds = found.holds and (log is None or log.holds)
    lines.append("Everything holds." if holds else "The journal does NOT hold.")
    counts = {"entries": found.entries, "dossiers": dossiers, "registers": found.registers}
    shown = {"holds": holds, **counts, "breaks": breaks, "log": log}
    answer(shown, "\n".join(lines), as_json=as_json)
    if not holds:
        sys.exit(1)


def _teller() -> Callable[[int], None]:
    told = 0

    def tell(count: int) -> None:
        nonlocal told
        if count - told >= EVERY:
            told = count
            progress(f"{count} entries ...")

    return tell
