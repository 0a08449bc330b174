"""Several at once: first a page that says exactly what will be done, then the act, one transaction a dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.dossiers.rules.states import Verb
from onestop.process.operations.bulk import approve_many
from onestop.signing.operations import seal_many, sign_and_approve_many
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import word_error
from onestop.web.office.bulk_words import confirm_words

AT_MOST = 200
ACTS = {Role.LEADER: sign_and_approve_many, Role.CLERK: seal_many, Role.DIVISION_HEAD: approve_many}


@requires(Verb.APPROVE, Verb.SEAL)
@require_POST
def confirm(request: ActingRequest) -> HttpResponse:
    """Say what will be done, and to how many."""
    codes = request.POST.getlist("code")[:AT_MOST]
    if not codes:
        messages.warning(request, _("Choose at least one dossier first."))
        return redirect("office:work")
    rows = list_dossiers(by=request.principal, codes=codes, size=AT_MOST).rows
    return render(request, "office/bulk.html", {"rows": rows, **confirm_words(request.principal, len(rows))})


@requires(Verb.APPROVE, Verb.SEAL)
@require_POST
def perform(request: ActingRequest) -> HttpResponse:
    """Do it: each on its own, so that one refusal holds up nobody else."""
    act = ACTS[_role(request)]
    seen = _seen(request.POST.getlist("code")[:AT_MOST])
    outcomes = act(codes=seen, by=request.principal, at=timezone.now(), seen=seen)
    good = sum(outcome.error is None for outcome in outcomes)
    if good:
        messages.success(request, ngettext("%(n)d dossier done.", "%(n)d dossiers done.", good) % {"n": good})
    for outcome in outcomes:
        if outcome.error is not None:
            messages.error(request, f"{outcome.code}: {word_error(outcome.error)}")
    return redirect("office:work")


def _seen(sent: list[str]) -> dict[str, int]:
    """Return codes with the number of the last entry that the page showed; each is sent as `code:number`."""
    pairs = (text.rpartition(":") for text in sent)
    return {code: int(number) for code, _colon, number in pairs if code and number.isdigit()}


def _role(request: ActingRequest) -> Role:
    return next(role for role in ACTS if role in request.principal.roles)
