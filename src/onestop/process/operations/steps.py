"""Moving along the line: hand over, appraise, send back (chuyển, thẩm định, trả lại).

Agreeing as head of division, which may mean initialling, and approving as leader are in `signing.operations`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.intake.rules.reasons import Reason, find_faults_of_reasons
from onestop.process.models import Appraisal, Consultation
from onestop.process.queries.templates import get_template, template_for
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import Place, Step, StepKind, Template
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import add_working_minutes, working_minutes_between


@transaction.atomic
def hand_over(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Hand an accepted dossier from the desk to who settles it; from here its process is fixed.

    The same working day, or at the start of the next one if received after 15:00 (Decree 61/2018 Art 18).
    """
    dossier = lock(code=code, verb=Verb.HAND_OVER, by=by, at=at, seen=seen)
    content = get_content(dossier.version_id)
    template = template_for(content.code, at_once=content.settled_at_once)
    step = template.after(template.steps[0].code)
    perform(
        dossier,
        verb=Verb.HAND_OVER,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ18",
        payload={"process": template.key, "step": step.code},
        process=template.key,
        **entering(dossier, step, at, template),
    )
    return dossier


@transaction.atomic
def appraise(
    *,
    code: str,
    proposal: Proposal,
    by: Principal,
    at: datetime,
    findings: str = "",
    reasons: tuple[Reason, ...] = (),
    seen: int | None = None,
) -> Dossier:
    """Record what was found and what is proposed, and pass the dossier on for decision.

    Proposing a refusal needs its reasons. Raises `Refused` while an opinion asked for is neither given nor overdue.
    """
    dossier = lock(code=code, verb=Verb.APPRAISE, by=by, at=at, seen=seen)
    step = at_step(dossier, StepKind.APPRAISE)
    faults = find_faults_of_reasons(reasons) if proposal is Proposal.REFUSE else ()
    if faults:
        raise Refused("refusal.without_reasons", reasons=faults)
    if (
        dossier.consulted_unit_ids
        and Consultation.objects.filter(dossier=dossier, answered_at=None, due_at__gt=at).exists()
    ):
        raise Refused("appraisal.opinion_outstanding", code=code)
    given = [reason.as_payload() for reason in reasons]
    Appraisal.objects.create(
        dossier=dossier, proposal=proposal, findings=findings, reasons=given, made_at=at, made_by_id=posting_of(by)
    )
    move_on(dossier, step, Verb.APPRAISE, by, at, {"proposal": proposal.value, "reasons": given})
    return dossier


@transaction.atomic
def send_back(
    *, code: str, reason: str, by: Principal, at: datetime, to_step: str = "", seen: int | None = None
) -> Dossier:
    """Send a dossier back to an earlier step, the one before if none is named, with the reason."""
    dossier = lock(code=code, verb=Verb.SEND_BACK, by=by, at=at, seen=seen)
    template = get_template(dossier.process)
    earlier = template.before(dossier.step)
    target = next((step for step in reversed(earlier) if step.code == to_step or not to_step), None)
    if target is None:
        raise Refused("process.no_step_to_send_back_to", code=code)
    if not reason.strip():
        raise Refused("process.send_back_needs_a_reason", code=code)
    perform(
        dossier,
        verb=Verb.SEND_BACK,
        by=by,
        at=at,
        payload={"from_step": dossier.step, "step": target.code, "reason": reason},
        **entering(dossier, target, at, template),
    )
    return dossier


def entering(dossier: Dossier, step: Step, at: datetime, template: Template) -> dict[str, Any]:
    """Return the columns that change when a dossier enters `step`: who holds it, for whom, until when."""
    unit_ids = {
        Place.DESK: dossier.receiving_unit_id,
        Place.DIVISION: dossier.settling_unit_id,
        Place.AGENCY: dossier.competent_unit_id,
    }
    return {
        "step": step.code,
        "step_role": step.role,
        "holder_unit_id": unit_ids[step.place],
        "assignee_id": None,
        "step_due_at": _step_due(dossier, step, at, template),
    }


def move_on(dossier: Dossier, step: Step, verb: Verb, by: Principal, at: datetime, payload: dict[str, Any]) -> None:
    """Leave `step` by `verb` for the step that follows. The caller holds the lock."""
    template = get_template(dossier.process)
    following = template.after(step.code)
    perform(
        dossier,
        verb=verb,
        by=by,
        at=at,
        payload={**payload, "from_step": step.code, "step": following.code},
        **entering(dossier, following, at, template),
    )


def at_step(dossier: Dossier, *kinds: StepKind) -> Step:
    """Return the step a dossier is at. Raises `Refused` if it is of another kind."""
    step = get_template(dossier.process).step(dossier.step) if dossier.process else None
    if step is None or step.kind not in kinds:
        raise Refused("process.other_step", code=dossier.code, step=dossier.step)
    return step


def _step_due(dossier: Dossier, step: Step, at: datetime, template: Template) -> datetime | None:
    if dossier.due_at is None or dossier.clock_from is None:
        return dossier.due_at
    calendar = get_calendar()
    share = template.share_of(step, working_minutes_between(calendar, dossier.clock_from, dossier.due_at))
    return dossier.due_at if share is None else min(add_working_minutes(calendar, at, share), dossier.due_at)
