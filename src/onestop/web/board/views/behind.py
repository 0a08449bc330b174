"""The dossiers behind one number, within the reader's rights, by the statement that counted them."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from onestop.accounts.rules import Principal
from onestop.dossiers.rules.states import State
from onestop.errors import NotFound
from onestop.facts.rules.definitions import Part
from onestop.indicators.queries.behind import Behind, count_behind, iterate_behind, list_behind
from onestop.indicators.queries.definitions import PROVINCE
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.web.base.permissions import requires
from onestop.web.base.tables import stream_csv
from onestop.web.board.exports import DOSSIER_HEAD
from onestop.web.board.frames import ask, frame
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import show
from onestop.web.board.surveys import Asked


@requires(*OFFICERS)
def behind(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The list behind one number, a page at a time."""
    by, asked, number = _number(request, code, part)
    survey = take_survey(as_of=number.as_of, period_from=number.period_from, codes=[code], scheme=number.scheme)
    figures = list_figures(survey, unit=asked.unit, by=by)
    if not figures:
        raise NotFound("indicators.indicator_unknown", indicator=code)
    scheme = "" if number.scheme == PROVINCE else number.scheme
    shown = {
        "shown": show(figures[0], asked, opens=True),
        "part": number.part.value,
        "page_of": list_behind(number, by=by, after=request.GET.get("after", "")),
        "mine": count_behind(number, by=by),
        "total": figures[0].numerator if number.part is Part.NUMERATOR else figures[0].denominator,
    }
    return render(request, "board/behind.html", {**shown, **frame(asked, survey), "query": asked.address(bo=scheme)})


@requires(*OFFICERS)
def behind_csv(request: HttpRequest, code: str, part: str) -> HttpResponseBase:
    """The whole list to take away, streamed; no personal data in it."""
    by, _, number = _number(request, code, part)
    rows = (
        [
            row.code, row.procedure.code, row.competent_unit.code, State(row.state).name.lower(),
            *(at.isoformat() if at else "" for at in (row.submitted_at, row.accepted_at, row.due_at, row.finished_at)),
        ]
        for row in iterate_behind(number, by=by)
    )  # fmt: skip
    return stream_csv(DOSSIER_HEAD, rows, f"{code.lower()}-{part}.csv")


def _number(request: HttpRequest, code: str, part: str) -> tuple[Principal, Asked, Behind]:
    """Who asks for which number. The unit has to be one whose figures this principal may see."""
    if part not in set(Part):
        raise NotFound("indicators.indicator_unknown", indicator=code)
    by, asked = ask(request)
    scheme = request.GET.get("bo", "") or PROVINCE
    number = Behind(code, Part(part), asked.as_of, unit=asked.unit, scheme=scheme, period_from=asked.period_from)
    return by, asked, number
