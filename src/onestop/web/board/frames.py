"""What every page of the board stands in: who asks, about which unit, over which period."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.facts.rules.periods import year_start
from onestop.indicators.queries.figures import Row, Survey, list_rows
from onestop.indicators.queries.units import find_names, own_agency, top_unit
from onestop.indicators.rules.duties import Duty, may
from onestop.web.base.moments import language
from onestop.web.board.surveys import Asked, read_asked


def principal_of(request: HttpRequest) -> Any:
    """Return who asks. Only on pages that need somebody."""
    return request.principal  # type: ignore[attr-defined]  # set by the middleware


def ask(request: HttpRequest) -> tuple[Principal, Asked]:
    """Return who asks for what: the own agency, if no unit is named."""
    by: Principal = principal_of(request)
    return by, read_asked(request, unit=own_agency(by))


def rows_of(
    survey: Survey, asked: Asked, by: Principal | None, codes: Collection[str] | None = None
) -> tuple[Row, ...]:
    """Return the agencies below the unit asked for, with their figures: all, or those of `codes`."""
    chosen = survey if codes is None else survey.only(codes)
    return list_rows(chosen, unit=asked.unit, by=by) if asked.unit else ()


def begin_of(asked: Asked) -> datetime:
    """Return the begin of the period asked for: that of the local year, if none is named."""
    return asked.period_from or year_start(asked.as_of)


def frame(asked: Asked, survey: Survey | None = None, by: Principal | None = None) -> dict[str, object]:
    """Return what the templates of all pages need."""
    return {
        "asked": asked,
        "period_from": survey.period_from if survey else begin_of(asked),
        "as_of": survey.as_of if survey else asked.as_of,
        "waiting": [item.worded(language()).name for item in survey.waiting] if survey else [],
        "unit_name": unit_name(asked.unit),
        "query": asked.address(),
        "today": timezone.localdate(),
        "is_top": asked.unit == top_unit(),
        "reads_alarms": by is not None and may(Duty.READ_ALARMS, by),
    }


def unit_name(unit: str) -> str:
    """Return the name of a unit in the reader's language, else the Vietnamese one."""
    names = find_names(unit)
    return names.get(language()) or names.get("vi", unit)
