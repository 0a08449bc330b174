"""Petitions: sent by anybody, followed by their petitioner, answered ones for everybody to read."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onestop.accounts.operations import check_guesses, count_wrong_guess
from onestop.accounts.rules import SYSTEM, GuessLimit, Role
from onestop.agencies.queries import list_units
from onestop.agencies.rules import AGENCY_KINDS
from onestop.dossiers.operations.reading import open_dossier
from onestop.errors import Fault, Invalid
from onestop.feedback.operations.filing import file_petition
from onestop.feedback.operations.petitioning import clarify_petition, rate_answer
from onestop.feedback.operations.reading import open_petition
from onestop.feedback.queries.petitions import find_by_code_and_contact, list_own, list_published
from onestop.feedback.rules.petitions import Said, Topic
from onestop.web.base.acting import seen_of, words_of
from onestop.web.base.guessing import guess_subjects
from onestop.web.base.names import named
from onestop.web.base.permissions import public, requires
from onestop.web.base.petitions import tell_petition
from onestop.web.base.requests import ActingRequest, Request
from onestop.web.base.texts import clean
from onestop.web.base.wording import kind_word
from onestop.web.base.wording.errors import faults_by_field

SENDING = GuessLimit("petitions", most=10, within=timedelta(hours=1))
FOLLOWING = GuessLimit("follow-petition", most=10, within=timedelta(minutes=15))


@public
@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write a petition: about a dossier of one's own, a unit, somebody's conduct."""
    by, code = request.principal or SYSTEM, request.POST.get("dossier", request.GET.get("ho-so", ""))[:40]
    dossier = open_dossier(code=code, by=by, at=timezone.now()) if code and by.has(Role.APPLICANT) else None
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            row = _send(request, dossier)
        except Invalid as error:
            faults = error.faults
        else:
            if row.account_id is None:
                return render(request, "portal/petition_sent.html", {"petition": row})
            messages.success(request, _("We have it. You are answered here."))
            return redirect("portal:petition", code=row.code)
    shown = {"dossier": dossier, "faults": faults, **_choices(request), "own": list_own(by=by)}
    return render(request, "portal/petition_write.html", shown, status=422 if faults else 200)


def _send(request: Request, dossier: Any) -> Any:
    """File it; one address sends only so many in an hour."""
    sent, at, subjects = request.POST, timezone.now(), guess_subjects(request)
    check_guesses(limit=SENDING, subjects=subjects, at=at)
    topic = sent.get("topic", "")
    if topic not in set(Topic):
        raise Invalid("petition.unusable", faults=(Fault("topic", "field.not_a_choice"),))
    by = request.principal or SYSTEM
    said = Said(
        subject=clean(sent.get("subject", ""), 400),
        text=clean(sent.get("text", ""), 10_000),
        topic=Topic(topic),
        phone="" if by.account_id else clean(sent.get("phone", ""), 40),
        email="" if by.account_id else clean(sent.get("email", ""), 120),
    )
    unit, may_be_public = words_of(sent, "unit"), sent.get("public") == "1"
    row = file_petition(said=said, by=by, at=at, unit=unit, dossier=dossier, may_be_public=may_be_public)
    count_wrong_guess(limit=SENDING, subjects=subjects, at=at)
    return row


def _choices(request: Request) -> dict[str, Any]:
    """What the form offers, with what was typed before."""
    sent = request.POST
    units = [unit for unit in list_units(on=timezone.localdate()) if unit.kind in AGENCY_KINDS]
    return {
        "topics": [(item.value, kind_word("petition_topic", item), item == sent.get("topic")) for item in Topic],
        "units": [(unit.code, named(unit), unit.code == sent.get("unit")) for unit in units],
        "sent": {name: sent.get(name, "") for name in ("subject", "text", "phone", "email", "public")},
    }


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def petition(request: ActingRequest, code: str) -> HttpResponse:
    """My own petition: how far it is, what I can say."""
    row = open_petition(code=code, by=request.principal, at=timezone.now())
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        faults = _say(request, row.code, request.principal)
        if not faults:
            return redirect("portal:petition", code=row.code)
    return _show(request, row, faults)


@public
@require_http_methods(["GET", "POST"])
def follow(request: Request) -> HttpResponse:
    """Follow without log-in: the code and the number or address left with it, by POST; and say what can be said."""
    code, contact = request.POST.get("code", "")[:40].strip().upper(), request.POST.get("contact", "")[:120]
    found = _find(request, code, contact) if code and contact else None
    if found is None:
        asked = request.method == "POST"
        shown = {"code": code, "asked": asked}
        return render(request, "portal/petition_follow.html", shown, status=404 if asked else 200)
    faults: tuple[Fault, ...] = ()
    if request.POST.get("act"):
        faults = _say(request, found.code, SYSTEM, contact=contact)
        found.refresh_from_db()
    return _show(request, found, faults, contact=contact)


def _find(request: HttpRequest, code: str, contact: str) -> Any:
    at, subjects = timezone.now(), guess_subjects(request, code)
    check_guesses(limit=FOLLOWING, subjects=subjects, at=at)
    found = find_by_code_and_contact(code, contact)
    if found is None:
        count_wrong_guess(limit=FOLLOWING, subjects=subjects, at=at)
    return found


def _say(request: Any, code: str, by: Any, contact: str = "") -> tuple[Fault, ...]:
    """Make something clear, or rate the answer; return what is wrong with it."""
    told = {"code": code, "by": by, "at": timezone.now(), "contact": contact, "seen": seen_of(request.POST)}
    try:
        if request.POST.get("act") == "clarify":
            clarify_petition(words=words_of(request.POST, "words"), **told)
            messages.success(request, _("Thank you. The clock runs on."))
        else:
            rate_answer(satisfied=request.POST.get("satisfied") == "1", **told)
            messages.success(request, _("Thank you. What you said is kept."))
    except Invalid as error:
        return error.faults
    return ()


def _show(request: Any, row: Any, faults: tuple[Fault, ...], contact: str = "") -> HttpResponse:
    told = tell_petition(row, timezone.now())
    shown = {"petition": row, "told": told, "contact": contact, "errors": faults_by_field(faults), "faults": faults}
    return render(request, "portal/petition.html", shown, status=422 if faults else 200)


@public
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers, newest first: nobody's name."""
    before = request.GET.get("after", "")
    page = list_published(before=int(before) if before.isdigit() and len(before) < 19 else None)
    return render(request, "portal/petition_answers.html", {"page_of": page})
