"""Ratings of dossiers, and who may give one without logging in."""

from dataclasses import replace
from datetime import datetime

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.facts import verbs_for
from onestop.dossiers.rules.states import Verb
from onestop.feedback.models import Rating
from onestop.feedback.rules.ratings import find_objections, way_of


def list_ratings(dossier: Dossier) -> list[Rating]:
    """Return everything that was said of a dossier, oldest first: the last one holds."""
    return list(Rating.objects.filter(dossier=dossier))


def may_rate(dossier: Dossier, *, by: Principal, at: datetime) -> bool:
    """True if `by` may rate this dossier now, for the first time or anew."""
    if Verb.RATE not in verbs_for(dossier, by):
        return False
    return not find_objections([item.rated_at for item in list_ratings(dossier)], way_of(by), at)


def as_holder(dossier: Dossier) -> Principal:
    """Return who acts with a receipt and the holder's number, but without an account: for this dossier alone.

    Only for somebody who has shown both; the journal names the system, and the rating says that it came by link.
    """
    return replace(
        SYSTEM, name="holder", roles=frozenset({Role.APPLICANT}), applicant_ids=frozenset({dossier.applicant_id})
    )
