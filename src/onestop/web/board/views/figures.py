"""The figures themselves: for everybody as aggregates and open data, for officers in ten seconds and then in depth."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from onestop.facts.rules.figures import SMALL_CELL
from onestop.indicators.queries.definitions import all_definitions, list_schemes
from onestop.indicators.queries.figures import list_figures
from onestop.indicators.queries.units import top_unit
from onestop.web.base.permissions import public, requires
from onestop.web.base.tables import stream_csv
from onestop.web.board.alerts import show_alerts
from onestop.web.board.exports import FIGURE_HEAD, figure_rows, public_document
from onestop.web.board.frames import ask, frame, rows_of, unit_name
from onestop.web.board.goals import find_goals
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import ROW, show_board, show_definition
from onestop.web.board.surveys import read_asked, survey_for
from onestop.web.board.tenseconds import find_needs, find_slips, show_headlines


@public
def public_board(request: HttpRequest) -> HttpResponse:
    """The figures of the province and of each agency, for everybody: aggregates only, small counts kept back."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    figures = list_figures(survey, unit=asked.unit)
    goals = find_goals(figures, unit=asked.unit, at=asked.as_of)
    shown = show_board(figures, rows_of(survey, asked, None, ROW), asked, opens=False)
    headlines = show_headlines(figures, goals, asked, opens=False)
    return render(request, "board/public.html", {**shown, "headlines": headlines, **frame(asked, survey)})


@public
def public_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as open data."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    figures, rows = list_figures(survey, unit=asked.unit), rows_of(survey, asked, None)
    named = unit_name(asked.unit)
    return stream_csv(FIGURE_HEAD, figure_rows(figures, rows, named, is_public=True), "bang-chi-so.csv")


@public
def public_json(request: HttpRequest) -> HttpResponse:
    """The same as open data for machines, each figure with its whole definition."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    below = (figure for row in rows_of(survey, asked, None) for figure in row.figures)
    figures = [public_document(figure) for figure in (*list_figures(survey, unit=asked.unit), *below)]
    found = {"small_cells_below": SMALL_CELL, "figures": figures}
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@public
def definitions(request: HttpRequest) -> HttpResponse:
    """Every definition of every scheme: what is counted, out of what, by which rules and which law."""
    schemes = [
        (name, [show_definition(item) for item in all_definitions() if item.scheme == name]) for name in list_schemes()
    ]
    return render(request, "board/definitions.html", {"schemes": schemes})


@requires(*OFFICERS)
def overview(request: HttpRequest) -> HttpResponse:
    """The own agency, or one below it, in ten seconds; then every figure, each leading to its dossiers."""
    by, asked = ask(request)
    survey = survey_for(asked)
    figures, rows = list_figures(survey, unit=asked.unit, by=by), rows_of(survey, asked, by, ROW)
    goals = find_goals(figures, unit=asked.unit, at=asked.as_of)
    shown = {
        **show_board(figures, rows, asked, opens=True),
        "headlines": show_headlines(figures, goals, asked, opens=True),
        "slips": find_slips(asked),
        "needs": find_needs(rows, asked),
        "alerts": show_alerts(by),
    }
    return render(request, "board/overview.html", {**shown, **frame(asked, survey, by)})


@requires(*OFFICERS)
def overview_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table to take away."""
    by, asked = ask(request)
    survey = survey_for(asked)
    figures, rows = list_figures(survey, unit=asked.unit, by=by), rows_of(survey, asked, by)
    named = unit_name(asked.unit)
    return stream_csv(FIGURE_HEAD, figure_rows(figures, rows, named, is_public=False), "chi-so-don-vi.csv")


@public
def wall(request: HttpRequest) -> HttpResponse:
    """The five figures for a screen on the wall of the hall: large, renewed by itself, open to every eye."""
    asked = read_asked(request, unit=top_unit())
    survey = survey_for(asked)
    figures = list_figures(survey, unit=asked.unit)
    goals = find_goals(figures, unit=asked.unit, at=asked.as_of)
    headlines = show_headlines(figures, goals, asked, opens=False)
    return render(request, "board/wall.html", {"headlines": headlines, **frame(asked, survey)})
