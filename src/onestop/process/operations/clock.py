"""Moving the clock by a lawful event: suspend, resume, extend, apologise and re-appoint."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import (
    TimeLimit,
    add_working_minutes,
    due,
    find_reappointment_objections,
    working_minutes_between,
)


@transaction.atomic
def suspend(*, code: str, ground: str, reason: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Stop the clock on a named legal ground, e.g. while a financial obligation is met."""
    dossier = lock(code=code, verb=Verb.SUSPEND, by=by, at=at, seen=seen)
    if not ground.strip() or not reason.strip():
        raise Refused("clock.stops_only_on_a_ground", code=code)
    perform(dossier, verb=Verb.SUSPEND, by=by, at=at, ground=ground, payload={"reason": reason}, waiting_from=at)
    return dossier


@transaction.atomic
def resume(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Let the clock run on: exactly the working time it stood is added to every due moment."""
    dossier = lock(code=code, verb=Verb.RESUME, by=by, at=at, seen=seen)
    if dossier.waiting_from is None:
        raise Refused("dossier.wrong_state", code=code, verb=Verb.RESUME.value, state=dossier.state)
    calendar = get_calendar()
    stood = working_minutes_between(calendar, dossier.waiting_from, at)
    moved: dict[str, Any] = {
        name: add_working_minutes(calendar, moment, stood)
        for name in ("due_at", "indicator_due_at", "appointed_at", "step_due_at")
        if (moment := getattr(dossier, name)) is not None
    }
    perform(
        dossier,
        verb=Verb.RESUME,
        by=by,
        at=at,
        payload={"stood_minutes": stood, **{name: moment.isoformat() for name, moment in moved.items()}},
        waiting_from=None,
        **moved,
    )
    return dossier


@transaction.atomic
def extend(
    *, code: str, limit: TimeLimit, ground: str, reason: str, by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Extend the time limit where a law allows it, by a leader, on that law's ground."""
    dossier = lock(code=code, verb=Verb.EXTEND, by=by, at=at, seen=seen)
    if dossier.due_at is None or not ground.strip() or not reason.strip():
        raise Refused("clock.extends_only_on_a_ground", code=code)
    later = due(get_calendar(), dossier.due_at, limit)
    perform(
        dossier,
        verb=Verb.EXTEND,
        by=by,
        at=at,
        ground=ground,
        payload={"limit": str(limit), "reason": reason, "due_at": later.isoformat()},
        due_at=later,
        indicator_due_at=later,
        appointed_at=later,
        step_due_at=later,
    )
    return dossier


@transaction.atomic
def reappoint(
    *, code: str, reason: str, responsible_unit: str, new_at: datetime, by: Principal, at: datetime,
    seen: int | None = None,
) -> Dossier:  # fmt: skip
    """Apologise in writing and give a new date, once at most (form 04; Decree 61/2018 Art 19(9), rule R6).

    The appointment moves; the legal due moment does not: a dossier settled after it is late all the same.
    """
    dossier = lock(code=code, verb=Verb.REAPPOINT, by=by, at=at, seen=seen)
    if dossier.due_at is None:
        raise Refused("dossier.wrong_state", code=code, verb=Verb.REAPPOINT.value, state=dossier.state)
    objections = find_reappointment_objections(
        get_calendar(), at=at, due_at=dossier.due_at, new_at=new_at, earlier=dossier.reappointments
    )
    if not reason.strip() or not responsible_unit.strip():
        objections = (*objections, "reappointment.without_reason")
    if objections:
        raise Refused("reappointment.not_allowed", reasons=objections, code=code)
    perform(
        dossier,
        verb=Verb.REAPPOINT,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ19.9",
        payload={"reason": reason, "unit": responsible_unit, "appointed_at": new_at.isoformat()},
        appointed_at=new_at,
        step_due_at=new_at,
        reappointments=dossier.reappointments + 1,
    )
    return dossier
