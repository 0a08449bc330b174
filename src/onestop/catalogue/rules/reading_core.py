"""Reading one curated record (the shape of `procedures_core.json`)."""

from collections.abc import Mapping
from typing import Any

from onestop.applicants.rules import ApplicantKind
from onestop.catalogue.rules import scraps
from onestop.catalogue.rules.content import ProcedureContent, RequiredDocument, ResultKind
from onestop.catalogue.rules.facts import Detail, ProcedureFacts, Reading, SectorFacts
from onestop.catalogue.rules.kinds import DocumentKind, FilingChannel, Level, OnlineLevel, ProcedureState
from onestop.catalogue.rules.limits import choose_default
from onestop.catalogue.rules.reading_terms import read_fees, read_limits
from onestop.catalogue.rules.scraps import Notes

FIELDS = frozenset({"code", "name", "field", "levels", "components", "deadlines"})
_CHANNELS_IN_WORDS = {
    "nộp trực tiếp": frozenset({FilingChannel.DIRECT}),
    "nộp trực tuyến": frozenset({FilingChannel.ONLINE}),
    "nộp trực tiếp hoặc qua bưu chính": frozenset({FilingChannel.DIRECT, FilingChannel.POSTAL}),
}

Record = Mapping[str, Any]


def read_record(number: int, record: Any) -> Reading:
    """Read one record. Reasons it cannot be used: see `scraps`, `reading_terms`, and `record_not_an_object`,
    `document_repeated`, `copies_unusable`.
    """
    if not isinstance(record, Mapping):
        return Reading(number, "", None, ("record_not_an_object",))
    notes = Notes()
    code = scraps.procedure_code(record.get("code"), notes)
    facts = _facts(code, record, notes)
    return Reading(number, code, None if notes.reasons else facts, tuple(notes.reasons), tuple(notes.doubts))


def _facts(code: str, record: Record, notes: Notes) -> ProcedureFacts:
    online, agency = _part(record, "online"), _part(record, "agency")
    active = record.get("active_in_catalogue_2026_07_18")
    return ProcedureFacts(
        detail=Detail.CORE,
        content=_content(code, record, notes),
        sector=_sector(record, notes),
        levels=scraps.several_of(Level, record.get("levels") or (), notes, "level"),
        applicant_kinds=scraps.several_of(
            ApplicantKind, _part(record, "applicants").get("kinds") or (), notes, "applicant_kind"
        ),
        agency="; ".join(scraps.texts(agency.get("executing_vi"))),
        promulgated_by=scraps.text(agency.get("promulgating_vi"), notes, "promulgated_by", longest=300),
        kind=None,
        state=ProcedureState.ABSENT if active is False else None,
        applicability=None,
        provincial_online_examples=_examples(online),
        online_level=scraps.one_of(OnlineLevel, online.get("level"), notes, "online_level") or OnlineLevel.UNKNOWN,
        online_submission=online.get("submission_available"),
        online_basis=scraps.text(online.get("level_basis"), notes, "online_basis", longest=120),
        decision=scraps.text(record.get("decision"), notes, "decision", longest=120),
        as_of=scraps.text(record.get("as_of"), notes, "as_of", longest=80),
        successor=scraps.text(record.get("successor"), notes, "successor", longest=12),
        facts_source={"record": record.get("quality") or "", "levels": "stated in the source"},
    )


def _sector(record: Record, notes: Notes) -> SectorFacts:
    field = _part(record, "field")
    return SectorFacts(
        names=scraps.names(field, notes, "sector"),
        code=scraps.text(field.get("slug"), notes, "sector_code", longest=40),
        national_code=scraps.text(field.get("national_code"), notes, "sector_code", longest=20),
    )


def _content(code: str, record: Record, notes: Notes) -> ProcedureContent:
    limits = read_limits(record, notes)
    choice = choose_default(limits)
    online = _part(record, "online")
    return ProcedureContent(
        code=code,
        names=scraps.names(record.get("name"), notes, "name"),
        components=_documents(record, notes),
        time_limits=limits,
        default_case=choice.place,
        default_reason=choice.reason,
        needs_curation=choice.needs_curation,
        fees=read_fees(record, notes),
        channels=_channels(record, online, notes),
        results=tuple(
            ResultKind(str(item.get("code") or ""), scraps.names(item, notes, "result"))
            for item in scraps.items(record.get("results"), notes, "results")
        ),
        legal_basis=scraps.texts(record.get("legal_basis")),
        agencies=scraps.texts(_part(record, "agency").get("executing_vi")),
        settled_at_once=any(item.at_once for item in limits),
        form_code=scraps.text(record.get("form_ref"), notes, "form_code", longest=40),
        is_interlinked=bool(record.get("linked_procedure")),
        notes={"en": record["notes_en"]} if isinstance(record.get("notes_en"), str) else {},
        provenance={
            "detail": Detail.CORE.value,
            "quality": record.get("quality") or "",
            "regime": record.get("regime") or "",
            "as_of": record.get("as_of") or "",
            "source": list(scraps.texts(record.get("source"))),
            "verified": list(scraps.texts(record.get("verified"))),
        },
    )


def _documents(record: Record, notes: Notes) -> tuple[RequiredDocument, ...]:
    found = tuple(_document(item, notes) for item in scraps.items(record.get("components"), notes, "components"))
    if len({item.code for item in found}) < len(found):
        notes.unusable("document_repeated")
    return found


def _document(item: Record, notes: Notes) -> RequiredDocument:
    condition = scraps.optional_names(item.get("condition"))
    channels = _CHANNELS_IN_WORDS.get(condition["vi"], frozenset()) if condition else frozenset()
    reuse = item.get("reuse") if isinstance(item.get("reuse"), Mapping) else {}
    assert isinstance(reuse, Mapping)
    return RequiredDocument(
        code=scraps.text(item.get("doc"), notes, "document_code", required=True, longest=60),
        names=scraps.names(item.get("name"), notes, "document_name"),
        kind=scraps.one_of(DocumentKind, item.get("kind"), notes, "document_kind") or DocumentKind.SUBMIT,
        originals=_count(item.get("original"), notes),
        copies=_count(item.get("copy"), notes),
        condition=None if channels else condition,
        channels=channels,
        reuse_from=scraps.texts(reuse.get("databases")),
        reuse_stated=reuse.get("basis") == "stated_in_source",
    )


def _count(value: Any, notes: Notes) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 99:
        notes.unusable("copies_unusable")
        return None
    return value


def _channels(record: Record, online: Record, notes: Notes) -> frozenset[FilingChannel]:
    rows = scraps.items(record.get("channels"), notes, "channels")
    found = set(scraps.several_of(FilingChannel, [row.get("method") for row in rows], notes, "channel"))
    if not found:
        found = {FilingChannel.DIRECT, FilingChannel.POSTAL}
    if online.get("submission_available") is True:
        found.add(FilingChannel.ONLINE)
    return frozenset(found)


def _examples(online: Record) -> tuple[str, ...]:
    rows = online.get("provincial_examples") or ()
    return tuple(f"{row.get('province')} {row.get('year')}: {row.get('level')}" for row in rows)


def _part(record: Record, key: str) -> Record:
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}
