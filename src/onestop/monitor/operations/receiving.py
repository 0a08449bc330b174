"""Receiving an aggregate: whatever comes is kept; what has no fault that refuses it counts."""

from datetime import date, datetime

from django.db import connection, transaction

from onestop.accounts.rules import SYSTEM, Principal
from onestop.errors import Fault as InputFault
from onestop.errors import Invalid
from onestop.journal.operations import record_in_register
from onestop.monitor.models import MemberFigure, MemberKey, Submission
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.submissions import find_counted, find_holder, find_last, known_definitions
from onestop.monitor.rules.aggregates import LARGEST_BYTES, Aggregate, Unreadable, digest_of, read_aggregate
from onestop.monitor.rules.faults import Fault, Found, Known, find_faults, find_signature_faults, is_refused
from onestop.validation.queries.files import verify_file

REGISTER = "monitor"


@transaction.atomic
def receive_aggregate(
    *, document: bytes, signature: bytes, at: datetime, by: Principal = SYSTEM, is_simulated: bool = False
) -> Submission:
    """Keep a submission and count it if nothing refuses it. What was counted before is returned as it is.

    One entry in the register of the monitor for each submission kept. Raises `Invalid` only for what is too large to
    be kept as evidence.
    """
    if len(document) + len(signature) > LARGEST_BYTES:
        raise Invalid("aggregate.too_large", faults=(InputFault("document", "aggregate.too_large"),))
    digest, aggregate = digest_of(document), _read(document)
    member = aggregate.member if aggregate else ""
    _hold(member)
    earlier = Submission.objects.filter(member=member, digest=digest, is_counted=True).first()
    if earlier is not None:
        return earlier
    signer, found = _judge(aggregate, document, digest, signature, at)
    row = _keep(aggregate, document, digest, signature, signer, found, at, is_simulated)
    if aggregate and row.is_counted:
        _count(row, aggregate)
    record_in_register(REGISTER, kind="receive_aggregate", by=by, at=at, payload=_told(row, found))
    return row


@transaction.atomic
def name_holder(*, member: str, holder: str, valid_from: date, at: datetime, by: Principal = SYSTEM) -> MemberKey:
    """Say whose signature the aggregates of a member bear from a day on."""
    row, _ = MemberKey.objects.update_or_create(member=member, valid_from=valid_from, defaults={"holder": holder})
    said = {"member": member, "valid_from": valid_from.isoformat()}
    record_in_register(REGISTER, kind="name_holder", by=by, at=at, payload=said)
    return row


def _hold(member: str) -> None:
    """One submission of a member at a time, so that each is judged against the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"monitor {member}"])


def _read(document: bytes) -> Aggregate | None:
    try:
        return read_aggregate(document)
    except Unreadable:
        return None


def _judge(
    aggregate: Aggregate | None, document: bytes, digest: str, signature: bytes, at: datetime
) -> tuple[str, tuple[Found, ...]]:
    """Return who signed, and everything wrong with content and signature together."""
    if aggregate is None:
        return "", (Found(Fault.UNREADABLE),)
    members = {member.code: member for member in list_members()}
    same = find_counted(aggregate.member, aggregate.day)
    known = Known(members, known_definitions(), find_last(aggregate.member), same.digest if same else "")
    report = verify_file(signature, at, content=document) if signature else None
    signers = [(item.signer, item.valid) for item in report.signatures] if report else []
    faults = find_signature_faults(signers, find_holder(aggregate.member, aggregate.day))
    return (signers[0][0] if signers else ""), (*faults, *find_faults(aggregate, digest, known, at))


def _keep(
    aggregate: Aggregate | None,
    document: bytes,
    digest: str,
    signature: bytes,
    signer: str,
    found: tuple[Found, ...],
    at: datetime,
    is_simulated: bool,
) -> Submission:
    return Submission.objects.create(
        member=aggregate.member if aggregate else "",
        day=aggregate.day if aggregate else None,
        sequence=aggregate.sequence if aggregate else None,
        digest=digest,
        document=document,
        signature=signature,
        signer=signer,
        received_at=at,
        is_counted=not is_refused(found),
        faults=[[item.fault.value, item.about] for item in found],
        is_simulated=is_simulated,
    )


def _count(row: Submission, aggregate: Aggregate) -> None:
    MemberFigure.objects.bulk_create(
        MemberFigure(
            submission=row,
            member=aggregate.member,
            day=aggregate.day,
            code=line.code,
            version=line.version,
            population=line.counts.population,
            denominator=line.counts.denominator,
            numerator=line.counts.numerator,
        )
        for line in aggregate.lines
    )


def _told(row: Submission, found: tuple[Found, ...]) -> dict[str, object]:
    return {
        "member": row.member,
        "day": row.day.isoformat() if row.day else "",
        "sha256": row.digest,
        "counted": row.is_counted,
        "faults": sorted({item.fault.value for item in found}),
    }
