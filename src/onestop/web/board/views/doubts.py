"""What to doubt: the quality of the data before publication, counters that must agree, signs of gaming."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestop.accounts.rules import Role
from onestop.facts.rules.figures import Figure
from onestop.indicators.queries.alarms import SCHEME as ALARMS
from onestop.indicators.queries.alarms import list_signs
from onestop.indicators.queries.definitions import rule_words
from onestop.indicators.queries.figures import list_figures
from onestop.indicators.queries.quality import SCHEME as QUALITY
from onestop.indicators.queries.quality import Check, find_quality
from onestop.indicators.queries.reconciliation import reconcile
from onestop.indicators.queries.units import check_may_see, find_names, top_unit
from onestop.indicators.rules.alarms import Alarm
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.board.frames import ask, frame
from onestop.web.board.readers import OFFICERS
from onestop.web.board.showing import show, show_definition
from onestop.web.board.surveys import Asked, survey_for


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """An alarm with the unit's name and where it leads."""

    alarm: Alarm
    name: str
    href: str


@requires(*OFFICERS)
def quality(request: HttpRequest) -> HttpResponse:
    """The report on the data of a unit before its figures are published."""
    by, asked = ask(request)
    check_may_see(asked.unit, by)
    survey = survey_for(asked, QUALITY)
    found = find_quality(survey, unit=asked.unit)
    usual = {} if asked.unit == top_unit() else _shares(list_figures(survey, unit=top_unit()))
    shown = {
        "doubts": [(show(figure, asked, opens=True), usual.get(figure.definition.code)) for figure in found.doubts],
        "has_usual": bool(usual),
        "checks": [(_check_word("check", check), _check_word("check_remedy", check), check) for check in found.checks],
        "raised": found.raised,
        "counters": reconcile(as_of=asked.as_of) if asked.unit == top_unit() else (),
    }
    return render(request, "board/quality.html", {**shown, **frame(asked, survey, by)})


@requires(Role.LEADER, Role.AUDITOR)
def alarms(request: HttpRequest) -> HttpResponse:
    """The units that show more of a sign than like units do, for whoever answers for them."""
    by, asked = ask(request)
    survey = survey_for(asked, ALARMS)
    whole = {figure.definition.code: figure for figure in list_figures(survey, unit=top_unit())}
    signs = [
        (
            show_definition(sign.definition),
            [_alarm(alarm, sign.definition.code, asked) for alarm in sign.raised],
            whole.get(sign.definition.code),
        )
        for sign in list_signs(survey, top=top_unit(), by=by)
    ]
    return render(request, "board/alarms.html", {"signs": signs, **frame(asked, survey, by)})


def _alarm(alarm: Alarm, code: str, asked: Asked) -> AlarmShown:
    names = find_names(alarm.unit)
    name = names.get(language()) or names.get("vi", alarm.unit)
    address = asked.address(**{"don-vi": alarm.unit, "bo": ALARMS})
    return AlarmShown(alarm, name, reverse("board:behind", args=[code, "numerator"]) + address)


def _shares(figures: Iterable[Figure]) -> dict[str, float]:
    return {figure.definition.code: float(figure.share) for figure in figures if figure.share is not None}


def _check_word(kind: str, check: Check) -> str:
    return rule_words()[kind][check.code][language()]
