"""Putting a result into one's wallet: an offer by QR code or link, and a pin by hand."""

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Role
from onestop.dossiers.operations.reading import open_dossier
from onestop.errors import NotFound
from onestop.results.operations.wallets import offer_credential
from onestop.results.queries import find_result
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def wallet(request: ActingRequest, code: str) -> HttpResponse:
    """Say what it is; by POST make an offer and show it this once."""
    at = timezone.now()
    row = open_dossier(code=code, by=request.principal, at=at)
    result = find_result(row)
    if result is None:
        raise NotFound("result.none_yet", code=code)
    offer = offer_credential(code=row.code, by=request.principal, at=at) if request.method == "POST" else None
    picture = segno.make(offer.link, error="l", micro=False).svg_data_uri(border=4, light="white") if offer else ""
    shown = {"dossier": row, "result": result, "offer": offer, "picture": picture}
    response = render(request, "portal/wallet.html", shown)
    response["Cache-Control"] = "no-store"
    return response
