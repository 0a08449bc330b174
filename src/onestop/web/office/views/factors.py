"""Signing with a key that asks its holder: a page that says what will be signed and takes PIN and one-time code.

What is typed is handed to the key's keeper once. It stands in no log, no session, no page: after a mistake it is typed
again.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.dossiers.operations.reading import record_list
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.dossiers.rules.states import Verb
from onestop.errors import Unavailable
from onestop.signing.operations import sign_with_factors
from onestop.signing.queries import find_consent, list_numbers
from onestop.signing.rules import paper_for
from onestop.trust.ports import Consent
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import word_error
from onestop.web.office.bulk_words import seen_of_each, tell

AT_MOST = 200
PREFIX = "factor-"
LONGEST = 64
Chosen = Mapping[str, int | None]
"""Codes, each with the number of the last entry that its officer has seen; None: what this page shows."""


def ask_for_factors(
    request: ActingRequest, chosen: Chosen, *, wrong: Unavailable | None = None, status: int = 200
) -> HttpResponse:
    """Show what will be signed, and a field for each factor. Raises `Unavailable` if the telephone is asked instead."""
    by, consent = request.principal, _consent(request.principal)
    rows = list_dossiers(by=by, codes=chosen, size=AT_MOST).rows if chosen else ()
    record_list(rows=rows, by=by, what="office:sign", at=timezone.now())
    numbers = list_numbers(row.code for row in rows)
    now, later = rows[: consent.at_once], rows[consent.at_once :]
    n = len(now)
    shown: dict[str, Any] = {
        "title": ngettext("Sign %(n)d result with your key", "Sign %(n)d results with your key", n) % {"n": n},
        "button": ngettext("Sign and approve %(n)d dossier", "Sign and approve %(n)d dossiers", n) % {"n": n},
        "rows": [(row, _seen(chosen, row), numbers.get(row.code, ""), has_paper(row)) for row in now],
        "later": [(row, _seen(chosen, row)) for row in later],
        "factors": [(PREFIX + name, *_label(name)) for name in consent.asks],
        "wrong": word_error(wrong) if wrong else "",
    }
    return render(request, "office/factors.html", shown, status=status)


@requires(Verb.SIGN)
@never_cache
@sensitive_post_parameters()
@require_POST
def sign_chosen(request: ActingRequest) -> HttpResponse:
    """Sign and approve what the page showed; what one consent was not enough for is asked for next."""
    sent = request.POST
    chosen, later = (seen_of_each(sent.getlist(name)[:AT_MOST]) for name in ("code", "later"))
    factors = {name: sent.get(PREFIX + name, "").strip()[:LONGEST] for name in _consent(request.principal).asks}
    if not chosen:
        return redirect("office:work")
    try:
        outcomes = sign_with_factors(
            codes=chosen, factors=factors, by=request.principal, at=timezone.now(), seen=chosen
        )
    except Unavailable as error:
        status = 422 if error.code == "key.refused" else 503
        return ask_for_factors(request, {**chosen, **later}, wrong=error, status=status)
    tell(request, outcomes)
    return ask_for_factors(request, later) if later else redirect("office:work")


def has_paper(row: Any) -> bool:
    """True if a paper comes out of this dossier; contents are kept in the process, so this asks nothing per row."""
    return paper_for(get_content(row.version_id)) is not None


def _consent(by: Principal) -> Consent:
    found = find_consent(by)
    if found is None:
        return Consent(at_once=AT_MOST)
    if not found.asks:
        raise Unavailable("key.asks_telephone")
    return found


def _seen(chosen: Chosen, row: Any) -> int:
    known = chosen[row.code]
    return row.journal_sequence if known is None else known


def _label(name: str) -> tuple[str, str]:
    """Return label and explanation of a factor by the name that the keeper has for it."""
    words = {
        "PIN": (_("PIN of your signing key"), _("The one you chose at the signing service, not your password here.")),
        "OTP": (_("One-time code"), _("A new one from your telephone or your device.")),
    }
    return words.get(name, (name, ""))
