"""Several at once: first a page that says exactly what will be done, then the act, one transaction a dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.dossiers.rules.states import Verb
from onestop.signing.operations import approve_many, seal_many, sign_and_approve_many
from onestop.signing.queries import find_consent
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.office.bulk_words import confirm_words, seen_of_each, tell
from onestop.web.office.views.factors import ask_for_factors, has_paper

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
    if request.principal.has(Role.LEADER) and any(map(has_paper, rows)) and find_consent(request.principal):
        return ask_for_factors(request, dict.fromkeys(codes))
    return render(request, "office/bulk.html", {"rows": rows, **confirm_words(request.principal, len(rows))})


@requires(Verb.APPROVE, Verb.SEAL)
@require_POST
def perform(request: ActingRequest) -> HttpResponse:
    """Do it: each on its own, so that one refusal holds up nobody else."""
    act = ACTS[_role(request)]
    seen = seen_of_each(request.POST.getlist("code")[:AT_MOST])
    outcomes = act(codes=seen, by=request.principal, at=timezone.now(), seen=seen)
    tell(request, outcomes)
    return redirect("office:work")


def _role(request: ActingRequest) -> Role:
    return next(role for role in ACTS if role in request.principal.roles)
