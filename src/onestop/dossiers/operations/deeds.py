"""The one shape of every deed: lock, ask, change, one journal entry.

The verbs themselves live in later chapters (intake, process, signing, results); each of them calls `lock`, gathers
what its rule needs, and ends with `perform`. So no dossier changes without right, order, and a signed entry.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.rows import lock_row, write_row
from onestop.dossiers.queries.facts import rights_facts
from onestop.dossiers.rules.codes import DossierCode
from onestop.dossiers.rules.permissions import permits
from onestop.dossiers.rules.states import ENDED, State, Verb, find_next
from onestop.errors import NotFound, Refused, Stale
from onestop.journal.models import JournalEntry
from onestop.journal.operations import record
from onestop.journal.rules import GENESIS, Head

CLOCK_SKEW = timedelta(minutes=5)


def lock(*, code: str, verb: Verb, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Lock a dossier's row for `verb` and return it. Must run inside the transaction of the deed.

    `seen` is the number of the last entry the person's page showed. Raises `NotFound` if the dossier does not exist
    for this principal, `Stale` if something happened since the page was made, `Refused` if the state or the table of
    permissions says no, or if `at` lies before the last deed.
    """
    dossier = lock_row(code)
    if dossier is None:
        raise NotFound("dossier.unknown", code=code)
    check(dossier, verb=verb, by=by, at=at, seen=seen)
    return dossier


def check(dossier: Dossier, *, verb: Verb, by: Principal, at: datetime, seen: int | None = None) -> State:
    """Return the state that `verb` leads to, or raise as `lock` does."""
    facts = rights_facts(dossier)
    allowed = permits(verb, by, facts)
    if not allowed and not permits(Verb.READ, by, facts):
        raise NotFound("dossier.unknown", code=dossier.code)
    if seen is not None and seen != dossier.journal_sequence:
        raise Stale("dossier.changed_since", code=dossier.code, state=dossier.state)
    after = find_next(verb, State(dossier.state), accepted=dossier.accepted_at is not None)
    if after is None:
        raise Refused("dossier.wrong_state", code=dossier.code, verb=verb.value, state=dossier.state)
    if not allowed:
        raise Refused("dossier.not_permitted", code=dossier.code, verb=verb.value, step=dossier.step)
    if at < dossier.changed_at - CLOCK_SKEW:
        raise Refused("dossier.moment_before_last", code=dossier.code)
    return after


def posting_of(by: Principal) -> int:
    """Return the posting in which an officer acts. Raises `Refused` if the principal holds none."""
    if by.posting_id is None:
        raise Refused("dossier.only_in_a_post")
    return by.posting_id


def perform(
    dossier: Dossier,
    *,
    verb: Verb,
    by: Principal,
    at: datetime,
    ground: str = "",
    payload: dict[str, Any] | None = None,
    **changes: Any,
) -> JournalEntry:
    """Write the entry of `verb` and the changed row. The caller holds the lock from `lock`."""
    after = find_next(verb, State(dossier.state), accepted=dossier.accepted_at is not None)
    if after is None:
        raise Refused("dossier.wrong_state", code=dossier.code, verb=verb.value, state=dossier.state)
    entry = record(
        stream=dossier.pk,
        kind=verb.value,
        by=by,
        at=at,
        ground=ground,
        payload=payload,
        head=Head(dossier.journal_sequence, bytes(dossier.journal_hash)),
    )
    if after in ENDED and dossier.finished_at is None:
        changes.setdefault("finished_at", at)
    changes |= {
        "state": after,
        "changed_at": at,
        "journal_sequence": entry.sequence,
        "journal_hash": entry.hash,
    }
    write_row(dossier, changes)
    return entry


@transaction.atomic(savepoint=False)  # nobody goes on without the dossier
def create(
    *, unit_code: str, day: date, by: Principal, at: datetime, payload: dict[str, Any], **fields: Any
) -> Dossier:
    """Open a dossier: the next code of `unit_code` on `day`, the entry `submit`, the row. No gap, no double.

    The counter's row stays locked until the transaction ends, so a number that is not used is given again.
    """
    number, pk = _next_number(unit_code, day)
    code = str(DossierCode(unit_code, day, number))
    entry = record(stream=pk, kind=Verb.SUBMIT.value, by=by, at=at, head=GENESIS, payload={"code": code, **payload})
    return Dossier.objects.create(
        id=pk,
        code=code,
        state=State.SUBMITTED,
        submitted_at=at,
        changed_at=at,
        journal_sequence=entry.sequence,
        journal_hash=entry.hash,
        **fields,
    )


def _next_number(unit_code: str, day: date) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter (unit_code, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (unit_code, day) DO UPDATE SET last = dossiers_codecounter.last + 1"
            " RETURNING last, nextval(pg_get_serial_sequence('dossiers_dossier', 'id'))",
            [unit_code, day],
        )
        number, pk = cursor.fetchone()
    return int(number), int(pk)
