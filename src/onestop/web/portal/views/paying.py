"""Paying the fee of my dossier online: to the platform and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onestop.accounts.rules import Role
from onestop.dossiers.operations.reading import open_dossier
from onestop.fees.operations.ordering import open_order
from onestop.fees.operations.settling import settle
from onestop.fees.queries import can_pay_online, find_newest_order
from onestop.fees.rules.platform import OrderState
from onestop.journal.queries import list_entries
from onestop.web.base.money import tell_money
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def pay(request: ActingRequest, code: str) -> HttpResponse:
    """Open an order for what is owed, and show the way to the platform; a page loaded anew only shows how it stands."""
    if request.method == "GET":
        return _shown(request, code)
    open_order(
        code=code,
        notify=request.build_absolute_uri(reverse("api:payment_notice")),
        back=request.build_absolute_uri(reverse("portal:payment", args=[code])),
        by=request.principal,
        at=timezone.now(),
    )
    return redirect("portal:payment", code=code)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def payment(request: ActingRequest, code: str) -> HttpResponse:
    """Show how the payment stands; the payer comes back here. The button asks the platform at once."""
    if request.method == "GET":
        return _shown(request, code)
    order = find_newest_order(open_dossier(code=code, by=request.principal, at=timezone.now()))
    if order is not None and settle(reference=order.reference, at=timezone.now()).state == OrderState.OPEN:
        messages.info(request, _("The payment platform has not received anything yet."))
    return redirect("portal:payment", code=code)


def _shown(request: ActingRequest, code: str) -> HttpResponse:
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    shown = {
        "dossier": row,
        "order": find_newest_order(row),
        "money": tell_money(list_entries(row.pk), row),
        "pays_online": can_pay_online(row, timezone.localdate()),
    }
    return render(request, "portal/payment.html", shown)
