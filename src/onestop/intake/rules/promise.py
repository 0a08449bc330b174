"""Which time limit a dossier has, and the promise made from it."""

from datetime import date

from onestop.catalogue.rules.content import ProcedureContent
from onestop.errors import Refused
from onestop.worktime.rules import TimeLimit


def limit_for(content: ProcedureContent, case: str = "") -> TimeLimit:
    """Return the time limit of this procedure in this case. Raises `Refused` if the catalogue leaves it to be set.

    `case` names one of the coded cases of the catalogue (e.g. `nhà ở riêng lẻ`); empty means the default case.
    """
    chosen = content.limit_for(case)
    if chosen is None or chosen.limit is None:
        raise Refused("catalogue.no_time_limit", procedure=content.code)
    return chosen.limit


ACCEPTED_UNDER = (
    (date(2026, 8, 5), "309/2026/NĐ-CP Đ17.3"),
    (date(2025, 7, 1), "118/2025/NĐ-CP"),
    (date.min, "61/2018/NĐ-CP Đ17"),
)


def ground_of_acceptance(on: date) -> str:
    """Return the rule under which a dossier is accepted on that local day: the one in force then."""
    return next(ground for in_force_from, ground in ACCEPTED_UNDER if in_force_from <= on)
