"""Publishing a version of a procedure: what a decision of the province changes."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.models import Procedure, ProcedureVersion
from onestop.catalogue.operations.reports import check_right
from onestop.catalogue.queries import forget_versions
from onestop.catalogue.rules.announcing import Announcement, find_announcement_faults
from onestop.catalogue.rules.content import ProcedureContent
from onestop.catalogue.rules.kinds import OnlineLevel
from onestop.catalogue.rules.packing import digest, pack
from onestop.errors import NotFound, Refused
from onestop.journal.operations import actor_name
from onestop.worktime.rules import LOCAL_ZONE


@transaction.atomic
def publish_version(
    *,
    code: str,
    decision: str,
    effective_from: date,
    online_level: OnlineLevel | None = None,
    content: ProcedureContent | None = None,
    online_basis: str = "",
    decided_on: date | None = None,
    is_eligible: bool | None = None,
    eligibility_reason: str = "",
    by: Principal,
    at: datetime,
) -> ProcedureVersion:
    """Publish the next version of a procedure and return it; the one before ends on the day this one begins.

    What is not given stays as in the version before, but for `decided_on`: no signing day is known then. Raises
    `NotFound` for an unknown procedure, `Refused` with what `find_announcement_faults` finds first,
    `catalogue.version_before_the_last`, `catalogue.version_changes_nothing` or `catalogue.not_permitted`. Source:
    Decree 63/2010/NĐ-CP Art 15 (decision of publication).
    """
    check_right(by)
    procedure = Procedure.objects.select_for_update(of=("self",)).filter(code=code).first()
    last = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").first() if procedure else None
    if procedure is None or last is None:
        raise NotFound("procedure.unknown", procedure=code)
    if effective_from < last.effective_from or (last.effective_until and effective_from < last.effective_until):
        raise Refused("catalogue.version_before_the_last", procedure=code, last_from=last.effective_from.isoformat())
    packed = pack(replace(content, code=code)) if content is not None else last.content
    level = online_level or OnlineLevel(last.online_level)
    eligible = last.is_eligible if is_eligible is None else is_eligible
    reason = last.eligibility_reason if is_eligible is None else eligibility_reason
    said = Announcement(decision, decided_on, level, eligible, reason)
    for fault in find_announcement_faults(said, today=at.astimezone(LOCAL_ZONE).date()):
        raise Refused(fault, procedure=code)
    if (packed, level, eligible) == (last.content, last.online_level, last.is_eligible):
        raise Refused("catalogue.version_changes_nothing", procedure=code)
    if last.effective_until is None:
        ProcedureVersion.objects.filter(pk=last.pk).update(effective_until=effective_from)
    values = {
        "decision": decision,
        "online_level": level.value,
        "online_submission": True if level in {OnlineLevel.FULL, OnlineLevel.PARTIAL} else last.online_submission,
        "online_basis": (online_basis or decision) if online_level else last.online_basis,
        "is_eligible": eligible,
        "eligibility_reason": reason,
        "content": packed,
    }
    forget_versions()
    transaction.on_commit(forget_versions)
    return ProcedureVersion.objects.create(
        procedure=procedure,
        number=last.number + 1,
        decided_on=decided_on,
        effective_from=effective_from,
        is_imported=False,
        published_at=at,
        published_by=actor_name(by),
        content_hash=digest(values),
        **values,
    )
