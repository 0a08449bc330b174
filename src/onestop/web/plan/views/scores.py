"""Points: of the officials of a unit for its head, of an official for themselves; every point opens its dossiers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestop.accounts.rules import Role
from onestop.dossiers.operations.reading import record_list
from onestop.errors import NotFound
from onestop.plans.queries.agency_scoring import score_agencies
from onestop.plans.queries.plans import top_unit_id
from onestop.plans.queries.scoring import OfficialScore, list_points, score_posting, score_unit
from onestop.plans.rules.scoring import AGENCY_BANDS, OF_OFFICIALS, OFFICIAL_BANDS, SCHEME, find_grade
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.plan.asking import own_agency, period_of
from onestop.web.plan.readers import OFFICERS


@requires(Role.LEADER)
def scores(request: ActingRequest) -> HttpResponse:
    """The officials of the unit I lead, and the unit itself."""
    unit = own_agency(request.principal)
    year, begin, end = period_of(request)
    found = score_unit(unit=unit, begin=begin, end=end, by=request.principal)
    total = score_agencies(units=[unit], begin=begin, end=end)[unit]
    shown = {
        "officials": [_shown(item) for item in found],
        "agency": total,
        "agency_grade": find_grade(total, AGENCY_BANDS),
        "indicators": OF_OFFICIALS,
        "compares": request.principal.unit_id == top_unit_id(),
        "year": year,
        "scheme": SCHEME,
    }
    return render(request, "plan/scores.html", shown)


@requires(*OFFICERS)
def my_scores(request: ActingRequest) -> HttpResponse:
    """My own points."""
    posting = request.principal.posting_id
    if posting is None or request.principal.on_behalf_of:
        raise NotFound("score.unknown")
    year, begin, end = period_of(request)
    found = score_posting(posting_id=posting, begin=begin, end=end, by=request.principal)
    return render(request, "plan/my_scores.html", {**_shown(found), "year": year, "scheme": SCHEME})


@requires(*OFFICERS)
def points(request: ActingRequest, posting_id: int, indicator: int) -> HttpResponse:
    """The dossiers behind one score, the worst first; that their list was opened is on record for their owners."""
    if indicator not in OF_OFFICIALS:
        raise NotFound("score.unknown")
    year, begin, end = period_of(request)
    by = request.principal
    found = score_posting(posting_id=posting_id, begin=begin, end=end, by=by)
    rows = list_points(posting_id=posting_id, indicator=indicator, begin=begin, end=end, by=by)
    record_list(rows=[row.dossier for row in rows], by=by, what=f"plan:points:{indicator}", at=timezone.now())
    score = next(score for score in found.total.scores if score.indicator == indicator)
    shown = {"official": found, "score": score, "indicator": indicator, "rows": rows, "year": year}
    return render(request, "plan/points.html", {**shown, "is_mine": found.account_id == by.account_id})


def _shown(found: OfficialScore) -> dict[str, object]:
    return {"official": found, "grade": find_grade(found.total, OFFICIAL_BANDS)}
