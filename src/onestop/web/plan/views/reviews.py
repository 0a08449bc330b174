"""The review sheet of a quarter: to look at, to sign, to take away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onestop.accounts.rules import Role
from onestop.agencies.queries import get_unit
from onestop.plans.operations.reviewing import sign_review
from onestop.plans.queries.plans import find_plan, find_version_in_force, get_plan, list_years
from onestop.plans.queries.reviews import end_of_quarter, find_review, preview_review
from onestop.plans.rules.kinds import Deed
from onestop.plans.rules.rights import permits
from onestop.web.base.downloads import download, show
from onestop.web.base.names import named
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import check_may_see, own_agency, read_asked
from onestop.web.plan.readers import OFFICERS

QUARTERS = (1, 2, 3, 4)


@requires(*OFFICERS)
def reviews(request: ActingRequest) -> HttpResponse:
    """The four quarters of a unit: signed, to be signed, or still to come."""
    by, now = request.principal, timezone.now()
    asked = read_asked(request, unit=own_agency(by))
    check_may_see(asked.unit, by)
    plan, unit = find_plan(asked.year), get_unit(asked.unit)
    may_sign = plan is not None and permits(Deed.SIGN_REVIEW, by, plan_unit_id=plan.unit_id, unit_id=unit.pk)
    rows = []
    for quarter in QUARTERS:
        if plan is None:
            break
        ended = end_of_quarter(asked.year, quarter)
        sheet = find_review(plan, unit=asked.unit, quarter=quarter)
        is_over, judged = now > ended, find_version_in_force(plan, min(now, ended)) is not None
        begun = quarter == 1 or now > end_of_quarter(asked.year, quarter - 1)
        row = {"number": quarter, "ended": ended, "sheet": sheet, "is_over": is_over, "begun": begun and judged}
        rows.append({**row, "may_sign": may_sign and is_over and judged and sheet is None})
    shown = {"asked": asked, "rows": rows, "unit_name": named(unit), "years": list_years()}
    return render(request, "plan/reviews.html", shown)


@requires(*OFFICERS)
def sheet(request: ActingRequest, year: int, unit: str, quarter: int) -> HttpResponse:
    """The signed sheet; without one, as it would be signed now."""
    check_may_see(unit, request.principal)
    plan, name = get_plan(year), f"ra-soat-{year}-q{quarter}-{unit}.pdf"
    signed = find_review(plan, unit=unit, quarter=quarter)
    if signed is not None:
        return download(signed.sha256, name)
    signer = request.principal if request.principal.has(Role.LEADER) else None
    return show(preview_review(plan, unit=unit, quarter=quarter, at=timezone.now(), signer=signer), name)


@requires(Role.LEADER)
@require_POST
def sign(request: ActingRequest, year: int, unit: str, quarter: int) -> HttpResponse:
    """The leader signs the sheet."""
    check_may_see(unit, request.principal)
    sign_review(year=year, unit=unit, quarter=quarter, by=request.principal, at=timezone.now())
    messages.success(request, _("The review sheet is signed."))
    return redirect(f"{reverse('plan:reviews')}?nam={year}&don-vi={unit}")
