"""What a person at the counter hands in, as the page sends it and as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from onestop.accounts.rules import Principal
from onestop.agencies.queries import agency_of
from onestop.applicants.operations import register_applicant
from onestop.applicants.queries import find_applicant
from onestop.applicants.rules import ApplicantKind, Particulars
from onestop.catalogue.queries import get_form_for
from onestop.catalogue.rules.content import ProcedureContent
from onestop.documents.operations import keep_upload
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.errors import Fault, Invalid
from onestop.intake.operations.filing import Filing
from onestop.web.base.eforms import read_answers, show_form
from onestop.web.base.names import named
from onestop.web.base.texts import clean
from onestop.web.base.wording.errors import faults_by_field
from onestop.web.desk.words import applicant_kinds, case_words, channel_words, way_words

FILER = {Channel.COUNTER: Filer.BY_OFFICER, Channel.POST: Filer.BY_OFFICER, Channel.ONLINE: Filer.ASSISTED}
WHO = ("kind", "number", "applicant", "birth", "phone", "address", "channel", "case", "way")


@dataclass(frozen=True)
class Received:
    """What was sent: who, how, the answers, the parts, and what is wrong with the files."""

    who: dict[str, str] = field(default_factory=lambda: {"kind": "citizen", "channel": "1", "way": "0"})
    answers: dict[str, Any] = field(default_factory=dict)
    parts: tuple[PartGiven, ...] = ()
    faults: tuple[Fault, ...] = ()

    def filing(self, code: str, *, by: Principal, at: datetime) -> Filing:
        """Return the filing; a new applicant is registered. Raises `Invalid` naming everything wrong."""
        if self.faults:
            raise Invalid("filing.incomplete", faults=())
        channel = Channel(int(self.who["channel"]))
        return Filing(
            procedure_code=code,
            applicant_id=self._applicant_id(by, at),
            agency_code=agency_of(by.unit_id or 0).code,
            desk_code=by.unit_code,
            channel=channel,
            filer=FILER[channel],
            answers=self.answers,
            parts=self.parts,
            limit_case=self.who.get("case", ""),
            return_way=ReturnWay(int(self.who["way"])),
        )

    def _applicant_id(self, by: Principal, at: datetime) -> int:
        number = self.who.get("number", "").strip()
        citizen = self.who.get("kind") == ApplicantKind.CITIZEN
        known = find_applicant(personal_id=number) if citizen else find_applicant(tax_code=number)
        if known is not None and not self.who.get("applicant"):
            return int(known.pk)
        try:
            return int(register_applicant(particulars=self._particulars(citizen, number), by=by, at=at).pk)
        except Invalid as error:
            raise Invalid(error.code, faults=tuple(_on_page(fault) for fault in error.faults)) from error

    def _particulars(self, citizen: bool, number: str) -> Particulars:
        return Particulars(
            kind=ApplicantKind(self.who["kind"]),
            name=self.who.get("applicant", ""),
            personal_id=number if citizen else "",
            tax_code="" if citizen else number,
            birth_date=_day(self.who.get("birth", "")),
            address=self.who.get("address", ""),
            phone=self.who.get("phone", ""),
        )


def read(sent: QueryDict, files: "MultiValueDict[str, Any]", content: ProcedureContent) -> Received:
    """Return what the page sent; unusable choices fall back to the first."""
    who = {name: clean(sent.get(name, ""), 300) for name in WHO}
    who["channel"] = who["channel"] if who["channel"] in {"1", "2", "3"} else "1"
    who["way"] = who["way"] if who["way"] in {"0", "1", "2"} else "0"
    who["kind"] = who["kind"] if who["kind"] in set(ApplicantKind) else ApplicantKind.CITIZEN.value
    answers = read_answers(get_form_for(content.code).fields, sent)
    parts, faults = _scans(files, online=who["channel"] == "2")
    known = {document.code for document in content.components}
    scanned = {part.document for part in parts}
    ticked = [(code, Given.PAPER) for code in sent.getlist("paper") if code not in scanned]
    ticked += [(code, Given.PRESENTED) for code in sent.getlist("presented")]
    parts += tuple(PartGiven(code, given) for code, given in ticked if code in known)
    return Received(who, answers, parts, faults)


def page_of(code: str, content: ProcedureContent, received: Received, faults: Sequence[Fault]) -> dict[str, Any]:
    """Return what the page shows."""
    form, errors = get_form_for(code), faults_by_field(faults)
    given = {part.document: part.given.value for part in received.parts}
    return {
        "content": content,
        "form_title": named(form.titles),
        "sections": show_form(form, received.answers, errors),
        "who": received.who,
        "errors": errors,
        "faults": faults,
        "kinds": applicant_kinds(),
        "channels": channel_words(),
        "ways": way_words(),
        "cases": case_words(content),
        "documents": [
            {
                "code": item.code,
                "name": named(item.names),
                "condition": named(item.condition) if item.condition else "",
                "given": given.get(item.code, ""),
                "errors": errors.get(item.code, ()),
            }
            for item in content.components
            if item.kind != "eform"
        ],
    }


def _scans(files: "MultiValueDict[str, Any]", *, online: bool) -> tuple[tuple[PartGiven, ...], tuple[Fault, ...]]:
    parts: list[PartGiven] = []
    faults: list[Fault] = []
    upload: Any
    for name, upload in files.items():
        document = name.removeprefix("file-")
        try:
            kept = keep_upload(name=upload.name or "", data=upload.read())
        except Invalid as error:
            faults += [replace(fault, field=document) for fault in error.faults]
            continue
        given = Given.FILE if online else Given.SCAN
        parts.append(PartGiven(document, given, kept.sha256, kept.name, kept.size, kept.media_type))
    return tuple(parts), tuple(faults)


def _on_page(fault: Fault) -> Fault:
    names = {"personal_id": "number", "tax_code": "number", "name": "applicant", "birth_date": "birth"}
    return replace(fault, field=names.get(fault.field, fault.field))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
