"""`onestop dossiers` and `onestop dossier`: lists, also those behind a figure; one dossier whole with its journal."""

import sys
from typing import TYPE_CHECKING, Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.indicators import as_of_option, from_option, read_moments
from onestop.config.running import Household, migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.accounts.rules import Principal
    from onestop.dossiers.models import Dossier
    from onestop.dossiers.queries.dossiers import Page

PAGE = 500
STATES = (
    "submitted", "accepted", "not_accepted", "in_process", "waiting_supplement", "waiting_obligation", "withdrawn",
    "stopped", "processed", "returned",
)  # fmt: skip


@click.command()
@click.option("--state", type=click.Choice(STATES), help="Only in this state.")
@click.option("--unit", default="", metavar="CODE", help="Only of this unit and those below it.")
@click.option("--indicator", default="", metavar="CODE", help="The dossiers behind this figure.")
@click.option("--part", type=click.Choice(["numerator", "denominator"]), default="numerator", show_default=True)
@click.option("--scheme", default="", metavar="ID", help="The scheme of the indicator, if several have that code.")
@as_of_option
@from_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@json_option
def dossiers(
    state: str | None,
    unit: str,
    indicator: str,
    part: str,
    scheme: str,
    as_of: str | None,
    begin: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List dossiers, newest first; with --indicator exactly those behind a number, by the statement that counted them.

    Who works on this machine reads as an auditor of the whole province; nothing personal is listed.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.facts.rules.definitions import Part
        from onestop.indicators.queries.behind import Behind, list_behind

        by, (at, since) = operator(), read_moments(as_of, begin)
        number = Behind(indicator, Part(part), at, unit=unit, scheme=scheme, period_from=since)
        turn = (lambda key: list_behind(number, by=by, size=PAGE, after=key)) if indicator else _lister(state, unit, by)
        found = [_row(item) for item in _collect(turn, state, limit)]
    lines = [f"{row['code']:26} {row['state']:20} {row['agency']:12} {row['procedure']}" for row in found]
    head = {"indicator": indicator, "part": part, "as_of": at.isoformat()} if indicator else {}
    answer({**head, "unit": unit, "count": len(found), "dossiers": found}, "\n".join(lines), as_json=as_json)


@click.command()
@click.argument("code")
@json_option
def dossier(code: str, as_json: bool) -> None:
    """Show one dossier whole: what it is, its parts, what was asked, its journal with every signature checked.

    Exit code 0; 1 if there is no such dossier, or if its journal or a signature does not hold.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.dossiers.queries.dossiers import get_dossier

        found = _whole(get_dossier(code=code, by=operator()))
    answer(found, _told(found), as_json=as_json)
    if not found["journal_holds"]:
        sys.exit(1)


def operator() -> "Principal":
    """Return who works on this machine: an auditor of the whole province, who reads and signs nothing."""
    from onestop.accounts.rules import Principal, Role
    from onestop.indicators.queries.units import all_unit_ids

    return Principal(None, "operator", frozenset({Role.AUDITOR}), "system:portal", unit_ids=all_unit_ids())


def _lister(state: str | None, unit: str, by: "Principal") -> "Callable[[str], Page[Dossier]]":
    from onestop.agencies.queries import subordinate_ids
    from onestop.dossiers.queries.dossiers import list_dossiers
    from onestop.dossiers.rules.states import State
    from onestop.indicators.queries.units import get_branch

    states = (State[state.upper()],) if state else ()
    ids = subordinate_ids(get_branch(unit).id) if unit else frozenset()
    return lambda key: list_dossiers(by=by, states=states, unit_ids=ids, size=PAGE, after=key)


def _collect(turn: "Callable[[str], Page[Dossier]]", state: str | None, limit: int | None) -> "list[Dossier]":
    from onestop.dossiers.rules.states import State

    found: list[Dossier] = []
    key = ""
    while limit is None or len(found) < limit:
        page = turn(key)
        found += [row for row in page.rows if not state or row.state == State[state.upper()]]
        key = page.next_key
        if not key:
            break
    return found[:limit]


def _row(item: "Dossier") -> dict[str, Any]:
    from onestop.dossiers.rules.states import State

    return {
        "code": item.code,
        "procedure": item.procedure.code,
        "state": State(item.state).name.lower(),
        "agency": item.competent_unit.code,
        "submitted_at": item.submitted_at,
        "accepted_at": item.accepted_at,
        "due_at": item.due_at,
        "finished_at": item.finished_at,
        "returned_at": item.returned_at,
    }


def _whole(item: "Dossier") -> dict[str, Any]:
    from onestop.dossiers.queries.dossiers import list_parts, list_supplement_requests
    from onestop.journal.queries import find_fault, list_entries, stored
    from onestop.journal.rules import Head, find_break

    entries = list_entries(item.pk)
    broken = find_break([stored(row) for row in entries], Head(item.journal_sequence, bytes(item.journal_hash)))
    journal = [
        {
            "sequence": row.sequence, "kind": row.kind, "at": row.at, "recorded_at": row.recorded_at,
            "actor": row.actor, "post": row.post, "unit": row.unit, "on_behalf_of": row.on_behalf_of,
            "ground": row.ground, "payload": row.payload, "hash": bytes(row.hash).hex(),
            "certificate": row.certificate_id,
            "fault": find_fault(row),
        }
        for row in entries
    ]  # fmt: skip
    return {
        **_row(item),
        "channel": item.channel,
        "filer": item.filer,
        "step": item.step,
        "desk": item.receiving_unit.code,
        "division": item.settling_unit.code,
        "holder": item.holder_unit.code,
        "indicator_due_at": item.indicator_due_at,
        "appointed_at": item.appointed_at,
        "parts": [
            {"document": part.document, "given": part.given, "sha256": part.sha256, "round": part.round}
            for part in list_parts(item)
        ],
        "supplements": [
            {"round": asked.round, "asked_at": asked.asked_at, "answered_at": asked.answered_at, "items": asked.items}
            for asked in list_supplement_requests(item)
        ],
        "journal": journal,
        "journal_holds": broken is None and all(entry["fault"] is None for entry in journal),
        "break": broken,
    }


def _told(found: dict[str, Any]) -> str:
    lines = [f"{found['code']}  {found['procedure']}  {found['state']}  due {found['due_at']}"]
    for entry in found["journal"]:
        mark = entry["fault"] or "holds"
        lines.append(
            f"  {entry['sequence']:3} {entry['at']:%Y-%m-%d %H:%M} {entry['kind']:20} {entry['post']:24} {mark}"
        )
    lines.append("The journal holds." if found["journal_holds"] else "The journal does NOT hold.")
    return "\n".join(lines)
