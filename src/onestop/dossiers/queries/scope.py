"""The table of permissions compiled to SQL: the same conditions, as a filter on rows."""

from typing import Any

from django.db.models import ForeignKey, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

from onestop.accounts.rules import Principal
from onestop.dossiers.rules.permissions import Condition, conditions_for
from onestop.dossiers.rules.states import Verb


@ForeignKey.register_lookup
class Among(Lookup):
    """`= ANY` of one array: an agency has hundreds of units, and as many parameters would cost more than the rows."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition with the array as its one parameter."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*params, list(self.rhs))


NOTHING = Q(pk__in=[])


def scope(verb: Verb, principal: Principal) -> Q:
    """Return the filter of all dossiers on which `principal` may use `verb`; matches nothing if there are none."""
    found = NOTHING
    for condition in conditions_for(verb, principal):
        found |= _filter(condition, principal)
    return found


def _filter(condition: Condition, principal: Principal) -> Q:
    units = sorted(principal.unit_ids)
    match condition:
        case Condition.OWN:
            return Q(applicant_id__in=sorted(principal.applicant_ids))
        case Condition.IN_UNITS:
            return Q(receiving_unit__among=units) | Q(settling_unit__among=units) | Q(holder_unit__among=units)
        case Condition.CONSULTED:
            return Q(consulted_unit_ids__overlap=units) if units else NOTHING
        case Condition.RECEIVED_HERE:
            return Q(receiving_unit_id=principal.unit_id) if principal.unit_id else NOTHING
        case Condition.HELD_HERE:
            here = Q(holder_unit_id=principal.unit_id, step_role__in=sorted(principal.roles))
            return here & (Q(assignee_id=None) | Q(assignee_id=principal.posting_id))
