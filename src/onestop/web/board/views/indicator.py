"""One figure in depth: where it goes, what was written later, how like units stand, what looks made."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from onestop.accounts.rules import Principal
from onestop.errors import NotFound
from onestop.facts.rules.definitions import Subject
from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.definitions import PROVINCE
from onestop.indicators.queries.differences import Difference, find_difference
from onestop.indicators.queries.figures import list_figures
from onestop.web.base.permissions import requires
from onestop.web.base.tables import stream_csv
from onestop.web.board.depth import TIMED, show_comparison, show_course, show_signs, show_slopes, show_spread
from onestop.web.board.frames import ask, frame
from onestop.web.board.goals import find_goals
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import show
from onestop.web.board.surveys import Asked, survey_for

TREND_HEAD = ("indicator", "unit", "kind", "name", "numerator", "denominator", "share")


@requires(*OFFICERS)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One figure of a unit with everything that helps to read it."""
    by, asked = ask(request)
    survey = survey_for(asked)
    figure = _pick(list_figures(survey, unit=asked.unit, by=by), code)
    goal = find_goals([figure], unit=asked.unit, at=asked.as_of).get(code)
    shown: dict[str, object] = {"item": show(figure, asked, opens=True), "goal": goal, "code": code}
    if figure.is_known and figure.definition.subject is Subject.DOSSIER:
        shown |= {
            "course": show_course(figure, goal, asked),
            "comparison": show_comparison(code, asked),
            "slopes": show_slopes(code, asked),
            "signs": show_signs(code, asked, by),
            "spread": show_spread(asked) if code in TIMED else None,
            "is_timed": code in TIMED,
            "difference": _difference(code, asked, by) if asked.is_past else None,
        }
    return render(request, "board/indicator.html", {**shown, **frame(asked, survey, by)})


@requires(*OFFICERS)
def indicator_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    """The months of one figure and the units beside it, to take away."""
    by, asked = ask(request)
    figure = _pick(list_figures(survey_for(asked), unit=asked.unit, by=by), code)
    course, comparison = show_course(figure, None, asked), show_comparison(code, asked)
    rows = [
        [code, asked.unit, kind, mark.label, mark.numerator, mark.denominator, mark.value]
        for kind, marks in (("month", course.trend.marks), ("unit", comparison.marks))
        for mark in marks
    ]
    return stream_csv(TREND_HEAD, rows, f"{code.lower()}.csv")


def _difference(code: str, asked: Asked, by: Principal) -> Difference:
    return find_difference(
        code, as_of=asked.as_of, by=by, period_from=asked.period_from, unit=asked.unit, scheme=PROVINCE
    )


def _pick(figures: tuple[Figure, ...], code: str) -> Figure:
    for figure in figures:
        if figure.definition.code == code:
            return figure
    raise NotFound("indicators.indicator_unknown", indicator=code)
