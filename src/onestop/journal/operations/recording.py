"""Writing an entry: the only way anything is ever said to have happened."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from onestop.errors import Refused
from onestop.journal import ports
from onestop.journal.models import JournalEntry
from onestop.journal.rules import EntryBody, Head, entry_hash, is_kind


class Actor(Protocol):
    """Who acts: what the journal needs to know of a principal."""

    @property
    def account_id(self) -> int | None:
        """The account that acts; None for the system itself."""
        ...

    @property
    def applicant_ids(self) -> frozenset[int]:
        """For whom an applicant may act."""
        ...

    @property
    def post_code(self) -> str:
        """The post an officer acts in; empty otherwise."""
        ...

    @property
    def unit_code(self) -> str:
        """The unit of that post; empty otherwise."""
        ...

    @property
    def on_behalf_of(self) -> str:
        """Who delegated, e.g. `officer:7`; empty otherwise."""
        ...

    @property
    def key(self) -> str:
        """The name of the signing key."""
        ...


def record(
    *,
    stream: int,
    kind: str,
    by: Actor,
    at: datetime,
    head: Head,
    ground: str = "",
    payload: dict[str, Any] | None = None,
) -> JournalEntry:
    """Append one entry after `head`, signed with the actor's key, and return it.

    The caller holds the lock of the stream and keeps the returned entry's number and hash as the new head.
    Two writers on one head are refused by the database (unique number). Raises `Unavailable` if the key cannot sign.
    """
    if not is_kind(kind):
        raise Refused("journal.bad_kind", kind=kind)
    body = EntryBody(
        stream=stream,
        sequence=head.sequence + 1,
        kind=kind,
        actor=actor_name(by),
        post=by.post_code,
        unit=by.unit_code,
        on_behalf_of=by.on_behalf_of,
        at=at,
        recorded_at=ports.machine_clock().now(),
        ground=ground,
        payload=payload or {},
        previous=head.hash,
    )
    digest = entry_hash(body)
    signed = ports.signer().sign(by.key, digest)
    return _write(body, digest, signed.signature, signed.certificate_id)


def actor_name(by: Actor) -> str:
    """Return how the journal names a principal: `officer:12`, `applicant:7`, `system`. Never a person's name."""
    if by.account_id is None:
        return "system"
    return f"officer:{by.account_id}" if by.post_code else f"account:{by.account_id}"


_INSERT = """
INSERT INTO journal_journalentry (stream, sequence, kind, actor, post, unit, on_behalf_of, at, recorded_at, ground,
    payload, previous, hash, signature, certificate_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s) RETURNING id
"""


def _write(body: EntryBody, digest: bytes, signature: bytes, certificate_id: int) -> JournalEntry:
    """Insert the entry. Written out by hand: every deed runs it."""
    values = {field.name: getattr(body, field.name) for field in fields(body)}
    values |= {"hash": digest, "signature": signature, "certificate_id": certificate_id}
    entry = JournalEntry(**values)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, list((values | {"payload": json.dumps(body.payload)}).values()))
        entry.pk = cursor.fetchone()[0]
    entry._state.adding, entry._state.db = False, connection.alias
    return entry
