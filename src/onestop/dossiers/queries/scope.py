"""The table of permissions compiled to SQL: the same conditions, as a filter on rows."""

from django.db.models import Q

from onestop.accounts.rules import Principal
from onestop.dossiers.rules.permissions import Condition, conditions_for
from onestop.dossiers.rules.states import Verb

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
            return Q(receiving_unit_id__in=units) | Q(settling_unit_id__in=units) | Q(holder_unit_id__in=units)
        case Condition.CONSULTED:
            return Q(consulted_unit_ids__overlap=units) if units else NOTHING
        case Condition.RECEIVED_HERE:
            return Q(receiving_unit_id=principal.unit_id) if principal.unit_id else NOTHING
        case Condition.HELD_HERE:
            here = Q(holder_unit_id=principal.unit_id, step_role__in=sorted(principal.roles))
            return here & (Q(assignee_id=None) | Q(assignee_id=principal.posting_id))
