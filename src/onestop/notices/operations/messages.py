"""Making messages from the journal: each entry, each reader, exactly once.

The unique constraint on recipient and entry makes it once, whatever crashes and however many workers run; the row of
`Following` only spares reading the whole journal again. One transaction: what dies in between has never happened.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from onestop.journal.models import JournalEntry
from onestop.journal.queries.following import find_last_id, list_writers
from onestop.notices.models import Following
from onestop.notices.operations.letters import prepare_letters
from onestop.notices.queries.recipients import Recipients, find_dossiers
from onestop.notices.rules.messages import TOLD, Told, tell

PORTION = 1000
_READ = ("id", "stream", "kind", "actor", "at", "payload")
_INSERT = """
INSERT INTO notices_message (recipient_id, entry, kind, params, at)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::varchar[], %s::jsonb[], %s::timestamptz[])
ON CONFLICT (recipient_id, entry) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class _Draft:
    recipient: int
    entry: JournalEntry
    told: Told


@transaction.atomic
def make_messages(*, at: datetime) -> int:
    """Tell everybody of what was written since; return how many messages were made.

    0 if somebody else is at it.
    """
    following = _lock()
    if following is None:
        return 0
    ended = not set(list_writers()) & set(following.writers)
    made = sum(_make(portion, at) for portion in _portions(following.settled_id))
    if ended:  # whoever could have been writing a number up to `seen_id` has ended before we looked
        following.settled_id = max(following.settled_id, following.seen_id)
    following.seen_id = find_last_id()
    following.writers = list_writers()
    following.save()
    return made


def _lock() -> Following | None:
    Following.objects.get_or_create(id=1)
    return Following.objects.select_for_update(skip_locked=True).filter(id=1).first()


def _portions(after: int) -> Iterator[list[JournalEntry]]:
    rows = JournalEntry.objects.filter(kind__in=sorted(TOLD)).order_by("id").only(*_READ)
    while portion := list(rows.filter(id__gt=after)[:PORTION]):
        yield portion
        after = portion[-1].pk


def _make(entries: Sequence[JournalEntry], at: datetime) -> int:
    dossiers = find_dossiers(entries)
    told = []
    for entry in entries:
        dossier = dossiers.get(entry.stream)
        item = tell(entry.kind, entry.payload, code=dossier.code if dossier else "")
        if item is not None and (entry.stream < 0 or dossier is not None):
            told.append((entry, item))
    recipients = Recipients(told, dossiers)
    made = _insert([_Draft(reader, *item) for item in told for reader in sorted(recipients.of(*item))])
    prepare_letters(made, at=at)
    return len(made)


def _insert(drafts: Sequence[_Draft]) -> list[int]:
    if not drafts:
        return []
    columns: list[Any] = [
        [draft.recipient for draft in drafts],
        [draft.entry.pk for draft in drafts],
        [str(draft.told.kind) for draft in drafts],
        [json.dumps(draft.told.params, ensure_ascii=False) for draft in drafts],
        [draft.entry.at for draft in drafts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, columns)
        return [row[0] for row in cursor.fetchall()]
