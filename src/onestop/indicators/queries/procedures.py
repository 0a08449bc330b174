"""The facts of procedures in force on a day, from the catalogue."""

from datetime import date

from django.db.models import Q

from onestop.catalogue.models import ProcedureVersion
from onestop.indicators.rules.facts import ProcedureFacts


def list_procedure_facts(*, on: date) -> list[ProcedureFacts]:
    """Return one row for each procedure with a version in force on that day."""
    in_force = Q(effective_from__lte=on) & (Q(effective_until=None) | Q(effective_until__gt=on))
    rows = ProcedureVersion.objects.filter(in_force).values_list(
        "procedure__code", "online_level", "procedure__kind", "procedure__state", "procedure__applicability"
    )
    return [ProcedureFacts(*row) for row in rows]
