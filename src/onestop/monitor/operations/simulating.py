"""Filling the centre with a nation made up, marked as such: history in bulk, the last month through the door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from onestop.accounts.rules import SYSTEM, Principal
from onestop.errors import Refused
from onestop.journal.operations import record_in_register
from onestop.monitor.models import MemberFigure, MemberKey, Submission
from onestop.monitor.operations.receiving import REGISTER, receive_aggregate
from onestop.monitor.queries.members import list_members
from onestop.monitor.rules.aggregates import digest_of, write_aggregate
from onestop.monitor.rules.faults import Fault, due_at
from onestop.monitor.rules.members import Counts, Member, members_on
from onestop.monitor.rules.simulation import Sent, month_ends, simulate
from onestop.signatures.operations.detached import sign_file
from onestop.trust.operations.keys import issue_key
from onestop.trust.rules import KeyKind

PLANTED = (
    Fault.UNSIGNED,
    Fault.DOUBLED,
    Fault.WRONG_SIGNER,
    Fault.IMPOSSIBLE,
    Fault.PARTS_DIFFER,
    Fault.SIGNATURE_BROKEN,
    Fault.CHAIN_BROKEN,
)
SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was made up: how many aggregates, how many of them came through the door, and who was made to fail how."""

    aggregates: int
    received: int
    planted: dict[str, str]
    days: tuple[date, ...]


@transaction.atomic
def simulate_nation(*, until: date, years: int, seed: int, at: datetime, by: Principal = SYSTEM) -> Simulated:
    """Make up the aggregates of all members, month by month, and count them; refuse if there are any already.

    All but the last month is written in bulk, unsigned and marked as simulated. The last month is signed with keys of
    the members and received as if it came over the network, with a fault of each kind planted; one sends nothing.
    """
    if Submission.objects.exists():
        raise Refused("monitor.not_empty")
    members, days = list_members(), month_ends(until, years)
    sent = list(simulate(members, days, seed=seed))
    history = [item for item in sent if item.aggregate.day < days[-1]]
    newest = [item for item in sent if item.aggregate.day == days[-1]]
    _write(history)
    planted, silent = _plant(newest)
    _name_keys(members_on(members, days[-1]), days[-1], at)
    for item in newest:
        if item.aggregate.member != silent:
            _hand_in(item, planted.get(item.aggregate.member))
    payload = {"seed": seed, "years": years, "until": days[-1].isoformat(), "aggregates": len(sent)}
    record_in_register(REGISTER, kind="simulate_nation", by=by, at=at, payload=payload)
    told = {member: fault.value for member, fault in planted.items()} | {silent: SILENT}
    return Simulated(len(sent), len(newest) - 1, told, days)


def _write(history: Sequence[Sent]) -> None:
    rows = Submission.objects.bulk_create(
        (
            Submission(
                member=item.aggregate.member,
                day=item.aggregate.day,
                sequence=item.aggregate.sequence,
                digest=item.digest,
                document=item.document,
                signature=b"",
                received_at=_received_at(item),
                is_counted=True,
                faults=[[Fault.LATE.value, due_at(item.aggregate.day).isoformat()]] if item.hours_late else [],
                is_simulated=True,
            )
            for item in history
        ),
        batch_size=500,
    )
    MemberFigure.objects.bulk_create(
        (
            MemberFigure(
                submission=row,
                member=item.aggregate.member,
                day=item.aggregate.day,
                code=line.code,
                version=line.version,
                population=line.counts.population,
                denominator=line.counts.denominator,
                numerator=line.counts.numerator,
            )
            for row, item in zip(rows, history, strict=True)
            for line in item.aggregate.lines
        ),
        batch_size=2000,
    )


def _received_at(item: Sent) -> datetime:
    due = due_at(item.aggregate.day)
    return due + timedelta(hours=item.hours_late) if item.hours_late else due - timedelta(hours=2)


def _plant(newest: Sequence[Sent]) -> tuple[dict[str, Fault], str]:
    """Let every seventh sender of the last month fail, each in another way, and one send nothing at all."""
    senders = [item.aggregate.member for item in newest]
    return dict(zip(senders[3::7], PLANTED, strict=False)), senders[5]


def _name_keys(members: Iterable[Member], day: date, at: datetime) -> None:
    """Give each member a key for trying out, and say whose signature it is."""
    for member in members:
        holder = f"{member.name} (giả lập)"
        issue_key(key=_key(member.code), common_name=holder, organisation=holder, kind=KeyKind.ORGANISATION, at=at)
        MemberKey.objects.get_or_create(member=member.code, valid_from=day.replace(day=1), defaults={"holder": holder})


def _key(member: str) -> str:
    return f"seal:monitor.{member}"


def _hand_in(item: Sent, fault: Fault | None) -> None:
    """Send it through the door; with a fault, send that as well or instead."""
    at, key = _received_at(item), _key("H49" if fault is Fault.WRONG_SIGNER else item.aggregate.member)
    document = _bend(item, fault)
    if fault is Fault.DOUBLED:
        _send(item.document, item.document, key, at)
    if fault is Fault.UNSIGNED:
        receive_aggregate(document=document, signature=b"", at=at, is_simulated=True)
    elif fault is Fault.SIGNATURE_BROKEN:
        _send(document, document.replace(b'"sequence"', b'"sequences"'), key, at)
    else:
        _send(document, document, key, at)


def _send(document: bytes, signed: bytes, key: str, at: datetime) -> None:
    made = sign_file(digest=bytes.fromhex(digest_of(signed)), key=key, at=at)
    receive_aggregate(document=document, signature=made, at=at, is_simulated=True)


def _bend(item: Sent, fault: Fault | None) -> bytes:
    """Return the document as its sender sends it, with what the fault makes of it."""
    said = item.aggregate
    first, *others = said.lines
    counts = first.counts
    if fault is Fault.CHAIN_BROKEN:
        said = replace(said, sequence=said.sequence + 5)
    elif fault is Fault.IMPOSSIBLE:
        wrong = Counts(counts.denominator + 40, counts.denominator, counts.population)
        said = replace(said, lines=(replace(first, counts=wrong), *others))
    elif fault is Fault.PARTS_DIFFER:
        said = replace(said, lines=(replace(first, parts={"1": counts, "2": counts}), *others))
    elif fault is Fault.DOUBLED:
        less = Counts(counts.numerator // 2, counts.denominator, counts.population)
        said = replace(said, lines=(replace(first, counts=less), *others))
    return write_aggregate(said)
