"""Rating a dossier: once, and anew within the time for it."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, Refused
from onestop.feedback.models import Rating
from onestop.feedback.queries.ratings import list_ratings
from onestop.feedback.rules.ratings import Answers, find_faults, find_objections, way_of


@transaction.atomic
def rate(*, code: str, answers: Answers, by: Principal, at: datetime, seen: int | None = None) -> Rating:
    """Keep what the applicant says of a dossier that has ended. How it came in follows from who acts.

    Raises `Invalid` with every fault, `Refused` with every reason if it was rated before and may not be said anew.
    """
    dossier = lock(code=code, verb=Verb.RATE, by=by, at=at, seen=seen)
    faults = find_faults(answers)
    if faults:
        raise Invalid("rating.unusable", faults=faults)
    earlier, way = list_ratings(dossier), way_of(by)
    reasons = find_objections([item.rated_at for item in earlier], way, at)
    if reasons:
        raise Refused(reasons[0], reasons=reasons, code=code)
    last = earlier[-1] if earlier else None
    payload = {**_told(answers), "rated_by": way.value}
    if last:
        payload["corrects"] = last.entry
    ground = "61/2018/NĐ-CP Đ30-31"
    entry = perform(dossier, verb=Verb.RATE, by=by, at=at, ground=ground, payload=payload)
    return Rating.objects.create(
        dossier=dossier,
        entry=entry.sequence,
        rating=answers.rating,
        contacts=answers.contacts,
        agencies=answers.agencies,
        conduct=answers.conduct or "",
        comment=answers.comment,
        rated_by=way,
        rated_at=at,
        corrects=last,
    )


def _told(answers: Answers) -> dict[str, Any]:
    """Return what the journal says: numbers and choices; of the applicant's own words the hash alone."""
    said = {
        "rating": answers.rating,
        "contacts": answers.contacts,
        "agencies": answers.agencies,
        "conduct": answers.conduct.value if answers.conduct else None,
        "comment": hashlib.sha256(answers.comment.encode()).hexdigest() if answers.comment else None,
    }
    return {name: value for name, value in said.items() if value is not None}
