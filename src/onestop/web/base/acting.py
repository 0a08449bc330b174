"""What every act from a page needs: who may, the number it was made from, the lists it carries, and what follows."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.dossiers.queries.dossiers import get_dossier
from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, Stale
from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem
from onestop.journal.operations import actor_name
from onestop.journal.queries import list_entries
from onestop.web.base.permissions import View, requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.texts import clean

LONGEST = 2000


def act(verb: Verb) -> Callable[[View], View]:
    """Mark a view that does `verb` to one dossier: by POST, for whom some dossier could allow it.

    Somebody who presses the same button twice is told that it was done already, and sees the dossier.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def once(request: ActingRequest, code: str) -> HttpResponseBase:
            try:
                return view(request, code)
            except Stale:
                if not _did_it_already(request, code, verb):
                    raise
            messages.info(request, _("You did this already: %(code)s") % {"code": code})
            face = request.resolver_match.namespace if request.resolver_match else ""
            return redirect(f"{face}:dossier", code=code)

        return requires(verb)(require_POST(once))

    return guard


def _did_it_already(request: ActingRequest, code: str, verb: Verb) -> bool:
    """True if all that happened since the page was made is this same act by the same person."""
    seen = seen_of(request.POST) or 0
    entries = list_entries(get_dossier(code=code, by=request.principal).pk)
    since = [entry for entry in entries if entry.sequence > seen]
    mine = all(entry.actor == actor_name(request.principal) for entry in since)
    return bool(since) and mine and verb in {entry.kind for entry in since}


def seen_of(sent: QueryDict) -> int | None:
    """Return the number of the last entry that the page showed, if it sent one."""
    text = sent.get("seen", "")
    return int(text) if text.isdigit() else None


def words_of(sent: QueryDict, name: str) -> str:
    """Return a text field, trimmed and bounded."""
    return clean(sent.get(name, ""), LONGEST)


def reasons_of(sent: QueryDict) -> tuple[Reason, ...]:
    """Return the reasons given: fields `why` and `ground`, in pairs; empty pairs are left out."""
    pairs = zip(sent.getlist("why"), sent.getlist("ground"), strict=False)
    return tuple(
        Reason(clean(why, LONGEST), clean(ground, 200)) for why, ground in pairs if why.strip() or ground.strip()
    )


def items_of(sent: QueryDict) -> tuple[SupplementItem, ...]:
    """Return what is asked for: fields `document`, `why`, `how`, `ground`, row by row; without a why it is left out."""
    rows = zip(sent.getlist("document"), sent.getlist("why"), sent.getlist("how"), sent.getlist("ground"), strict=False)
    return tuple(
        SupplementItem(document, clean(why, LONGEST), clean(how, LONGEST), clean(ground, 200))
        for document, why, how, ground in rows
        if why.strip()
    )


def done(request: HttpRequest, message: str, fallback: str, **names: Any) -> HttpResponse:
    """Tell that it is done and go on: to the address the page asked for if it is ours, else to `fallback`."""
    messages.success(request, message)
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(wanted)
    return HttpResponseRedirect(reverse(fallback, kwargs=names or None))


def moment_of(sent: QueryDict, name: str) -> datetime:
    """Return a moment typed as date and time of the province. Raises `Invalid`."""
    text = sent.get(name, "")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        raise Invalid("moment.unreadable", moment=text) from None
