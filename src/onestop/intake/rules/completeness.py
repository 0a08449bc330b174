"""What is missing in a dossier: every gap at once, so that nobody is sent home twice.

Decree 61/2018/NĐ-CP Art 17(1): the officer checks validity and completeness; Art 17 and Decree 63/2010 Art 20(4):
what is lacking is told once, in full. Decree 309/2026 Art 4(2a): data already held replaces a document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onestop.catalogue.rules.content import ProcedureContent, RequiredDocument
from onestop.catalogue.rules.kinds import DocumentKind, FilingChannel
from onestop.dossiers.rules.filing import Channel, Given, PartGiven
from onestop.errors import Fault

CATALOGUE_CHANNEL = {
    Channel.COUNTER: FilingChannel.DIRECT,
    Channel.ONLINE: FilingChannel.ONLINE,
    Channel.POST: FilingChannel.POSTAL,
}


class GapKind(StrEnum):
    """Why something is a gap."""

    DOCUMENT_MISSING = "document_missing"  # thiếu giấy tờ
    NOT_DIGITISED = "not_digitised"  # bản giấy chưa số hóa
    NOT_PRESENTED = "not_presented"  # chưa xuất trình
    FIELD = "field"  # tờ khai thiếu hoặc sai


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing: which document or field, and why it counts as missing."""

    kind: GapKind
    subject: str
    code: str = ""


def find_gaps(
    *,
    content: ProcedureContent,
    parts: Iterable[PartGiven],
    channel: Channel,
    form_faults: Iterable[Fault] = (),
    scans_required: bool = False,
) -> tuple[Gap, ...]:
    """Return every gap of a dossier. Empty means complete.

    A document with a condition of its own is not a gap by its mere absence: whether the condition holds is the
    officer's judgement. `scans_required` is true at acceptance, when paper has to have become data (Circular 01/2023).
    """
    given: dict[str, list[Given]] = {}
    for part in parts:
        given.setdefault(part.document, []).append(part.given)
    gaps = [Gap(GapKind.FIELD, fault.field, fault.code) for fault in form_faults]
    for document in content.components:
        kind = _gap_of(document, given.get(document.code, []), channel, scans_required)
        if kind is not None:
            gaps.append(Gap(kind, document.code))
    return tuple(gaps)


def _gap_of(document: RequiredDocument, given: list[Given], channel: Channel, scans_required: bool) -> GapKind | None:
    if scans_required and Given.PAPER in given and not {Given.SCAN, Given.FILE} & set(given):
        return GapKind.NOT_DIGITISED
    if given or document.condition is not None or not document.is_needed_by(CATALOGUE_CHANNEL[channel]):
        return None
    match document.kind:
        case DocumentKind.SUBMIT:
            return GapKind.DOCUMENT_MISSING
        case DocumentKind.PRESENT if channel is Channel.COUNTER:
            return GapKind.NOT_PRESENTED
        case _:  # the form itself is the answers, checked as fields; online, data stands for what would be presented
            return None
