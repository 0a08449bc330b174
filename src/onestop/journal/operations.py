"""Writing an entry: the only way anything is ever said to have happened."""

from datetime import datetime
from typing import Any, Protocol

from onestop.errors import Refused
from onestop.journal import ports
from onestop.journal.models import JournalEntry
from onestop.journal.rules import EntryBody, Head, entry_hash, is_kind


class Actor(Protocol):
    """Who acts: what the journal needs to know of a principal."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def applicant_ids(self) -> frozenset[int]: ...
    @property
    def post_code(self) -> str: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def on_behalf_of(self) -> str: ...
    @property
    def key(self) -> str: ...


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
    return JournalEntry.objects.create(
        stream=body.stream,
        sequence=body.sequence,
        kind=body.kind,
        actor=body.actor,
        post=body.post,
        unit=body.unit,
        on_behalf_of=body.on_behalf_of,
        at=body.at,
        recorded_at=body.recorded_at,
        ground=body.ground,
        payload=body.payload,
        previous=body.previous,
        hash=digest,
        signature=signed.signature,
        certificate_id=signed.certificate_id,
    )


def actor_name(by: Actor) -> str:
    """Return how the journal names a principal: `officer:12`, `applicant:7`, `system`. Never a person's name."""
    if by.account_id is None:
        return "system"
    return f"officer:{by.account_id}" if by.post_code else f"account:{by.account_id}"
