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

PLANTED = (Fault.UNSIGNED, Fault.SIGNATURE_BROKEN, Fault.WRONG_SIGNER, Fault.IMPOSSIBLE, Fault.CHAIN_BROKEN)


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
    the members and received as if it came over the network, with a fault of each kind planted among the provinces.
    """
    if Submission.objects.exists():
        raise Refused("monitor.not_empty")
    members, days = list_members(), month_ends(until, years)
    sent = list(simulate(members, days, seed=seed))
    history = [item for item in sent if item.aggregate.day < days[-1]]
    newest = [item for item in sent if item.aggregate.day == days[-1]]
    _write(history)
    planted = _plant(newest)
    _name_keys(members_on(members, days[-1]), days[-1], at)
    for item in newest:
        _hand_in(item, planted.get(item.aggregate.member))
    payload = {"seed": seed, "years": years, "until": days[-1].isoformat(), "aggregates": len(sent)}
    record_in_register(REGISTER, kind="simulate_nation", by=by, at=at, payload=payload)
    told = {member: fault.value for member, fault in planted.items()}
    return Simulated(len(sent), len(newest), told, days)


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


def _plant(newest: Iterable[Sent]) -> dict[str, Fault]:
    """Let every seventh sender of the last month fail, each in another way."""
    chosen = [item.aggregate.member for item in newest][3::7]
    return dict(zip(chosen, PLANTED, strict=False))


def _name_keys(members: Iterable[Member], day: date, at: datetime) -> None:
    """Give each member a key for trying out, and say whose signature it is."""
    for member in members:
        holder = f"{member.name} (giả lập)"
        issue_key(key=_key(member.code), common_name=holder, organisation=holder, kind=KeyKind.ORGANISATION, at=at)
        MemberKey.objects.get_or_create(member=member.code, valid_from=day.replace(day=1), defaults={"holder": holder})


def _key(member: str) -> str:
    return f"seal:monitor.{member}"


def _hand_in(item: Sent, fault: Fault | None) -> None:
    document, key = item.document, _key(item.aggregate.member)
    if fault is Fault.CHAIN_BROKEN:
        document = write_aggregate(replace(item.aggregate, sequence=item.aggregate.sequence + 5))
    elif fault is Fault.IMPOSSIBLE:
        first = item.aggregate.lines[0]
        wrong = replace(
            first, counts=Counts(first.counts.denominator + 40, first.counts.denominator, first.counts.population)
        )
        document = write_aggregate(replace(item.aggregate, lines=(wrong, *item.aggregate.lines[1:])))
    elif fault is Fault.WRONG_SIGNER:
        key = _key("H49")
    signed = item.document.replace(b'"sequence"', b'"sequences"') if fault is Fault.SIGNATURE_BROKEN else document
    at = _received_at(item)
    made = b"" if fault is Fault.UNSIGNED else sign_file(digest=bytes.fromhex(digest_of(signed)), key=key, at=at)
    receive_aggregate(document=document, signature=made, at=at, is_simulated=True)
