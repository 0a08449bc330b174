"""A whole dossier in one request: fields by key, `agency`, `case`, `way`, `applicant`, files as `file-<document>`."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_form_for
from onestop.dossiers.rules.filing import Channel, Filer, PartGiven, ReturnWay
from onestop.errors import Fault, Invalid, OneStopError, Refused
from onestop.intake.operations.filing import Filing
from onestop.web.base.eforms import read_answers
from onestop.web.portal.steps.uploads import keep_uploads


@dataclass(frozen=True, slots=True)
class Sent:
    """What one request brought; `faults` name the files that could not be taken."""

    procedure_code: str
    applicant_id: int
    agency_code: str
    limit_case: str
    way: ReturnWay
    answers: dict[str, Any]
    parts: tuple[PartGiven, ...]
    faults: tuple[Fault, ...]

    @property
    def lacks_already(self) -> bool:
        """True if a file could not be taken or no agency is named: then it cannot be filed yet."""
        return bool(self.faults) or not self.agency_code

    def choices(self) -> dict[str, Any]:
        """Return what a draft keeps besides answers and files."""
        return {"unit_code": self.agency_code, "limit_case": self.limit_case, "return_way": int(self.way)}

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
    """Return what was sent. Raises `Refused` if it does not say for which of several applicants."""
    applicant = _applicant(sent.get("applicant", ""), by)
    answers = read_answers(get_form_for(code).fields, sent)
    parts, faults = keep_uploads(files)
    way = sent.get("way", "2")
    return Sent(
        procedure_code=code,
        applicant_id=applicant,
        agency_code=sent.get("agency", ""),
        limit_case=sent.get("case", ""),
        way=ReturnWay(int(way)) if way in {"0", "1", "2"} else ReturnWay.ONLINE,
        answers=answers,
        parts=parts,
        faults=tuple(faults),
    )


def is_worth_keeping(error: OneStopError) -> bool:
    """True if something is only lacking, or the agency is not known: then all the rest is kept as a draft."""
    return isinstance(error, Invalid) or error.code == "unit.not_found"


def _applicant(given: str, by: Principal) -> int:
    if given.isdigit() and int(given) in by.applicant_ids:
        return int(given)
    if given or len(by.applicant_ids) != 1:
        raise Refused("filing.not_permitted" if given else "filing.for_whom")
    return next(iter(by.applicant_ids))
