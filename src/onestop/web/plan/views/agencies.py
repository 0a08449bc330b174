"""Points of all agencies side by side, for the leader and the control officers of the province."""

from time import monotonic
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from onestop.accounts.rules import Role
from onestop.plans.queries.agency_scoring import AgencyScore, check_may_compare, list_agency_scores
from onestop.plans.rules.scoring import AGENCY_BANDS, OF_AGENCIES, SCHEME, Score, find_grade
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest
from onestop.web.base.tables import stream_csv
from onestop.web.plan.asking import period_of

HEAD = ("unit", "name", "dossiers", "low", "high", "most", "grade", *(f"indicator_{n}" for n in OF_AGENCIES))
KEPT_SECONDS, DEAR, MOST_KEPT = 600.0, 1.0, 8
_kept: dict[int, tuple[float, list[AgencyScore]]] = {}


@requires(Role.LEADER, Role.AUDITOR)
def agencies(request: ActingRequest) -> HttpResponse:
    """The table: a range where not all is known, a grade only if nothing missing could change it."""
    year, rows = _rows(request)
    chosen = request.GET.get("xep", "-tong")
    shown = {
        "year": year,
        "rows": sorted(rows, key=lambda row: _order(row, chosen.lstrip("-")), reverse=chosen.startswith("-")),
        "heads": [_head(name, chosen) for name in ("ten", "tong", "ho-so", *map(str, OF_AGENCIES))],
        "gaps": sorted(
            {score.gap for row in rows for score in row["total"].scores if score.mean is None and score.gap}
        ),
        "scheme": SCHEME,
    }
    return render(request, "plan/agencies.html", shown)


@requires(Role.LEADER, Role.AUDITOR)
def agencies_csv(request: ActingRequest) -> HttpResponseBase:
    """The same as a table to take away; an indicator not known is written as the range in which it lies."""
    year, rows = _rows(request)
    lines = [
        (
            row["score"].unit, row["name"], row["score"].dossiers, row["total"].low, row["total"].high,
            row["total"].most, row["grade"] or "", *(_written(score) for score in row["total"].scores),
        )
        for row in sorted(rows, key=lambda row: row["score"].unit)
    ]  # fmt: skip
    return stream_csv(HEAD, lines, f"cham-diem-co-quan-{year}.csv")


def _rows(request: ActingRequest) -> tuple[int, list[dict[str, Any]]]:
    year, begin, end = period_of(request)
    started, found = monotonic(), _kept.get(year)
    check_may_compare(request.principal)
    if found and started - found[0] < KEPT_SECONDS:
        scores = found[1]
    else:
        scores = list_agency_scores(begin=begin, end=end, by=request.principal)
        _keep(year, scores, started)
    return year, [
        {
            "score": item,
            "name": item.names.get(language()) or item.names["vi"],
            "total": item.total,
            "grade": find_grade(item.total, AGENCY_BANDS),
        }
        for item in scores
    ]


def _keep(year: int, scores: list[AgencyScore], started: float) -> None:
    """Keep what took long for some minutes."""
    if scores and monotonic() - started > DEAR:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[year] = (monotonic(), scores)


def _order(row: dict[str, Any], by: str) -> tuple[Any, ...]:
    """By the middle of a range, and the narrower of two alike first; by name as it is written."""
    total = row["total"]
    if by == "ten":
        return (row["name"],)
    if by == "ho-so":
        return (row["score"].dossiers, row["name"])
    if by.isdigit() and int(by) in OF_AGENCIES:
        score = total.scores[OF_AGENCIES.index(int(by))]
        return (_middle(score), row["name"])
    return (total.low + total.high, total.low, row["name"])


def _middle(score: Score) -> Any:
    return 2 * score.mean if score.mean is not None else score.least + score.highest


def _head(name: str, chosen: str) -> dict[str, Any]:
    """A heading that sorts: once by the most first, and the other way round if asked again."""
    is_chosen, falls = chosen.lstrip("-") == name, chosen.startswith("-")
    following = f"-{name}" if not is_chosen or not falls else name
    state = ("descending" if falls else "ascending") if is_chosen else ""
    return {"name": name, "number": int(name) if name.isdigit() else None, "next": following, "state": state}


def _written(score: Score) -> str:
    return str(score.mean) if score.mean is not None else f"{score.least}–{score.highest}"
