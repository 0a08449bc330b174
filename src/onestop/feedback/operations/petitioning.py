"""What the petitioner does afterwards: make something clear, say whether the answer will do."""

import hashlib
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.errors import Invalid, Refused
from onestop.feedback.models import Petition
from onestop.feedback.operations.entries import enter, lock_petition
from onestop.feedback.rules.petitions import LONGEST_TEXT, PetitionDeed, find_words_missing
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import add_working_minutes, working_minutes_between


@transaction.atomic
def clarify_petition(
    *, code: str, words: str, by: Principal, at: datetime, contact: str = "", seen: int | None = None
) -> Petition:
    """Make clear what was asked; the clock runs on, by exactly the working time it stood."""
    row = lock_petition(code=code, deed=PetitionDeed.CLARIFY, by=by, at=at, seen=seen, contact=contact)
    faults = find_words_missing(words)
    if faults or row.waits_from is None:
        raise Invalid("petition.unusable", faults=faults)
    calendar = get_calendar()
    later = add_working_minutes(calendar, row.due_at, working_minutes_between(calendar, row.waits_from, at))
    told = {"due_at": later.isoformat(), "text": hashlib.sha256(words.encode()).hexdigest()}
    text = f"{row.text}\n\n{words}"[: 2 * LONGEST_TEXT]
    enter(row, PetitionDeed.CLARIFY, by, at, told, due_at=later, text=text, waits_from=None, question="")
    return row


@transaction.atomic
def rate_answer(
    *, code: str, satisfied: bool, by: Principal, at: datetime, contact: str = "", seen: int | None = None
) -> Petition:
    """Say once whether the answer will do."""
    row = lock_petition(code=code, deed=PetitionDeed.RATE, by=by, at=at, seen=seen, contact=contact)
    if row.satisfied is not None:
        raise Refused("petition.answer_rated", code=code)
    enter(row, PetitionDeed.RATE, by, at, {"satisfied": satisfied}, satisfied=satisfied)
    return row
