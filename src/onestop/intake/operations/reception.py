"""The desk's own deeds: paper becomes data, the dossier is accepted with a promised moment."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content, get_form_for
from onestop.catalogue.rules.forms import validate_answers
from onestop.dossiers.models import Dossier, DossierPart
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.filing import Channel, Given, PartGiven
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid, Refused
from onestop.fees.queries import get_ledger
from onestop.fees.rules.ledger import find_hindrance_to_acceptance
from onestop.intake.operations.filing import PROVINCE_ZONE, keep_parts, parts_payload
from onestop.intake.operations.scanning import with_signed_scans
from onestop.intake.rules.completeness import Gap, find_gaps
from onestop.intake.rules.promise import ground_of_acceptance, limit_for
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import WorkingCalendar, due, start_of_clock


@transaction.atomic
def digitise(
    *, code: str, scans: tuple[PartGiven, ...], by: Principal, at: datetime, seen: int | None = None
) -> Dossier:
    """Add scans of the paper parts, made and signed for by the officer at the desk (Circular 01/2023/TT-VPCP).

    Each scan is kept as the PDF that the officer signed; the signature on this entry covers the hash of every one.
    Raises `Refused` if a scan is of nothing filed or required, or the officer may not sign scans.
    """
    dossier = lock(code=code, verb=Verb.DIGITISE, by=by, at=at, seen=seen)
    known = {document.code for document in get_content(dossier.version_id).components}
    if not scans or any(scan.document not in known or scan.given is not Given.SCAN for scan in scans):
        raise Refused("digitise.nothing_to_scan")
    scans = with_signed_scans(scans, agency_id=dossier.competent_unit_id, by=by, at=at)
    keep_parts(dossier, scans, by=by, at=at)
    perform(
        dossier, verb=Verb.DIGITISE, by=by, at=at, ground="01/2023/TT-VPCP", payload={"parts": parts_payload(scans)}
    )
    return dossier


@transaction.atomic
def accept(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Accept a complete dossier: the legal clock starts and the promised moment is fixed.

    Raises `Invalid` with a fault for every gap if it is not complete: ask for a supplement instead. Raises `Refused`
    if the desk asked for a fee in advance (thu trước) and it is not paid.
    """
    dossier = lock(code=code, verb=Verb.ACCEPT, by=by, at=at, seen=seen)
    gaps = find_dossier_gaps(dossier)
    if gaps:
        raise Invalid(
            "dossier.incomplete", code=code, faults=tuple(Fault(gap.subject, gap.code or gap.kind, {}) for gap in gaps)
        )
    hindrance = find_hindrance_to_acceptance(get_ledger(dossier))
    if hindrance:
        raise Refused(hindrance, code=code)
    day = at.astimezone(PROVINCE_ZONE).date()
    calendar = get_calendar(day)
    limit = limit_for(get_content(dossier.version_id), dossier.limit_case)
    started = start_of_clock(calendar, at)
    promised = due(calendar, started, limit)
    perform(
        dossier,
        verb=Verb.ACCEPT,
        by=by,
        at=at,
        ground=ground_of_acceptance(day),
        payload={
            "limit": str(limit),
            "clock_from": started.isoformat(),
            "due_at": promised.isoformat(),
            "calendar": calendar.content.announced_until.isoformat(),
        },
        accepted_at=at,
        clock_from=started,
        due_at=promised,
        indicator_due_at=promised,
        appointed_at=promised,
        step_due_at=_hand_over_by(calendar, at, started),
    )
    return dossier


def _hand_over_by(calendar: WorkingCalendar, at: datetime, started: datetime) -> datetime:
    """The close of the day, or the start of the next for what came after 15:00 (Decree 61/2018/NĐ-CP Art 18(1))."""
    same_day = calendar.local(at).date() == started.date()
    return calendar.closes_at(started.date()) if same_day else started


def find_dossier_gaps(dossier: Dossier) -> tuple[Gap, ...]:
    """Return what a dossier lacks for acceptance; paper has to have been digitised by now."""
    rows = DossierPart.objects.filter(dossier=dossier).order_by().values_list("document", "given")
    parts = [PartGiven(document, Given(given)) for document, given in rows]
    content = get_content(dossier.version_id)
    form = get_form_for(content.code)
    faults = validate_answers(form, dossier.answers) if dossier.channel == Channel.ONLINE else ()
    return find_gaps(
        content=content, parts=parts, channel=Channel(dossier.channel), form_faults=faults, scans_required=True
    )
