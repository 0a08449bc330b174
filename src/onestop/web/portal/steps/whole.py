"""A whole dossier in one request: fields by key, `agency`, `case`, `way`, `applicant`, files as `file-<document>`."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_form_for
from onestop.dossiers.rules.filing import Channel, Filer, PartGiven, ReturnWay
from onestop.errors import Invalid, Refused
from onestop.intake.operations.filing import Filing
from onestop.web.base.eforms import read_answers
from onestop.web.portal.steps.uploads import keep_uploads


@dataclass(frozen=True, slots=True)
class Sent:
    """What one request brought."""

    procedure_code: str
    applicant_id: int
    agency_code: str
    limit_case: str
    way: ReturnWay
    answers: dict[str, Any]
    parts: tuple[PartGiven, ...]

    def filing(self, filer: Filer) -> Filing:
        """Return it as a filing."""
        return Filing(
            procedure_code=self.procedure_code,
            applicant_id=self.applicant_id,
            agency_code=self.agency_code,
            channel=Channel.ONLINE,
            filer=filer,
            answers=self.answers,
            parts=self.parts,
            limit_case=self.limit_case,
            return_way=self.way,
        )


def read_whole(sent: QueryDict, files: "MultiValueDict[str, Any]", code: str, by: Principal) -> Sent:
    """Return what was sent. Raises `Invalid` naming every file that cannot be taken, `Refused` without applicant."""
    parts, faults = keep_uploads(files)
    if faults:
        raise Invalid("upload.unusable", faults=tuple(faults))
    way = sent.get("way", "2")
    return Sent(
        procedure_code=code,
        applicant_id=_applicant(sent.get("applicant", ""), by),
        agency_code=sent.get("agency", ""),
        limit_case=sent.get("case", ""),
        way=ReturnWay(int(way)) if way in {"0", "1", "2"} else ReturnWay.ONLINE,
        answers=read_answers(get_form_for(code).fields, sent),
        parts=parts,
    )


def _applicant(given: str, by: Principal) -> int:
    if given.isdigit():
        return int(given)
    if len(by.applicant_ids) != 1:
        raise Refused("filing.for_whom")
    return next(iter(by.applicant_ids))
