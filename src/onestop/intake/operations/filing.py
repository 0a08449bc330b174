"""Filing a dossier (nộp hồ sơ): online, at the counter, by post, assisted."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import desk_of, division_for, get_unit
from onestop.applicants.queries import get_applicant
from onestop.catalogue.models import ProcedureVersion
from onestop.catalogue.queries import get_content, get_form_for, get_version_in_force
from onestop.catalogue.rules.forms import validate_answers
from onestop.dossiers.models import Dossier, DossierPart
from onestop.dossiers.operations.deeds import create
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.dossiers.rules.permissions import Condition, conditions_for
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid, Refused
from onestop.intake.models import Draft
from onestop.intake.rules.completeness import Gap, find_gaps
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import TimeLimit, TimeUnit, due

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CHECK_WITHIN = TimeLimit(8, TimeUnit.WORKING_HOUR)  # Decree 45/2020/NĐ-CP Art 14: an online filing is answered in 8 h
RECEIVE = "receive"


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


def find_filing_gaps(filing: Filing, *, version: ProcedureVersion) -> tuple[Gap, ...]:
    """Return everything missing in what is about to be filed: fields and documents together."""
    faults = validate_answers(get_form_for(filing.procedure_code), filing.answers)
    return find_gaps(content=get_content(version.pk), parts=filing.parts, channel=filing.channel, form_faults=faults)


@transaction.atomic
def submit(*, filing: Filing, by: Principal, at: datetime, draft: Draft | None = None) -> Dossier:
    """File a dossier and return it, with its code. The draft it came from, if any, is gone afterwards.

    Online, what is not complete is not taken: raises `Invalid` with a fault for every gap. Paper at a counter or by
    post is taken as it is, since the officer then decides. Raises `Refused` if `by` may not file for this applicant,
    `NotFound` for an unknown procedure, applicant or agency.
    """
    day = at.astimezone(PROVINCE_ZONE).date()
    version = get_version_in_force(filing.procedure_code, day)
    agency = get_unit(filing.agency_code)
    desk = get_unit(filing.desk_code) if filing.desk_code else desk_of(agency)
    _check_right(filing, by, desk.pk)
    gaps = find_filing_gaps(filing, version=version)
    if gaps and filing.channel is Channel.ONLINE:
        raise Invalid("filing.incomplete", faults=tuple(Fault(gap.subject, gap.code or gap.kind, {}) for gap in gaps))
    applicant = get_applicant(filing.applicant_id)
    dossier = create(
        unit_code=desk.code,
        day=day,
        by=by,
        at=at,
        payload=_payload(filing, version, applicant.kind, desk.code, agency.code),
        procedure_id=version.procedure_id,
        version_id=version.pk,
        applicant_id=applicant.pk,
        applicant_name=applicant.name,
        channel=filing.channel,
        filer=filing.filer,
        receiving_unit_id=desk.pk,
        competent_unit_id=agency.pk,
        settling_unit_id=division_for(agency, version.procedure.sector_id).pk,
        holder_unit_id=desk.pk,
        step=RECEIVE,
        step_role=Role.ONE_STOP_OFFICER,
        answers=filing.answers,
        limit_case=filing.limit_case,
        return_way=filing.return_way,
        step_due_at=due(get_calendar(day), at, CHECK_WITHIN),
    )
    keep_parts(dossier, filing.parts, at=at)
    if draft is not None:
        draft.delete()
    return dossier


def keep_parts(dossier: Dossier, parts: tuple[PartGiven, ...], *, at: datetime, round: int = 0) -> None:
    """Write the parts handed in, in one statement."""
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
            round=round,
            added_at=at,
        )
        for part in parts
    )


def parts_payload(parts: tuple[PartGiven, ...]) -> list[dict[str, str]]:
    """Return the parts as the journal names them: document, how given, hash. No file name: it may be personal."""
    return [{"document": part.document, "given": part.given.value, "sha256": part.sha256} for part in parts]


def _check_right(filing: Filing, by: Principal, desk_id: int) -> None:
    conditions = conditions_for(Verb.SUBMIT, by)
    own = Condition.OWN in conditions and filing.applicant_id in by.applicant_ids
    at_desk = Condition.RECEIVED_HERE in conditions and by.unit_id == desk_id
    if not (own or at_desk):
        raise Refused("filing.not_permitted")
    if at_desk and not own and filing.filer in (Filer.SELF, Filer.REPRESENTATIVE):
        raise Refused("filing.not_by_own_hand")


def _payload(filing: Filing, version: ProcedureVersion, kind: str, desk_code: str, agency_code: str) -> dict[str, Any]:
    answers = json.dumps(filing.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "procedure": filing.procedure_code,
        "version": version.number,
        "online_level": str(version.online_level),
        "applicant_kind": str(kind),
        "channel": int(filing.channel),
        "filer": filing.filer.value,
        "desk": desk_code,
        "agency": agency_code,
        "return_way": int(filing.return_way),
        "parts": parts_payload(filing.parts),
        "answers_sha256": hashlib.sha256(answers.encode()).hexdigest(),
        "paper": any(part.given in (Given.PAPER, Given.PRESENTED) for part in filing.parts),
    }
