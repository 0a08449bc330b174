"""For the staff of the centre: what has come in, what is wrong with it, who has not sent anything."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from onestop.errors import Refused
from onestop.monitor.operations.facts import ask_for_facts
from onestop.monitor.queries.facts import find_open_request, list_comparisons, list_requests
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.nation import list_days
from onestop.monitor.queries.submissions import find_submission, list_missing, list_submissions
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.wording import word_error, word_reasons
from onestop.web.monitor.readers import STAFF
from onestop.web.monitor.words import fault_words, figure_name, show_difference


@requires(*STAFF)
def reports(request: ActingRequest) -> HttpResponse:
    """Who is missing for the newest day, and all reports, the newest first; or those alone that have a fault."""
    names, days = _names(), list_days()
    only_faulty = request.GET.get("loi") == "1"
    rows, next_key = list_submissions(
        member=request.GET.get("don-vi", ""), only_faulty=only_faulty, after=request.GET.get("after", "")
    )
    shown = {
        "day": days[0] if days else None,
        "missing": [names[code] for code in list_missing(days[0], timezone.now())] if days else [],
        "rows": [
            {"row": row, "name": names.get(row.member, row.member), "words": fault_words(row.faults, row.day)}
            for row in rows
        ],
        "only_faulty": only_faulty,
        "next_key": next_key,
    }
    return render(request, "monitor/reports.html", shown)


@requires(*STAFF)
def report(request: ActingRequest, number: int) -> HttpResponse:
    """One report: who signed it, what it says, everything that is wrong with it, how it compares with its facts."""
    row = find_submission(number)
    if row is None:
        raise Http404
    figures = {
        item.code: {"row": item, "name": figure_name(item.code, row.day)} for item in row.figures.order_by("code")
    }
    compared = [
        {"row": item, "differences": [show_difference(told, row.day) for told in item.differences]}
        for item in list_comparisons(number)
    ]
    shown = {
        "row": row,
        "name": _names().get(row.member, row.member),
        "words": fault_words(row.faults, row.day),
        "figures": figures.values(),
        "compared": compared,
        "requests": list_requests(number),
        "waits": find_open_request(number) is not None,
    }
    return render(request, "monitor/report.html", shown)


@requires(*STAFF)
@require_POST
def ask(request: ActingRequest, number: int) -> HttpResponse:
    """Ask the member for the facts behind its report."""
    try:
        ask_for_facts(number=number, reason=request.POST.get("ly-do", ""), by=request.principal, at=timezone.now())
        messages.success(request, gettext("Asked. The unit is told when it sends its next report."))
    except Refused as refused:
        messages.error(request, " ".join([word_error(refused), *word_reasons(refused)]))
    return redirect("monitor:report", number)


@requires(*STAFF)
def document(request: ActingRequest, number: int) -> HttpResponse:  # noqa: ARG001  # Django calls it so
    """The document byte for byte, as evidence."""
    row = find_submission(number)
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.digest[:16]}.json"'
    return response


def _names() -> dict[str, str]:
    return {member.code: member.name for member in list_members()}
