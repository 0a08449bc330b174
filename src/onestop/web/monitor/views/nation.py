"""The public pages: the nation in one figure, one member, what the national portal published; and open data."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from onestop.indicators.queries.definitions import get_definition
from onestop.indicators.queries.schemes import OBSERVED, get_scheme
from onestop.indicators.rules.scorecard import read_counts, score_groups
from onestop.monitor.queries.members import list_members
from onestop.monitor.queries.nation import Nation, survey_nation
from onestop.monitor.queries.reference import PUBLISHED_ON, published_counts, published_points
from onestop.monitor.rules.members import MemberClass
from onestop.web.base.moments import language
from onestop.web.base.permissions import public
from onestop.web.monitor.asking import Asked, read_asked
from onestop.web.monitor.opening import FORMS
from onestop.web.monitor.showing import (
    map_size,
    show_background,
    show_dots,
    show_heard,
    show_multiples,
    show_rows,
    show_steps,
    show_tiles,
)


@public
def nation(request: HttpRequest) -> HttpResponse:
    """Where the nation stands in one figure: who is ahead, who is behind, how far apart, what changed."""
    asked = read_asked(request)
    if asked is None:
        return render(request, "monitor/empty.html")
    found = _survey(asked)
    rows = show_rows(found, asked.address())
    by_code = {row.place.member.code: row for row in rows}
    rose, fell = found.movers
    shown = {
        "rows": rows,
        "tiles": show_tiles(rows) if found.kind is MemberClass.PROVINCE else [],
        "map_size": map_size(),
        "steps": show_steps(),
        "dots": show_dots(rows, ""),
        "multiples": show_multiples(rows),
        "background": show_background(found),
        "heard": show_heard(found),
        "rose": [row for row in (by_code[place.member.code] for place in rose) if row.direction and not row.hidden],
        "fell": [row for row in (by_code[place.member.code] for place in fell) if row.direction and not row.hidden],
        "top": [by_code[code] for code in found.unevenness.top] if found.unevenness else [],
        "bottom": [by_code[code] for code in found.unevenness.bottom] if found.unevenness else [],
    }
    return render(request, "monitor/nation.html", {**shown, **_frame(asked, found)})


@public
def member(request: HttpRequest, code: str) -> HttpResponse:
    """One member: its place in every figure, its history, and who it stands for."""
    known = {item.code: item for item in list_members()}
    asked = read_asked(request)
    if asked is None or code not in known:
        raise Http404
    figures = []
    for item in asked.codes:
        found = survey_nation(code=item, kind=known[code].kind, day=asked.day)
        rows = show_rows(found, "")
        row = next((row for row in rows if row.place.member.code == code), None)
        words = get_definition(item, on=found.day).worded(language())
        months = [*zip(found.days, row.place.history, strict=True)][::-1] if row and not row.hidden else []
        dots = show_dots(rows, code)
        figures.append({"nation": found, "row": row, "words": words, "dots": dots, "months": months})
    shown = {
        "member": known[code],
        "figures": figures,
        "predecessors": [item for item in known.values() if item.successor == code],
        "successor": known.get(known[code].successor),
        "back": asked.address(loai=known[code].kind.value),
    }
    return render(request, "monitor/member.html", shown)


@public
def published(request: HttpRequest) -> HttpResponse:
    """Points that the national portal published, beside those recomputed from the counts behind them."""
    names = {item.code: item.name for item in list_members()}
    scheme = get_scheme(OBSERVED)
    heads = {group.code: group.wording[language()] for group in scheme}
    published = published_points()
    points = [
        {"name": names[code], "rank": told["rank"], "total": told["total"], "groups": [told[group] for group in heads]}
        for code, told in published.items()
    ]
    recomputed = [
        {
            "name": names[code],
            "groups": [
                {"name": heads[group.code], "group": group, "published": published[code].get(group.code)}
                for group in score_groups(scheme, read_counts(raw), is_commune=False)
            ],
        }
        for code, raw in published_counts().items()
    ]
    shown = {
        "points": points,
        "heads": heads.values(),
        "recomputed": recomputed,
        "on": date.fromisoformat(PUBLISHED_ON),
    }
    return render(request, "monitor/published.html", shown)


@public
def open_data(request: HttpRequest, form: str) -> HttpResponseBase:
    """The ranking as open data: CSV, JSON or Parquet. Small numbers are left out."""
    asked = read_asked(request)
    if asked is None or form not in FORMS:
        raise Http404
    return FORMS[form](_survey(asked))


def _survey(asked: Asked) -> Nation:
    return survey_nation(code=asked.code, kind=asked.kind, day=asked.day)


def _frame(asked: Asked, found: Nation) -> dict[str, Any]:
    definition = get_definition(found.code, on=found.day)
    return {
        "asked": asked,
        "nation": found,
        "definition": definition,
        "words": definition.worded(language()),
        "choices": [(item.code, item.worded(language()).name) for item in asked.definitions],
        "kinds": list(MemberClass),
        "query": asked.address(),
    }
