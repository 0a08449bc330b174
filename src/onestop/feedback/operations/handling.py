"""What officers do with a petition: classify and assign, refuse, ask, extend, answer, publish, find out the truth."""

import hashlib
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.models import Post
from onestop.agencies.queries import agency_of, get_unit
from onestop.dossiers.operations.deeds import posting_of
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.feedback.models import Petition
from onestop.feedback.operations.entries import enter, lock_petition
from onestop.feedback.rules.petitions import (
    Outcome,
    PetitionDeed,
    Topic,
    find_extension_objections,
    find_verdict_objections,
    find_words_missing,
)
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import FeedbackStep, TimeLimit, TimeUnit, due, feedback_due


@transaction.atomic
def assign_petition(
    *,
    code: str,
    topic: Topic,
    agency: str,
    by: Principal,
    at: datetime,
    complained_post: str = "",
    repeats: str = "",
    seen: int | None = None,
) -> Petition:
    """Say what it is about, who has to answer, whose post it complains of, which earlier one it repeats."""
    row = lock_petition(code=code, deed=PetitionDeed.ASSIGN, by=by, at=at, seen=seen)
    unit = get_unit(agency)
    if complained_post and not Post.objects.filter(code=complained_post).exists():
        raise Invalid("petition.unusable", faults=(Fault("complained_post", "petition.unknown_post"),))
    earlier = Petition.objects.filter(code=repeats, pk__lt=row.pk).first() if repeats else None
    if repeats and earlier is None:
        raise Invalid("petition.unusable", faults=(Fault("repeats", "petition.unknown_earlier"),))
    told = {"topic": topic.value, "agency": unit.code, "complained_post": complained_post, "repeats": repeats}
    changes = {"topic": topic, "agency_id": unit.pk, "complained_post": complained_post, "repeats": earlier}
    enter(row, PetitionDeed.ASSIGN, by, at, {name: value for name, value in told.items() if value}, **changes)
    return row


@transaction.atomic
def refuse_petition(*, code: str, reason: str, by: Principal, at: datetime, seen: int | None = None) -> Petition:
    """Do not take it in, within two working days and with the reason; it is told to the petitioner."""
    row = lock_petition(code=code, deed=PetitionDeed.REFUSE, by=by, at=at, seen=seen)
    _require_words(reason)
    _refuse_after(row, FeedbackStep.REFUSE, at, "petition.refused_too_late")
    enter(row, PetitionDeed.REFUSE, by, at, {"reason": reason}, answer=reason)
    return row


@transaction.atomic
def ask_petitioner(*, code: str, question: str, by: Principal, at: datetime, seen: int | None = None) -> Petition:
    """Ask the petitioner to make something clear, within five working days: the clock stands still until then."""
    row = lock_petition(code=code, deed=PetitionDeed.ASK, by=by, at=at, seen=seen)
    _require_words(question)
    _refuse_after(row, FeedbackStep.ASK_DETAIL, at, "petition.asked_too_late")
    enter(row, PetitionDeed.ASK, by, at, {"question": _digest(question)}, question=question, waits_from=at)
    return row


@transaction.atomic
def extend_petition(
    *, code: str, days: int, reason: str, by: Principal, at: datetime, seen: int | None = None
) -> Petition:
    """Extend the term of the answer once, by so many working days, with the reason."""
    row = lock_petition(code=code, deed=PetitionDeed.EXTEND, by=by, at=at, seen=seen)
    _require_words(reason)
    reasons = find_extension_objections(extensions=row.extensions, days=days, due_at=row.due_at, at=at)
    if reasons:
        raise Refused(reasons[0], reasons=reasons, code=code)
    later = due(get_calendar(), row.due_at, TimeLimit(days, TimeUnit.WORKING_DAY))
    told = {"reason": reason, "due_at": later.isoformat()}
    enter(row, PetitionDeed.EXTEND, by, at, told, due_at=later, extensions=row.extensions + 1)
    return row


@transaction.atomic
def answer_petition(*, code: str, answer: str, by: Principal, at: datetime, seen: int | None = None) -> Petition:
    """Answer. If the petitioner agreed to it, the answer has to be published within two working days."""
    row = lock_petition(code=code, deed=PetitionDeed.ANSWER, by=by, at=at, seen=seen)
    _require_words(answer)
    publish_due = feedback_due(get_calendar(), step=FeedbackStep.PUBLISH, since=at) if row.may_be_public else None
    changes = {"answer": answer, "answered_at": at, "answered_by_id": posting_of(by), "publish_due_at": publish_due}
    enter(row, PetitionDeed.ANSWER, by, at, {"answer": _digest(answer)}, **changes)
    return row


@transaction.atomic
def publish_answer(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Petition:
    """Show subject and answer to everybody, without a name, if the petitioner agreed."""
    row = lock_petition(code=code, deed=PetitionDeed.PUBLISH, by=by, at=at, seen=seen)
    checks = (("petition.not_to_be_public", not row.may_be_public), ("petition.published", bool(row.published_at)))
    reasons = tuple(reason for reason, wrong in checks if wrong)
    if reasons:
        raise Refused(reasons[0], reasons=reasons, code=code)
    enter(row, PetitionDeed.PUBLISH, by, at, {}, published_at=at)
    return row


@transaction.atomic
def verify_petition(
    *, code: str, outcome: Outcome, reason: str, by: Principal, at: datetime, seen: int | None = None
) -> Petition:
    """Say whether it is true, by somebody else than the one complained of and the one who answered it."""
    row = lock_petition(code=code, deed=PetitionDeed.VERIFY, by=by, at=at, seen=seen)
    _require_words(reason)
    if by.unit_id is None or by.account_id is None:
        raise NotFound("petition.unknown", code=code)
    reasons = find_verdict_objections(
        account=by.account_id,
        answered_by=row.answered_by.account_id if row.answered_by else None,
        own_agency=agency_of(by.unit_id).id,
        about_unit=row.unit_id,
        is_conduct=row.topic == Topic.CONDUCT,
    )
    if reasons:
        raise Refused(reasons[0], reasons=reasons, code=code)
    enter(row, PetitionDeed.VERIFY, by, at, {"verdict": outcome.value, "reason": _digest(reason)}, outcome=outcome)
    return row


def _refuse_after(row: Petition, step: FeedbackStep, at: datetime, code: str) -> None:
    if at > feedback_due(get_calendar(), step=step, since=row.filed_at):
        raise Refused(code, code=row.code)


def _require_words(words: str) -> None:
    faults = find_words_missing(words)
    if faults:
        raise Invalid("petition.unusable", faults=faults)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
