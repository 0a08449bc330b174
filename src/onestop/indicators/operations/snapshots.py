"""Signing for figures: one person prepares a snapshot, another signs it, the journal keeps it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.errors import Refused
from onestop.facts.rules.periods import month_of, month_start
from onestop.indicators.models import Snapshot
from onestop.indicators.queries.snapshots import REGISTER, entry_payload, get_snapshot, make_content, quality_before
from onestop.indicators.queries.units import all_unit_ids, check_may_see, own_agency, top_unit
from onestop.indicators.rules.duties import Duty, find_hindrances
from onestop.indicators.rules.snapshots import content_hash
from onestop.journal.operations import actor_name, record_in_register
from onestop.journal.ports import machine_clock


@transaction.atomic
def prepare_snapshot(
    *, unit: str, period_from: datetime, as_of: datetime, by: Principal, at: datetime, reason: str = ""
) -> Snapshot:
    """Count the figures of a unit as known now and keep them, unsigned. One prepared before and unsigned is replaced.

    A period that was signed for already needs a reason. Raises `Refused` with every reason against it, `NotFound` for
    a unit that `by` may not see.
    """
    check_may_see(unit, by)
    reasons = list(find_hindrances(Duty.PREPARE_SNAPSHOT, by))
    same = Snapshot.objects.select_for_update().filter(unit=unit, period_from=period_from, as_of=as_of)
    last = same.exclude(entry=None).aggregate(last=Max("number"))["last"] or 0
    if as_of > at or period_from >= as_of:
        reasons.append("snapshot.period_not_over")
    if last and not reason.strip():
        reasons.append("snapshot.reason_needed")
    if reasons:
        raise Refused("snapshot.refused", reasons=tuple(reasons))
    same.filter(entry=None).delete()
    known_at = machine_clock().now()
    made = make_content(unit=unit, period_from=period_from, as_of=as_of, known_at=known_at)
    digest = content_hash(made.content)
    if same.filter(number=last, content_hash=digest).exists():
        raise Refused("snapshot.nothing_changed")
    return Snapshot.objects.create(
        unit=unit,
        number=last + 1,
        period_from=period_from,
        as_of=as_of,
        known_at=known_at,
        reason=reason.strip() if last else "",
        content=made.content,
        content_hash=digest,
        dossiers_count=made.dossiers_count,
        dossiers_hash=made.dossiers_hash,
        quality=quality_before(unit=unit, period_from=period_from, as_of=as_of),
        prepared_by=actor_name(by),
        prepared_at=at,
    )


def prepare_last_month(*, at: datetime) -> Snapshot | None:
    """Prepare the snapshot of the province for the month that ended before `at`, for its head to sign.

    The machine does what an auditor may, and signs nothing. None if it was prepared before, signed or not: a later
    change is for a person, who has to give a reason.
    """
    unit, month = top_unit(), month_of(at)
    begin, end = month_start(month - 1), month_start(month)
    if not unit or Snapshot.objects.filter(unit=unit, period_from=begin, as_of=end).exists():
        return None
    by = replace(SYSTEM, roles=frozenset({Role.AUDITOR}), unit_ids=all_unit_ids())
    return prepare_snapshot(unit=unit, period_from=begin, as_of=end, by=by, at=at)


@transaction.atomic
def sign_snapshot(*, snapshot_id: int, by: Principal, at: datetime) -> Snapshot:
    """Sign a prepared snapshot with the own key, as the head of its unit, and enter it in the journal.

    It is counted again as known when it was prepared: what does not come out the same is not signed. Raises `Refused`
    with every reason against it, `NotFound`.
    """
    row = Snapshot.objects.select_for_update().get(pk=get_snapshot(snapshot_id, by=by).pk)
    reasons = list(find_hindrances(Duty.SIGN_SNAPSHOT, by))
    if own_agency(by) != row.unit:
        reasons.append("snapshot.not_the_head")
    if row.entry is not None:
        reasons.append("snapshot.signed_already")
    if row.prepared_by == actor_name(by):
        reasons.append("snapshot.prepared_by_signer")
    if reasons:
        raise Refused("snapshot.refused", reasons=tuple(reasons))
    made = make_content(unit=row.unit, period_from=row.period_from, as_of=row.as_of, known_at=row.known_at)
    if content_hash(made.content) != row.content_hash:
        raise Refused("snapshot.not_reproduced")
    entry = record_in_register(
        REGISTER, kind="sign_snapshot", by=by, at=at, ground="TT 01/2020/TT-VPCP", payload=entry_payload(row)
    )
    row.signed_by, row.signed_at, row.entry = actor_name(by), at, entry.pk
    row.save(update_fields=["signed_by", "signed_at", "entry"])
    return row
