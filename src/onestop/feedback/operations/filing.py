"""Filing a petition: by anybody, logged in or with a telephone number or an address to answer to."""

import hashlib
from datetime import date, datetime

from django.db import connection, transaction

from onestop.accounts.rules import Principal
from onestop.agencies.queries import get_unit
from onestop.agencies.queries.trees import get_tree
from onestop.agencies.rules import UnitKind
from onestop.dossiers.models import Dossier
from onestop.errors import Invalid, Refused
from onestop.feedback.models import Petition
from onestop.feedback.operations.entries import enter
from onestop.feedback.rules.petitions import PetitionDeed, PetitionState, Said, find_faults
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import FeedbackStep, feedback_due


@transaction.atomic
def file_petition(
    *,
    said: Said,
    by: Principal,
    at: datetime,
    unit: str = "",
    dossier: Dossier | None = None,
    may_be_public: bool = False,
) -> Petition:
    """Take a petition in and start its clock. It is about the agency that settles the dossier, if one is given; the
    caller has made sure that the petitioner is its applicant.

    Raises `Invalid` with every fault, `NotFound` for an unknown unit.
    """
    faults = find_faults(said, is_known=by.account_id is not None)
    if faults:
        raise Invalid("petition.unusable", faults=faults)
    about = dossier.competent_unit_id if dossier else get_unit(unit).pk if unit else _province_id()
    calendar = get_calendar()
    due_at = feedback_due(calendar, step=FeedbackStep.ANSWER, since=at)
    row = Petition(
        code=_next_code(calendar.local(at).date()),
        account_id=by.account_id,
        name=by.name if by.account_id else "",
        phone=said.phone.replace(" ", "").replace(".", ""),
        email=said.email.lower(),
        subject=said.subject,
        text=said.text,
        topic=said.topic,
        dossier=dossier,
        unit_id=about,
        may_be_public=may_be_public,
        state=PetitionState.FILED,
        filed_at=at,
        due_at=due_at,
        changed_at=at,
    )
    text = hashlib.sha256(f"{said.subject}\n{said.text}".encode()).hexdigest()
    unit_code = get_tree().by_id[about].code
    told = {"topic": said.topic.value, "unit": unit_code, "text": text, "due_at": due_at.isoformat()}
    enter(row, PetitionDeed.FILE, by, at, told, state=PetitionState.FILED)
    return row


def _next_code(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feedback_petitioncounter (day, last) VALUES (%s, 1)"
            " ON CONFLICT (day) DO UPDATE SET last = feedback_petitioncounter.last + 1 RETURNING last",
            [day],
        )
        return f"PA-{day:%y%m%d}-{cursor.fetchone()[0]:04d}"


def _province_id() -> int:
    found = next((branch.id for branch in get_tree().by_id.values() if branch.kind is UnitKind.PROVINCE), None)
    if found is None:
        raise Refused("petition.nobody_takes_it")
    return found
