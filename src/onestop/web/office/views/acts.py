"""One act, one view: read what was sent, call the operation, say it is done."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, Refused
from onestop.intake.operations.endings import refuse
from onestop.intake.operations.supplement import request_supplement
from onestop.process.operations.assignment import assign
from onestop.process.operations.clock import extend, reappoint, resume, suspend
from onestop.process.operations.consultation import consult, give_opinion
from onestop.process.operations.steps import appraise, approve, send_back
from onestop.process.rules.appraisal import Proposal
from onestop.signing.operations import seal, sign_and_approve
from onestop.web.base.acting import done, items_of, reasons_of, seen_of, words_of
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.worktime.rules import TimeLimit

WORK = "office:work"


@requires(Verb.APPRAISE)
@require_POST
def appraise_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The specialist's finding and proposal."""
    proposal = Proposal.REFUSE if request.POST.get("proposal") == Proposal.REFUSE else Proposal.APPROVE
    appraise(
        code=code,
        proposal=proposal,
        findings=words_of(request.POST, "findings"),
        reasons=reasons_of(request.POST) if proposal is Proposal.REFUSE else (),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(request.POST),
    )
    return done(request, _("Appraised and passed on: %(code)s") % {"code": code}, WORK)


@requires(Verb.APPROVE)
@require_POST
def approve_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The head of division agrees."""
    approve(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Approved: %(code)s") % {"code": code}, WORK)


@requires(Verb.SIGN)
@require_POST
def sign_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The leader signs the result and approves."""
    sign_and_approve(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Signed and approved: %(code)s") % {"code": code}, WORK)


@requires(Verb.SEAL)
@require_POST
def seal_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The clerk seals."""
    seal(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Sealed: %(code)s") % {"code": code}, WORK)


@requires(Verb.SEND_BACK)
@require_POST
def send_back_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Back a step, with the reason."""
    sent = request.POST
    send_back(
        code=code,
        reason=words_of(sent, "reason"),
        to_step=sent.get("step", ""),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("Sent back: %(code)s") % {"code": code}, WORK)


@requires(Verb.REFUSE)
@require_POST
def refuse_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Refused, with all reasons."""
    reasons = reasons_of(request.POST)
    refuse(code=code, reasons=reasons, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Refused with reasons: %(code)s") % {"code": code}, WORK)


@requires(Verb.REQUEST_SUPPLEMENT)
@require_POST
def ask_supplement(request: ActingRequest, code: str) -> HttpResponse:
    """Everything that is lacking, at once."""
    sent = request.POST
    request_supplement(
        code=code,
        items=items_of(sent),
        by=request.principal,
        at=timezone.now(),
        countersigned_by=words_of(sent, "countersigned_by"),
        reason=words_of(sent, "reason"),
        seen=seen_of(sent),
    )
    return done(request, _("The applicant has been asked: %(code)s") % {"code": code}, WORK)


@requires(Verb.CONSULT)
@require_POST
def consult_unit(request: ActingRequest, code: str) -> HttpResponse:
    """Ask another unit."""
    sent = request.POST
    consult(
        code=code,
        unit_code=sent.get("unit", ""),
        question=words_of(sent, "question"),
        limit=_days(sent.get("days", "")),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("The opinion has been asked for: %(code)s") % {"code": code}, "office:dossier", code=code)


@requires(Verb.GIVE_OPINION)
@require_POST
def answer_consultation(request: ActingRequest, code: str) -> HttpResponse:
    """Give the opinion of this unit."""
    sent = request.POST
    give_opinion(
        code=code,
        agrees=sent.get("agrees") == "yes",
        opinion=words_of(sent, "opinion"),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("The opinion has been given: %(code)s") % {"code": code}, "office:consulted")


@requires(Verb.ASSIGN)
@require_POST
def assign_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Give it to one officer."""
    sent = request.POST
    posting = sent.get("posting", "")
    if not posting.isdigit():
        raise Refused("assignment.not_in_this_post", code=code)
    reason = words_of(sent, "reason")
    assign(
        code=code, posting_id=int(posting), reason=reason, by=request.principal, at=timezone.now(), seen=seen_of(sent)
    )
    return done(request, _("Assigned: %(code)s") % {"code": code}, WORK)


@requires(Verb.REAPPOINT)
@require_POST
def reappoint_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Apologise and give a new date."""
    sent = request.POST
    reappoint(
        code=code,
        reason=words_of(sent, "reason"),
        responsible_unit=words_of(sent, "unit") or request.principal.unit_code,
        new_at=_moment(sent.get("new_at", "")),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("Apologised and re-appointed: %(code)s") % {"code": code}, "office:dossier", code=code)


@requires(Verb.SUSPEND)
@require_POST
def suspend_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Stop the clock on a ground."""
    sent = request.POST
    ground, reason = words_of(sent, "law"), words_of(sent, "reason")
    suspend(code=code, ground=ground, reason=reason, by=request.principal, at=timezone.now(), seen=seen_of(sent))
    return done(request, _("The clock stands: %(code)s") % {"code": code}, "office:dossier", code=code)


@requires(Verb.RESUME)
@require_POST
def resume_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Let the clock run on."""
    resume(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("The clock runs on: %(code)s") % {"code": code}, "office:dossier", code=code)


@requires(Verb.EXTEND)
@require_POST
def extend_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Extend the limit where a law allows it."""
    sent = request.POST
    extend(
        code=code,
        limit=_days(sent.get("days", "")),
        ground=words_of(sent, "law"),
        reason=words_of(sent, "reason"),
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("Extended: %(code)s") % {"code": code}, "office:dossier", code=code)


def _days(text: str) -> TimeLimit:
    return TimeLimit.parse(f"{text.strip() or 0} working days")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        raise Invalid("moment.unreadable", moment=text) from None
