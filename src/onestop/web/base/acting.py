"""What every act from a page needs: the number it was made from, the lists it carries, and what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem

LONGEST = 2000


def seen_of(sent: QueryDict) -> int | None:
    """Return the number of the last entry that the page showed, if it sent one."""
    text = sent.get("seen", "")
    return int(text) if text.isdigit() else None


def words_of(sent: QueryDict, name: str) -> str:
    """Return a text field, trimmed and bounded."""
    return sent.get(name, "").strip()[:LONGEST]


def reasons_of(sent: QueryDict) -> tuple[Reason, ...]:
    """Return the reasons given: fields `why` and `ground`, in pairs; empty pairs are left out."""
    pairs = zip(sent.getlist("why"), sent.getlist("ground"), strict=False)
    return tuple(
        Reason(why.strip()[:LONGEST], ground.strip()[:200]) for why, ground in pairs if why.strip() or ground.strip()
    )


def items_of(sent: QueryDict) -> tuple[SupplementItem, ...]:
    """Return what is asked for: fields `document`, `why`, `how`, `ground`, row by row; rows without a why are left out."""
    rows = zip(
        sent.getlist("document"), sent.getlist("why"), sent.getlist("how"), sent.getlist("ground"), strict=False
    )
    return tuple(
        SupplementItem(document, why.strip()[:LONGEST], how.strip()[:LONGEST], ground.strip()[:200])
        for document, why, how, ground in rows
        if why.strip()
    )


def done(request: HttpRequest, message: str, fallback: str, **names: Any) -> HttpResponse:
    """Tell that it is done and go on: to the address the page asked for if it is ours, else to `fallback`."""
    messages.success(request, message)
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return redirect(wanted)
    return redirect(fallback, **names)
