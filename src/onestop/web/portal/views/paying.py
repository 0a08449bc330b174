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
    """Open an order for what is owed, and show the way to the platform."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    if request.method == "POST":
        open_order(
            code=row.code,
            notify=request.build_absolute_uri(reverse("api:payment_notice")),
            back=request.build_absolute_uri(reverse("portal:payment", args=[row.code])),
            by=request.principal,
            at=timezone.now(),
        )
    return redirect("portal:payment", code=row.code)


@requires(Role.APPLICANT)
@require_http_methods(["GET", "POST"])
def payment(request: ActingRequest, code: str) -> HttpResponse:
    """Show how the payment stands; the payer comes back here. The button asks the platform at once."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now())
    order = find_newest_order(row)
    if request.method == "POST" and order is not None:
        state = settle(reference=order.reference, at=timezone.now()).state
        if state == OrderState.OPEN:
            messages.info(request, _("The payment platform has not received anything yet."))
        return redirect("portal:payment", code=code)
    shown = {
        "dossier": row,
        "order": order,
        "money": tell_money(list_entries(row.pk), row),
        "pays_online": can_pay_online(row, timezone.localdate()),
    }
    return render(request, "portal/payment.html", shown)
