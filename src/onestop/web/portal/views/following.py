"""Following a dossier: my own, or any by code and holder."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Role
from onestop.catalogue.queries import get_content, get_form_for
from onestop.dossiers.operations.reading import open_dossier
from onestop.dossiers.queries.dossiers import list_dossiers, list_parts
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.states import ENDED, State, Verb
from onestop.errors import Refused, Stale
from onestop.feedback.queries.ratings import as_holder, list_ratings, may_rate
from onestop.fees.queries import can_pay_online
from onestop.intake.operations.endings import withdraw
from onestop.intake.operations.supplement import answer_supplement
from onestop.intake.queries import list_drafts
from onestop.journal.queries import list_entries
from onestop.results.queries import find_result
from onestop.web.base.dossiers import name_parts, tell_story
from onestop.web.base.eforms import tell
from onestop.web.base.forms import nfc
from onestop.web.base.money import tell_money
from onestop.web.base.permissions import public, requires
from onestop.web.base.requests import ActingRequest, Request
from onestop.web.portal import steps
from onestop.web.portal.tracking import find_tracked, read_tracked


@requires(Role.APPLICANT)
def mine(request: ActingRequest) -> HttpResponse:
    """Show my drafts and dossiers, the newest first."""
    page = list_dossiers(by=request.principal, size=20, after=request.GET.get("after", ""))
    return render(request, "portal/mine.html", {"drafts": list_drafts(by=request.principal), "page_of": page})


@requires(Role.APPLICANT)
def dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Tell the story of one dossier; the next thing the person must do stands first."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    content, entries = get_content(row.version_id), list_entries(row.pk)
    money = tell_money(entries, row)
    shown = {
        "dossier": row,
        "now": timezone.now(),
        "entries_plain": entries,
        "entries": tell_story(entries, content),
        "parts": name_parts(list_parts(row), content),
        "told": tell(get_form_for(row.procedure.code), row.answers),
        "result": find_result(row),
        "sealed_in": max((entry.sequence for entry in entries if entry.kind == Verb.SEAL), default=0),
        "may": {verb.value for verb in verbs_for(row, request.principal)},
        "money": money,
        "pays_online": bool(money.ledger.owed) and can_pay_online(row, timezone.localdate()),
        "has_ended": row.state in ENDED,
        "rating": next(reversed(list_ratings(row)), None),
        "may_rate": may_rate(row, by=request.principal, at=timezone.now()),
        "is_just_filed": row.state == State.SUBMITTED and not row.supplements,
    }
    return render(request, "portal/dossier.html", shown)


@public
@require_http_methods(["GET", "POST"])
def track(request: Request) -> HttpResponse:
    """Follow without log-in: code and the holder's number, by POST so that neither stays in an address."""
    code, holder = read_tracked(request)
    asked = request.method == "POST"
    found = find_tracked(request, code, holder) if code and holder else None
    shown = {
        "code": code,
        "asked": asked,
        "dossier": found,
        "entries_plain": list_entries(found.pk) if found else [],
        "has_ended": found is not None and found.state in ENDED,
        "may_rate": found is not None and may_rate(found, by=as_holder(found), at=timezone.now()),
    }
    return render(request, "portal/track.html", shown, status=404 if asked and found is None else 200)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def supplement(request: ActingRequest, code: str) -> HttpResponse:
    """Answer a supplement request: what was asked, why, how, and a file field for each."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    seen = steps.seen_of(request.POST)
    if seen not in (None, row.journal_sequence):
        raise Stale("dossier.changed_since", code=row.code, state=row.state)
    page = steps.answer_page(row, request, request.principal)
    if request.method == "POST" and not page.faulty:
        answer_supplement(
            code=row.code, parts=page.parts, answers=page.answers, by=request.principal, at=timezone.now(), seen=seen
        )
        messages.success(request, _("What you sent has arrived. The officer goes on with it."))
        return redirect("portal:dossier", code=row.code)
    return render(
        request, "portal/supplement.html", {"dossier": row, "page_of": page}, status=422 if page.faulty else 200
    )


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def withdraw_dossier(request: ActingRequest, code: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    if Verb.WITHDRAW not in verbs_for(row, request.principal):
        raise Refused("dossier.wrong_state", code=row.code, verb=Verb.WITHDRAW.value, state=row.state)
    if request.method == "POST":
        reason, seen = nfc(request.POST.get("reason", ""))[:500], steps.seen_of(request.POST)
        withdraw(code=row.code, reason=reason, by=request.principal, at=timezone.now(), seen=seen)
        messages.success(request, _("The dossier is withdrawn."))
        return redirect("portal:dossier", code=row.code)
    return render(request, "portal/withdraw.html", {"dossier": row})
