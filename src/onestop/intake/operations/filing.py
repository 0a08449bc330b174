"""Filing a dossier (nộp hồ sơ): online, at the counter, by post, assisted."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import get_tree
from onestop.agencies.rules import Branch, UnitKind
from onestop.applicants.queries import get_applicant
from onestop.catalogue.models import Procedure, ProcedureVersion
from onestop.catalogue.queries import get_content, get_form_for, get_version_in_force
from onestop.catalogue.rules.forms import complete_answers, validate_answers
from onestop.dossiers.models import Dossier, DossierPart
from onestop.dossiers.operations.deeds import create
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.dossiers.rules.permissions import Condition, conditions_for
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid, NotFound, Refused
from onestop.fees.rules.owed import owes_fee
from onestop.intake.models import Draft, Filed
from onestop.intake.operations.own_signatures import with_own_signatures
from onestop.intake.operations.scanning import with_signed_scans
from onestop.intake.queries import find_filed
from onestop.intake.rules.competence import may_decide
from onestop.intake.rules.completeness import Gap, find_gaps
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import TimeLimit, TimeUnit, due

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CHECK_WITHIN = TimeLimit(8, TimeUnit.WORKING_HOUR)  # Decree 45/2020/NĐ-CP Art 14: an online filing is answered in 8 h
RECEIVE = "receive"
OWN_HAND = (Filer.SELF, Filer.REPRESENTATIVE)
RECEIVING = (UnitKind.DESK, UnitKind.CENTRE)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a person files. `desk_code` is empty for the desk of the competent agency itself."""

    procedure_code: str
    applicant_id: int
    agency_code: str
    channel: Channel
    filer: Filer
    answers: dict[str, Any] = field(default_factory=dict)
    parts: tuple[PartGiven, ...] = ()
    desk_code: str = ""
    limit_case: str = ""
    return_way: ReturnWay = ReturnWay.ONLINE


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a dossier goes: who decides, which desk receives, which division settles."""

    agency: Branch
    desk: Branch
    division: Branch


def find_filing_gaps(filing: Filing, *, version: ProcedureVersion, on: date) -> tuple[Gap, ...]:
    """Return everything missing in what is about to be filed: fields and documents together."""
    faults = validate_answers(get_form_for(filing.procedure_code), filing.answers, on=on)
    return find_gaps(content=get_content(version.pk), parts=filing.parts, channel=filing.channel, form_faults=faults)


def submit(*, filing: Filing, by: Principal, at: datetime, draft: Draft | None = None, key: str = "") -> Dossier:
    """File a dossier and return it, with its code. The draft it came from, if any, is gone afterwards.

    `key` names the page it was sent from, if it has one: sent again, at once or later, the first dossier is returned.
    Online, what is not complete is not taken: raises `Invalid` with a fault for every gap. Paper at a counter or by
    post is taken as it is, since the officer then decides. Raises `Refused` if `by` may not file for this applicant,
    `NotFound` for an unknown procedure, applicant or agency, and for a draft that has become a dossier already.
    """
    earlier = find_filed(key=key, by=by)
    if earlier is not None:
        return earlier
    try:
        return _submit(filing, by, at, draft, key)
    except IntegrityError:  # the same sending, a moment earlier: this one was rolled back
        earlier = find_filed(key=key, by=by)
        if earlier is None:
            raise
        return earlier


@transaction.atomic
def _submit(filing: Filing, by: Principal, at: datetime, draft: Draft | None, key: str) -> Dossier:
    day = at.astimezone(PROVINCE_ZONE).date()
    version = get_version_in_force(filing.procedure_code, day)
    filing = replace(filing, answers=complete_answers(get_form_for(filing.procedure_code), filing.answers))
    place = _find_place(filing, version.procedure, day)
    _check_right(filing, by, place.desk.id)
    gaps = find_filing_gaps(filing, version=version, on=day)
    if gaps and filing.channel is Channel.ONLINE:
        raise Invalid("filing.incomplete", faults=tuple(Fault(gap.subject, gap.code or gap.kind, {}) for gap in gaps))
    applicant = get_applicant(filing.applicant_id)
    parts = with_own_signatures(filing.parts, applicant=applicant, by=by, at=at)
    filing = replace(filing, parts=with_signed_scans(parts, agency_id=place.agency.id, by=by, at=at))
    dossier = create(
        unit_code=place.desk.code,
        day=day,
        by=by,
        at=at,
        payload=_payload(filing, version, applicant.kind, place),
        procedure_id=version.procedure_id,
        version_id=version.pk,
        applicant_id=applicant.pk,
        applicant_name=applicant.name,
        channel=filing.channel,
        filer=filing.filer,
        receiving_unit_id=place.desk.id,
        competent_unit_id=place.agency.id,
        settling_unit_id=place.division.id,
        holder_unit_id=place.desk.id,
        step=RECEIVE,
        step_role=Role.ONE_STOP_OFFICER,
        answers=filing.answers,
        limit_case=filing.limit_case,
        return_way=filing.return_way,
        step_due_at=due(get_calendar(day), at, CHECK_WITHIN),
    )
    keep_parts(dossier, filing.parts, by=by, at=at)
    if draft is not None and not Draft.objects.filter(pk=draft.pk).delete()[0]:
        raise NotFound("draft.unknown")  # filed a moment ago by the same person: nothing of this one stays
    if key and by.account_id is not None:
        Filed.objects.create(account_id=by.account_id, key=key, dossier=dossier)
    return dossier


def keep_parts(dossier: Dossier, parts: tuple[PartGiven, ...], *, by: Principal, at: datetime, round: int = 0) -> None:
    """Write the parts handed in, in one statement; a scan was digitised by who hands it in."""
    DossierPart.objects.bulk_create(
        DossierPart(
            dossier_id=dossier.pk,
            document=part.document,
            given=part.given,
            sha256=part.sha256,
            file_name=part.file_name,
            size=part.size,
            media_type=part.media_type,
            evidence=part.evidence,
            p7s_sha256=part.p7s_sha256,
            signature=part.signature.kept() if part.signature else None,
            round=round,
            added_at=at,
            digitised_at=at if part.given is Given.SCAN else None,
            digitised_by_id=by.posting_id if part.given is Given.SCAN else None,
        )
        for part in parts
    )


def parts_payload(parts: tuple[PartGiven, ...]) -> list[dict[str, Any]]:
    """Return the parts as the journal names them: document, how given, hash. No file name: it may be personal.

    Of a signed one also what was found of the signature, without the signer's name; of a scan that the officer signed
    also the hash of what was scanned.
    """
    return [_part_payload(part) for part in parts]


def _part_payload(part: PartGiven) -> dict[str, Any]:
    named: dict[str, Any] = {"document": part.document, "given": part.given.value, "sha256": part.sha256}
    if part.scanned_sha256:
        named["scanned_sha256"] = part.scanned_sha256
    if part.signature is not None:
        named["signature"] = {"p7s_sha256": part.p7s_sha256, **part.signature.facts()}
    return named


def _check_right(filing: Filing, by: Principal, desk_id: int) -> None:
    conditions = conditions_for(Verb.SUBMIT, by)
    own = Condition.OWN in conditions and filing.applicant_id in by.applicant_ids
    at_desk = Condition.RECEIVED_HERE in conditions and by.unit_id == desk_id
    if not (own or at_desk):
        raise Refused("filing.not_permitted")
    own_hand = filing.filer in OWN_HAND
    if not own and own_hand:
        raise Refused("filing.not_by_own_hand")
    if not at_desk and not (own_hand and filing.channel is Channel.ONLINE):
        raise Refused("filing.not_permitted")  # paper, and who helped with it, are for a desk to say


def _find_place(filing: Filing, procedure: Procedure, day: date) -> _Place:
    tree = get_tree()
    agency = tree.by_code.get(filing.agency_code)
    if agency is None or not agency.is_valid_on(day):
        raise NotFound("unit.not_found", code=filing.agency_code)
    desk = tree.by_code.get(filing.desk_code) if filing.desk_code else tree.desk_of(agency.id, day)
    division = tree.division_for(agency.id, procedure.sector.code, day)
    can_decide = may_decide(agency.kind, procedure.levels)
    can_receive = desk is not None and desk.kind in RECEIVING and desk.is_valid_on(day)
    if desk is None or division is None or not (can_decide and can_receive):
        raise Refused("filing.agency_cannot_receive", agency=filing.agency_code)
    return _Place(agency, desk, division)


def _payload(filing: Filing, version: ProcedureVersion, kind: str, place: _Place) -> dict[str, Any]:
    answers = json.dumps(filing.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "procedure": filing.procedure_code,
        "version": version.number,
        "online_level": str(version.online_level),
        "applicant_kind": str(kind),
        "channel": int(filing.channel),
        "filer": filing.filer.value,
        "desk": place.desk.code,
        "agency": place.agency.code,
        "return_way": int(filing.return_way),
        "parts": parts_payload(filing.parts),
        "answers_sha256": hashlib.sha256(answers.encode()).hexdigest(),
        "fee": owes_fee(get_content(version.pk).fees),
        "paper": any(part.given in (Given.PAPER, Given.PRESENTED) for part in filing.parts),
    }
