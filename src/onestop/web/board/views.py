"""Pages of the board: public aggregates, and for officers the dossiers behind each number."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from onestop.dossiers.rules.states import State
from onestop.errors import NotFound
from onestop.indicators.queries.behind import Behind, count_behind, iterate_behind, list_behind
from onestop.indicators.queries.figures import Row, Survey, list_figures, list_rows, take_survey
from onestop.indicators.queries.units import find_names, own_agency, top_unit
from onestop.indicators.rules.definitions import Part
from onestop.web.base.moments import language
from onestop.web.base.permissions import public, requires
from onestop.web.board.exports import DOSSIER_HEAD, FIGURE_HEAD, figure_rows, stream_csv
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import show, show_board
from onestop.web.board.surveys import Asked, read_asked, survey_for


@public
def public_board(request: HttpRequest) -> HttpResponse:
    """The figures of the province and of each agency, for everybody: aggregates only, small counts kept back."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    shown = show_board(list_figures(survey, unit=asked.unit), _rows(survey, asked, None), asked, opens=False)
    return render(request, "board/public.html", {**shown, **_frame(asked, survey)})


@public
def public_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as open data."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    figures, rows = list_figures(survey, unit=asked.unit), _rows(survey, asked, None)
    return stream_csv(FIGURE_HEAD, figure_rows(figures, rows, _name(asked.unit), is_public=True), "bang-chi-so.csv")


@requires(*OFFICERS)
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of the own agency or one below it; every number opens its dossiers."""
    by = _principal(request)
    asked = read_asked(request, unit=own_agency(by))
    survey = survey_for(asked)
    shown = show_board(list_figures(survey, unit=asked.unit, by=by), _rows(survey, asked, by), asked, opens=True)
    return render(request, "board/overview.html", {**shown, **_frame(asked, survey)})


@requires(*OFFICERS)
def overview_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table to take away."""
    by = _principal(request)
    asked = read_asked(request, unit=own_agency(by))
    survey = survey_for(asked)
    figures, rows = list_figures(survey, unit=asked.unit, by=by), _rows(survey, asked, by)
    return stream_csv(FIGURE_HEAD, figure_rows(figures, rows, _name(asked.unit), is_public=False), "chi-so-don-vi.csv")


@requires(*OFFICERS)
def behind(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The dossiers behind one number, within my rights, by the statement that counted them."""
    by, asked, number = _number(request, code, part)
    survey = take_survey(as_of=number.as_of, period_from=number.period_from, codes=[code])
    figures = list_figures(survey, unit=asked.unit, by=by)
    if not figures:
        raise NotFound("indicators.indicator_unknown", indicator=code)
    shown = {
        "shown": show(figures[0], asked, opens=True),
        "part": number.part.value,
        "page_of": list_behind(number, by=by, after=request.GET.get("after", "")),
        "mine": count_behind(number, by=by),
        "total": figures[0].numerator if number.part is Part.NUMERATOR else figures[0].denominator,
    }
    return render(request, "board/behind.html", {**shown, **_frame(asked, survey)})


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


def _number(request: HttpRequest, code: str, part: str) -> tuple[Any, Asked, Behind]:
    """Who asks for which number. The unit has to be one whose figures this principal may see."""
    if part not in set(Part):
        raise NotFound("indicators.indicator_unknown", indicator=code)
    by = _principal(request)
    asked = read_asked(request, unit=own_agency(by))
    number = Behind(code, Part(part), asked.as_of, unit=asked.unit, scheme="province", period_from=asked.period_from)
    return by, asked, number


def _rows(survey: Survey, asked: Asked, by: Any) -> tuple[Row, ...]:
    return list_rows(survey, unit=asked.unit, by=by) if asked.unit else ()


def _frame(asked: Asked, survey: Survey) -> dict[str, object]:
    return {
        "asked": asked,
        "survey": survey,
        "unit_name": _name(asked.unit),
        "query": asked.address(),
        "today": timezone.localdate(),
        "is_top": asked.unit == top_unit(),
    }


def _name(unit: str) -> str:
    names = find_names(unit)
    return names.get(language()) or names.get("vi", unit)


def _principal(request: HttpRequest) -> Any:
    return request.principal  # type: ignore[attr-defined]  # set by the middleware
