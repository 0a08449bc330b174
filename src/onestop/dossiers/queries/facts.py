"""Rows as the small values that rules ask for."""

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.permissions import RightsFacts, permits
from onestop.dossiers.rules.states import State, Verb, allowed_verbs


def rights_facts(dossier: Dossier) -> RightsFacts:
    """Return what decides about rights on this dossier."""
    return RightsFacts(
        applicant_id=dossier.applicant_id,
        receiving_unit_id=dossier.receiving_unit_id,
        settling_unit_id=dossier.settling_unit_id,
        holder_unit_id=dossier.holder_unit_id,
        step_role=dossier.step_role,
        assignee_id=dossier.assignee_id,
        consulted_unit_ids=frozenset(dossier.consulted_unit_ids),
    )


def verbs_for(dossier: Dossier, by: Principal) -> frozenset[Verb]:
    """Return what `by` may do with this dossier as it stands: what the page offers, and no more."""
    facts = rights_facts(dossier)
    return frozenset(verb for verb in allowed_verbs(State(dossier.state)) if permits(verb, by, facts))
