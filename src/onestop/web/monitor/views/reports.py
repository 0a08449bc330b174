"""For the staff of the centre: what has come in, what is wrong with it, who has not sent anything."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onestop.indicators.queries.definitions import get_definition
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.nation import list_days
from onestop.monitor.queries.submissions import find_submission, list_comparisons, list_missing, list_submissions
from onestop.monitor.rules.faults import Fault, Found
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.monitor.readers import STAFF
from onestop.web.monitor.words import difference_word, fault_word


@requires(*STAFF)
def reports(request: ActingRequest) -> HttpResponse:
    """Who is missing for the newest day, and all reports, the newest first."""
    names = {member.code: member.name for member in list_members()}
    days = list_days()
    rows, next_key = list_submissions(member=request.GET.get("don-vi", ""), after=request.GET.get("after", ""))
    shown = {
        "day": days[0] if days else None,
        "missing": [names[code] for code in list_missing(days[0], timezone.now())] if days else [],
        "rows": [{"row": row, "name": names.get(row.member, row.member), "words": _words(row.faults)} for row in rows],
        "next_key": next_key,
    }
    return render(request, "monitor/reports.html", shown)


@requires(*STAFF)
def report(request: ActingRequest, number: int) -> HttpResponse:
    """One report: who signed it, what it says, everything that is wrong with it."""
    row = find_submission(number)
    if row is None:
        raise Http404
    names = {member.code: member.name for member in list_members()}
    shown = {"row": row, "name": names.get(row.member, row.member), "words": _words(row.faults)}
    compared = [
        {"row": item, "words": [difference_word(told) for told in item.differences]}
        for item in list_comparisons(number)
    ]
    figures = [{"row": item, "name": _name(item.code, row.day)} for item in row.figures.order_by("code")]
    shown |= {"figures": figures, "compared": compared}
    return render(request, "monitor/report.html", shown)


@requires(*STAFF)
def document(request: ActingRequest, number: int) -> HttpResponse:  # noqa: ARG001  # Django calls it so
    """The document byte for byte, as evidence."""
    row = find_submission(number)
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.digest[:16]}.json"'
    return response


def _name(code: str, day: date | None) -> str:
    """Return what a figure is called, as its definition says."""
    return get_definition(code, on=day or timezone.localdate()).worded(language()).name


def _words(faults: list[list[str]]) -> list[str]:
    return [fault_word(Found(Fault(code), about)) for code, about in faults]
