"""One act, one view: read what was sent, call the operation, say it is done."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.documents.operations import keep_upload
from onestop.dossiers.rules.filing import Given, PartGiven, ReturnWay
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid
from onestop.intake.operations.endings import stop, withdraw
from onestop.intake.operations.reception import accept, digitise
from onestop.intake.operations.supplement import answer_supplement
from onestop.intake.rules.reasons import Reason
from onestop.process.operations.steps import hand_over
from onestop.results.operations import return_result
from onestop.web.base.acting import act, done, reasons_of, seen_of, words_of
from onestop.web.base.requests import ActingRequest

WORK, DOSSIER = "desk:work", "desk:dossier"


@act(Verb.ACCEPT)
def accept_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Accept: the clock starts. Stay with it, since handing over comes next."""
    accept(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Accepted: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.HAND_OVER)
def hand_over_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Hand over to who settles it."""
    hand_over(code=code, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Handed over: %(code)s") % {"code": code}, WORK)


@act(Verb.DIGITISE)
def digitise_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Add scans, signed for by the officer."""
    scans = _files(request, Given.SCAN)
    digitise(code=code, scans=scans, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Scans kept and signed for: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.ANSWER_SUPPLEMENT)
def take_supplement(request: ActingRequest, code: str) -> HttpResponse:
    """Take at the counter what was asked for, scanned."""
    parts = _files(request, Given.SCAN)
    answer_supplement(code=code, parts=parts, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("The supplement has been taken: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.WITHDRAW)
def withdraw_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Withdraw at the applicant's wish."""
    reason = words_of(request.POST, "reason")
    withdraw(code=code, reason=reason, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Withdrawn: %(code)s") % {"code": code}, WORK)


@act(Verb.STOP)
def stop_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Stop settlement, since what was asked for has not come."""
    reason = next(iter(reasons_of(request.POST)), Reason("", ""))
    stop(code=code, reason=reason, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
    return done(request, _("Settlement stopped: %(code)s") % {"code": code}, DOSSIER, code=code)


@act(Verb.RETURN_RESULT)
def return_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Return the result."""
    sent = request.POST
    way = ReturnWay(int(sent["way"])) if sent.get("way") in {"0", "1", "2"} else None
    receiver = words_of(sent, "receiver")[:200]
    return_result(code=code, way=way, receiver=receiver, by=request.principal, at=timezone.now(), seen=seen_of(sent))
    return done(request, _("Result returned: %(code)s") % {"code": code}, WORK)


def _files(request: ActingRequest, given: Given) -> tuple[PartGiven, ...]:
    parts: list[PartGiven] = []
    faults: list[Fault] = []
    for field, uploads in request.FILES.lists():
        for upload in uploads:
            try:
                kept = keep_upload(name=upload.name or "", data=upload.read())
            except Invalid as error:
                faults += [Fault(field, fault.code, fault.params) for fault in error.faults]
                continue
            name = field.removeprefix("file-")
            parts.append(PartGiven(name, given, kept.sha256, kept.name, kept.size, kept.media_type))
    if faults:
        raise Invalid("upload.unusable", faults=tuple(faults))
    return tuple(parts)
