"""Which time limit a dossier has, and the promise made from it."""

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
