"""The reports the law asks for, printable and as tables to take away; and the points of the scorecard."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from onestop.indicators.queries.figures import list_figures
from onestop.indicators.queries.reports import ONE_STOP, Report, make_settlement_report
from onestop.indicators.queries.schemes import OBSERVED, get_scheme_note
from onestop.indicators.queries.scorecards import make_card
from onestop.indicators.queries.units import check_may_see, top_unit
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.base.tables import stream_csv
from onestop.web.board.frames import ask, begin_of, frame
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import reason_word, show
from onestop.web.board.surveys import Asked, survey_for


@requires(*OFFICERS)
def settlement(request: HttpRequest) -> HttpResponse:
    """Biểu 06: settlement of a unit by sector (tình hình, kết quả giải quyết thủ tục hành chính)."""
    by, asked = ask(request)
    check_may_see(asked.unit, by)
    return render(request, "board/settlement.html", {"report": _report(asked), **frame(asked, None, by)})


@requires(*OFFICERS)
def settlement_csv(request: HttpRequest) -> HttpResponseBase:
    """Biểu 06 to take away."""
    by, asked = ask(request)
    check_may_see(asked.unit, by)
    report = _report(asked)
    head = ["sector", *(column.code for column in report.columns)]
    rows = [[row.names.get(language(), row.sector), *row.numbers] for row in report.rows]
    return stream_csv(head, [*rows, ["", *report.total]], "bieu-06.csv")


@requires(*OFFICERS)
def one_stop(request: HttpRequest) -> HttpResponse:
    """Biểu II.07b: procedures under authority, at the one-stop, with workflows; of the whole province."""
    by, asked = ask(request)
    survey = survey_for(asked, ONE_STOP)
    items = {figure.definition.code: show(figure, asked, opens=False) for figure in list_figures(survey)}
    groups = [[items[f"B07_{name}{level}"] for level in LEVELS] for name in ("AUTHORITY", "ONE_STOP", "WORKFLOW")]
    return render(request, "board/one_stop.html", {"groups": groups, **frame(asked, survey, by)})


@requires(*OFFICERS)
def one_stop_csv(request: HttpRequest) -> HttpResponseBase:
    """Biểu II.07b to take away; what is not recorded says why and has no number."""
    _, asked = ask(request)
    rows = [
        [
            figure.definition.code,
            figure.definition.worded(language()).name,
            figure.numerator if figure.is_known else "",
            reason_word(figure.definition.no_data),
        ]
        for figure in list_figures(survey_for(asked, ONE_STOP))
    ]
    return stream_csv(("code", "name", "number", "no_data"), rows, "bieu-ii-07b.csv")


@requires(*OFFICERS)
def scorecard(request: HttpRequest) -> HttpResponse:
    """The points of a unit by the scheme the national portal was seen to use."""
    by, asked = ask(request)
    survey = survey_for(asked, OBSERVED)
    list_figures(survey, unit=asked.unit, by=by)
    card = make_card(survey, scheme=OBSERVED, unit=asked.unit)
    groups = [
        (group, score, [(item, show(item.figure, asked, opens=True) if item.figure else None) for item in criteria])
        for group, score, criteria in card.groups
    ]
    shown = {"card": card, "groups": groups, "note": get_scheme_note(OBSERVED), "scheme": OBSERVED}
    return render(request, "board/scorecard.html", {**shown, **frame(asked, survey, by)})


LEVELS = ("", "_PROVINCE", "_COMMUNE")


def _report(asked: Asked) -> Report:
    return make_settlement_report(unit=asked.unit or top_unit(), as_of=asked.as_of, period_from=begin_of(asked))
