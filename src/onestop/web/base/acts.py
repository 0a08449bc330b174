"""Acts that desk and office both know: refuse, ask for a supplement, apologise and re-appoint."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.dossiers.rules.states import Verb
from onestop.intake.operations.endings import refuse
from onestop.intake.operations.supplement import request_supplement
from onestop.process.operations.clock import reappoint
from onestop.web.base.acting import act, done, items_of, moment_of, reasons_of, seen_of, words_of
from onestop.web.base.permissions import View
from onestop.web.base.requests import ActingRequest


def refusing(*, then: str) -> View:
    """Return the view that refuses a dossier with all reasons; `then` names the page that follows."""

    @act(Verb.REFUSE)
    def view(request: ActingRequest, code: str) -> HttpResponse:
        reasons = reasons_of(request.POST)
        refuse(code=code, reasons=reasons, by=request.principal, at=timezone.now(), seen=seen_of(request.POST))
        return _go_on(request, _("Refused with reasons: %(code)s"), then, code)

    return view


def asking_supplement(*, then: str) -> View:
    """Return the view that asks the applicant for everything that is lacking, at once."""

    @act(Verb.REQUEST_SUPPLEMENT)
    def view(request: ActingRequest, code: str) -> HttpResponse:
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
        return _go_on(request, _("The applicant has been asked: %(code)s"), then, code)

    return view


def reappointing(*, then: str) -> View:
    """Return the view that apologises and gives a new date."""

    @act(Verb.REAPPOINT)
    def view(request: ActingRequest, code: str) -> HttpResponse:
        sent = request.POST
        reappoint(
            code=code,
            reason=words_of(sent, "reason"),
            responsible_unit=words_of(sent, "unit") or request.principal.unit_code,
            new_at=moment_of(sent, "new_at"),
            by=request.principal,
            at=timezone.now(),
            seen=seen_of(sent),
        )
        return _go_on(request, _("Apologised and re-appointed: %(code)s"), then, code)

    return view


def _go_on(request: ActingRequest, message: str, then: str, code: str) -> HttpResponse:
    names = {"code": code} if then.endswith(":dossier") else {}
    return done(request, message % {"code": code}, then, **names)
