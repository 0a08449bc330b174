"""Asking for a supplement, once and in full, and answering it (yêu cầu bổ sung, hoàn thiện hồ sơ)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import get_post, list_officers, subordinate_ids
from onestop.catalogue.queries import get_content, get_form_for
from onestop.catalogue.rules.forms import validate_answers
from onestop.dossiers.models import Dossier, SupplementRequest
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.filing import Channel, PartGiven
from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, Refused
from onestop.intake.operations.filing import CHECK_WITHIN, PROVINCE_ZONE, keep_parts, parts_payload
from onestop.intake.operations.own_signatures import with_own_signatures
from onestop.intake.operations.scanning import with_signed_scans
from onestop.intake.rules.promise import limit_for
from onestop.intake.rules.supplement import SupplementItem, find_objections
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import (
    add_working_minutes,
    due,
    start_of_clock,
    working_days_between,
    working_minutes_between,
)


@transaction.atomic
def request_supplement(
    *,
    code: str,
    items: tuple[SupplementItem, ...],
    by: Principal,
    at: datetime,
    countersigned_by: str = "",
    reason: str = "",
    seen: int | None = None,
) -> Dossier:
    """Ask for everything that is lacking, at once; the clock stands until it is answered.

    `countersigned_by` is the code of the leader's post that allows a second or late request, with a `reason`.
    Raises `Refused` with every objection of `rules.supplement`.
    """
    dossier = lock(code=code, verb=Verb.REQUEST_SUPPLEMENT, by=by, at=at, seen=seen)
    number = dossier.supplements + 1
    if countersigned_by and not (reason and _is_leader(countersigned_by, dossier, at)):
        raise Refused("supplement.countersigned_by_no_leader", post=countersigned_by)
    objections = find_objections(
        items=items,
        published=(document.code for document in get_content(dossier.version_id).components),
        round=number,
        countersigned_by=countersigned_by,
        working_days_since=_working_days_since_acceptance(dossier, at),
    )
    if objections:
        raise Refused("supplement.not_allowed", reasons=objections)
    SupplementRequest.objects.create(
        dossier=dossier, round=number, items=[item.as_payload() for item in items], asked_at=at
    )
    perform(
        dossier,
        verb=Verb.REQUEST_SUPPLEMENT,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ17, Đ19.4",
        payload={
            "round": number,
            "items": [item.as_payload() for item in items],
            "countersigned_by": countersigned_by,
            "reason": reason,
        },
        supplements=number,
        waiting_from=at,
    )
    return dossier


@transaction.atomic
def answer_supplement(
    *, code: str, parts: tuple[PartGiven, ...], answers: dict[str, Any] | None = None, by: Principal, at: datetime,
    seen: int | None = None,
) -> Dossier:  # fmt: skip
    """Hand in what was asked for. After acceptance the legal time starts afresh; the indicator's moves by the wait.

    Decree 61/2018 Art 17 against indicator 2.1 of Decision 766/QĐ-TTg: both due moments are kept (rules R3 and R4).
    Raises `Refused` if nothing is handed in, `Invalid` if the answers, with these changes, do not fit the form.
    """
    dossier = lock(code=code, verb=Verb.ANSWER_SUPPLEMENT, by=by, at=at, seen=seen)
    if not parts and not answers:
        raise Refused("supplement.nothing_answered")
    parts = with_own_signatures(parts, applicant=dossier.applicant, by=by, at=at)
    parts = with_signed_scans(parts, agency_id=dossier.competent_unit_id, by=by, at=at)
    keep_parts(dossier, parts, by=by, at=at, round=dossier.supplements)
    SupplementRequest.objects.filter(dossier=dossier, answered_at=None).update(answered_at=at)
    answers = {**dossier.answers, **(answers or {})}
    _check_answers(dossier, answers)
    changes = _restarted(dossier, at) if dossier.accepted_at else _checked_anew(at)
    perform(
        dossier,
        verb=Verb.ANSWER_SUPPLEMENT,
        by=by,
        at=at,
        ground="63/2010/NĐ-CP Đ20.4",
        payload={
            "round": dossier.supplements,
            "parts": parts_payload(parts),
            **{name: moment.isoformat() for name, moment in changes.items()},
        },
        waiting_from=None,
        answers=answers,
        **changes,
    )
    return dossier


def _check_answers(dossier: Dossier, answers: dict[str, Any]) -> None:
    """Online answers were whole when they were filed, and stay so; what an officer typed from paper need not be."""
    if dossier.channel != Channel.ONLINE or answers == dossier.answers:
        return
    faults = validate_answers(get_form_for(get_content(dossier.version_id).code), answers)
    if faults:
        raise Invalid("dossier.incomplete", code=dossier.code, faults=tuple(faults))


def _checked_anew(at: datetime) -> dict[str, datetime]:
    """Not accepted yet: the desk has its hours for checking again (Decree 45/2020/NĐ-CP Art 14)."""
    return {"step_due_at": due(get_calendar(at.astimezone(PROVINCE_ZONE).date()), at, CHECK_WITHIN)}


def _restarted(dossier: Dossier, at: datetime) -> dict[str, datetime]:
    if dossier.waiting_from is None or dossier.indicator_due_at is None:
        raise Refused("dossier.wrong_state", code=dossier.code, verb=Verb.ANSWER_SUPPLEMENT.value, state=dossier.state)
    calendar = get_calendar(at.astimezone(PROVINCE_ZONE).date())
    started = start_of_clock(calendar, at)
    legal = due(calendar, started, limit_for(get_content(dossier.version_id), dossier.limit_case))
    waited = working_minutes_between(calendar, dossier.waiting_from, started)
    return {
        "clock_from": started,
        "due_at": legal,
        "appointed_at": legal,
        "indicator_due_at": add_working_minutes(calendar, dossier.indicator_due_at, waited),
        "step_due_at": legal,
    }


def _working_days_since_acceptance(dossier: Dossier, at: datetime) -> int | None:
    if dossier.accepted_at is None:
        return None
    calendar = get_calendar(at.astimezone(PROVINCE_ZONE).date())
    return working_days_between(calendar, dossier.accepted_at, at)


def _is_leader(post_code: str, dossier: Dossier, at: datetime) -> bool:
    post = get_post(post_code)
    above = dossier.holder_unit_id in subordinate_ids(post.unit_id)
    held = list_officers(frozenset({post.unit_id}), roles=frozenset({Role.LEADER}), at=at)
    return above and post.role == Role.LEADER and any(holder.post_id == post.pk for holder in held)
