"""How many procedures are in force, and how far they can be done online: what indicators of provision count."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from onestop.catalogue.models import ProcedureVersion
from onestop.catalogue.queries.procedures import in_force
from onestop.catalogue.rules.kinds import Applicability, Level, OnlineLevel


@dataclass(frozen=True, slots=True)
class OnlineCounts:
    """Procedures in force by online level. `unknown` is said, not guessed."""

    total: int
    full: int
    partial: int
    information: int
    unknown: int


def count_in_force(
    on: date, *, level: Level | None = None, applicability: Applicability | None = Applicability.YES
) -> OnlineCounts:
    """Count the procedures in force on a day, of one level of government if given, by default those of the province.

    Whether a procedure is of the province is inferred; hand in None to count the whole catalogue.
    """
    versions = ProcedureVersion.objects.filter(in_force(on))
    if applicability:
        versions = versions.filter(procedure__applicability=applicability)
    if level:
        versions = versions.filter(procedure__levels__contains=[level.value])
    counted = dict(versions.order_by().values_list("online_level").annotate(Count("id")))
    by_level = {member: counted.get(member.value, 0) for member in OnlineLevel}
    return OnlineCounts(
        total=sum(by_level.values()),
        full=by_level[OnlineLevel.FULL],
        partial=by_level[OnlineLevel.PARTIAL],
        information=by_level[OnlineLevel.INFORMATION],
        unknown=by_level[OnlineLevel.UNKNOWN],
    )
