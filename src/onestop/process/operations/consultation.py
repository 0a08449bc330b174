"""Asking another unit for its opinion, beside the line (lấy ý kiến; Decree 61/2018/NĐ-CP Art 19(5))."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.queries import get_unit
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.process.models import Consultation
from onestop.process.queries.opinions import find_open_consultation
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import TimeLimit, due


@transaction.atomic
def consult(
    *, code: str, unit_code: str, question: str, limit: TimeLimit, by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Ask a unit for its opinion by a deadline. The dossier stays where it is; its own clock runs on."""
    dossier = lock(code=code, verb=Verb.CONSULT, by=by, at=at, seen=seen)
    unit = get_unit(unit_code)
    if not question.strip():
        raise Refused("consultation.without_question", code=code)
    if unit.pk in dossier.consulted_unit_ids or unit.pk == dossier.holder_unit_id:
        raise Refused("consultation.asked_already", code=code, unit=unit_code)
    wanted_by = due(get_calendar(), at, limit)
    Consultation.objects.create(
        dossier=dossier, unit=unit, question=question, asked_at=at, asked_by_id=posting_of(by), due_at=wanted_by
    )
    perform(
        dossier,
        verb=Verb.CONSULT,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ19.5",
        payload={"unit": unit_code, "due_at": wanted_by.isoformat()},
        consulted_unit_ids=[*dossier.consulted_unit_ids, unit.pk],
    )
    return dossier


@transaction.atomic
def give_opinion(
    *, code: str, agrees: bool, opinion: str, by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Give the opinion asked for. It is kept whether in time or late; lateness is the consulted unit's."""
    dossier = lock(code=code, verb=Verb.GIVE_OPINION, by=by, at=at, seen=seen)
    asked = find_open_consultation(dossier, by)
    if asked is None:
        raise Refused("consultation.nothing_asked", code=code)
    asked.agrees, asked.opinion = agrees, opinion
    asked.answered_at, asked.answered_by_id = at, by.posting_id
    asked.save(update_fields=["agrees", "opinion", "answered_at", "answered_by"])
    perform(
        dossier,
        verb=Verb.GIVE_OPINION,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ19.5",
        payload={"unit": by.unit_code, "agrees": agrees, "late": at > asked.due_at},
    )
    return dossier
