"""The leader signs a plan; a signed plan is amended by a new version, the old one stays (ký, sửa đổi kế hoạch)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.errors import Fault, Invalid, Refused
from onestop.plans.models import PlanLine, PlanVersion
from onestop.plans.operations.entries import draft_of, enter, lock_plan, posting_of
from onestop.plans.queries.checks import list_checks
from onestop.plans.queries.plans import find_draft, hash_of, list_lines
from onestop.plans.rules.kinds import Deed
from onestop.plans.rules.measures import Kind

LONGEST_REASON = 500


@transaction.atomic
def sign_plan(*, year: int, by: Principal, at: datetime, seen: int | None = None) -> PlanVersion:
    """Sign the draft with the leader's own key: the journal entry, which that key signs, holds the hash of its lines.

    From `at` on this version judges. Raises `Refused` with every reason: no line, nobody who answers, the units'
    targets do not meet the province's in the mean.
    """
    plan = lock_plan(year=year, deed=Deed.SIGN, by=by, at=at, seen=seen)
    draft = draft_of(plan)
    lines = list(list_lines(draft))
    reasons = _objections(draft, lines)
    if reasons:
        raise Refused("plan.cannot_be_signed", reasons=reasons, year=year)
    digest = hash_of(lines)
    entry = enter(
        plan, Deed.SIGN, by, at, {"version": draft.number, "lines": len(lines), "sha256": digest}, "30/2020/NĐ-CP Đ13"
    )
    draft.signed_at, draft.signed_by_id = at, posting_of(by)
    draft.content_sha256, draft.entry = digest, entry.sequence
    draft.save(update_fields=["signed_at", "signed_by", "content_sha256", "entry"])
    return draft


@transaction.atomic
def amend_plan(*, year: int, reason: str, by: Principal, at: datetime, seen: int | None = None) -> PlanVersion:
    """Begin an amendment: a new draft with the lines of the version in force, and the reason. That one goes on judging.

    Raises `Invalid` without a reason, `Refused` while another draft is open or nothing was signed yet.
    """
    plan = lock_plan(year=year, deed=Deed.AMEND, by=by, at=at, seen=seen)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        code = "plan.reason_long" if reason else "plan.no_reason"
        raise Invalid("plan.unusable", faults=(Fault("reason", code, {"longest": LONGEST_REASON}),))
    if find_draft(plan) is not None:
        raise Refused("plan.draft_open", year=year)
    last = plan.versions.order_by("-number").first()
    assert last is not None  # a plan is opened with its first version
    draft = PlanVersion.objects.create(plan=plan, number=last.number + 1, reason=reason, drafted_at=at)
    PlanLine.objects.bulk_create(_copy(line, draft) for line in last.lines.all())
    enter(plan, Deed.AMEND, by, at, {"version": draft.number, "of": last.number, "reason": reason})
    return draft


def _objections(draft: PlanVersion, lines: Sequence[PlanLine]) -> tuple[str, ...]:
    reasons = []
    if not lines:
        reasons.append("plan.empty")
    if any(line.post_id is None for line in lines):
        reasons.append("plan.nobody_answers")
    missed = [item for item in list_checks(draft) if not item.check.holds]
    if any(item.kind is Kind.SHARE for item in missed):
        reasons.append("plan.mean_below_target")
    if any(item.kind is not Kind.SHARE for item in missed):
        reasons.append("plan.parts_miss_the_whole")
    return tuple(reasons)


def _copy(line: PlanLine, draft: PlanVersion) -> PlanLine:
    kept: dict[str, Any] = {
        field.attname: getattr(line, field.attname)
        for field in PlanLine._meta.concrete_fields
        if field.attname not in {"id", "version_id"}
    }
    return PlanLine(version=draft, **kept)
