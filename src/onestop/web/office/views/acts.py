"""One act, one view: read what was sent, call the operation, say it is done."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused, Unavailable
from onestop.process.operations.assignment import assign
from onestop.process.operations.clock import extend, resume, suspend
from onestop.process.operations.consultation import consult, give_opinion
from onestop.process.operations.steps import appraise, send_back
from onestop.process.rules.appraisal import Proposal
from onestop.results.operations import certify_copy, revoke_result
from onestop.results.rules.revocations import GIVEN_BY_OFFICERS, RevocationCause
from onestop.signing.operations import approve, seal, sign_and_approve
from onestop.web.base.acting import act, done, reasons_of, seen_of, words_of
from onestop.web.base.requests import ActingRequest
from onestop.web.office.views.factors import ask_for_factors
from onestop.worktime.rules import TimeLimit

WORK = "office:work"
_CAUSES = {str(int(cause)) for cause in GIVEN_BY_OFFICERS}


@act(Verb.APPRAISE)
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


@act(Verb.APPROVE)
def approve_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The head of division agrees."""
    approve(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Approved: %(code)s") % {"code": code}, WORK)


@act(Verb.SIGN)
def sign_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The leader signs the result and approves; a key that asks for its holder's factors leads to a page for them."""
    seen = seen_of(request.POST)
    try:
        sign_and_approve(code=code, by=request.principal, at=timezone.now(), seen=seen)
    except Unavailable as error:
        if error.code != "key.asks_holder":
            raise
        return ask_for_factors(request, {code: seen})
    return done(request, _("Signed and approved: %(code)s") % {"code": code}, WORK)


@act(Verb.SEAL)
def seal_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """The clerk seals."""
    seal(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Sealed: %(code)s") % {"code": code}, WORK)


@act(Verb.CERTIFY_COPY)
def certify_part(request: ActingRequest, code: str) -> HttpResponse:
    """The clerk certifies an electronic copy of a scan."""
    part = request.POST.get("part", "")
    part_id = int(part) if part.isdigit() else 0
    certify_copy(code=code, part_id=part_id, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("The electronic copy is certified: %(code)s") % {"code": code}, "office:dossier", code=code)


@act(Verb.REVOKE_RESULT)
def revoke_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """What was issued holds no longer."""
    sent = request.POST
    cause = sent.get("cause", "")
    revoke_result(
        code=code,
        cause=RevocationCause(int(cause)) if cause in _CAUSES else RevocationCause.NEVER_ISSUED,
        reason=words_of(sent, "reason"),
        ground=words_of(sent, "law")[:200],
        by=request.principal,
        at=timezone.now(),
        seen=seen_of(sent),
    )
    return done(request, _("The result is revoked: %(code)s") % {"code": code}, "office:dossier", code=code)


@act(Verb.SEND_BACK)
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


@act(Verb.CONSULT)
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


@act(Verb.GIVE_OPINION)
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


@act(Verb.ASSIGN)
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


@act(Verb.SUSPEND)
def suspend_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Stop the clock on a ground."""
    sent = request.POST
    ground, reason = words_of(sent, "law"), words_of(sent, "reason")
    suspend(code=code, ground=ground, reason=reason, by=request.principal, at=timezone.now(), seen=seen_of(sent))
    return done(request, _("The clock stands: %(code)s") % {"code": code}, "office:dossier", code=code)


@act(Verb.RESUME)
def resume_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Let the clock run on."""
    resume(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("The clock runs on: %(code)s") % {"code": code}, "office:dossier", code=code)


@act(Verb.EXTEND)
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
