"""A dossier as every face shows it: parts with names, the journal as a story."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from onestop.agencies.queries import name_posts
from onestop.catalogue.queries import get_form_for
from onestop.catalogue.rules.content import ProcedureContent
from onestop.dossiers.rules.filing import Given
from onestop.dossiers.rules.states import RUNNING, State, Verb
from onestop.intake.rules.supplement import FORM_ITEM
from onestop.notices.rules.slips import slip_of
from onestop.web.base.names import named
from onestop.web.base.numbers import money_word
from onestop.web.base.wording.kinds import kind_word
from onestop.web.base.wording.own_signatures import SignatureWords, own_signature_words

TONES = {
    Verb.REQUEST_SUPPLEMENT: "wait",
    Verb.SUSPEND: "wait",
    Verb.REFUSE: "stop",
    Verb.STOP: "stop",
    Verb.WITHDRAW: "stop",
    Verb.REAPPOINT: "late",
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part as it is listed: with the name of its document."""

    pk: int
    name: str
    given: str
    sha256: str
    file_name: str
    size: int
    round: int
    signature: SignatureWords | None = None


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """An entry as it is told: who (post and unit), the lines that say why, which slip it has."""

    entry: Any
    who: str
    tone: str
    lines: tuple[str, ...]
    slip: str


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One thing asked for and not answered yet: with the name of its document."""

    document: str
    name: str
    why: str
    how: str


def stand_word(dossier: Any) -> str:
    """Return why the clock of a dossier does not run, in words; empty while it runs or once it has ended."""
    if dossier.finished_at or dossier.state in RUNNING:
        return ""
    return _("The clock has not started") if dossier.state == State.SUBMITTED else _("The clock stands still")


def name_items(requests: Iterable[Any], content: ProcedureContent) -> tuple[AskedItem, ...]:
    """Return what is asked for and not answered yet, with the names of the documents."""
    return tuple(
        AskedItem(item["document"], _document_name(item["document"], content), item["why"], item["how"])
        for request in requests
        if request.answered_at is None
        for item in request.items
    )


def _document_name(code: str, content: ProcedureContent) -> str:
    document = content.document(code)
    return named(document.names) if document else _("The form") if code == FORM_ITEM else code


def name_parts(parts: Iterable[Any], content: ProcedureContent) -> tuple[PartRow, ...]:
    """Return the parts with the names of their documents in the reader's language.

    A paper that has been scanned since is listed as its scan alone.
    """
    parts = list(parts)
    scanned = {(part.document, part.round) for part in parts if part.given == Given.SCAN}
    return tuple(
        PartRow(
            p.pk,
            _document_name(p.document, content),
            p.given,
            p.sha256,
            p.file_name,
            p.size,
            p.round,
            own_signature_words(p.signature) if p.signature else None,
        )
        for p in parts
        if p.given != Given.PAPER or (p.document, p.round) not in scanned
    )


def tell_story(entries: Iterable[Any], content: ProcedureContent) -> tuple[StoryEntry, ...]:
    """Return the journal of a dossier as a story, oldest first. One statement, for the names of the posts."""
    rows = list(entries)
    posts = name_posts({row.post for row in rows if row.post})
    return tuple(
        StoryEntry(row, posts.get(row.post, ""), _tone(row.kind), _lines(row, content), _slip(row.kind)) for row in rows
    )


def _tone(kind: str) -> str:
    return TONES.get(Verb(kind), "done")


def _slip(kind: str) -> str:
    slip = slip_of(kind)
    return slip.value if slip else ""


def _lines(row: Any, content: ProcedureContent) -> tuple[str, ...]:
    payload = row.payload
    lines = [reason["why"] for reason in payload.get("reasons", ())]
    for item in payload.get("items", ()):
        lines.append(f"{_document_name(item['document'], content)}: {item['why']}")
        lines.append(item["how"])
    if payload.get("reason"):
        lines.append(payload["reason"])
    if row.kind in (Verb.CHARGE, Verb.PAY, Verb.REFUND):
        lines.append(money_word(payload["amount_vnd"]))
    if row.kind == Verb.SEAL and payload.get("number"):
        lines.append(payload["number"])
    if row.kind == Verb.RATE:
        lines.append(f"{kind_word('rating', payload['rating'])}, {kind_word('rated_by', payload['rated_by'])}")
    return tuple(lines)


def gap_subject(gap: Any, content: ProcedureContent) -> str:
    """Return what a gap is about: the name of the document, or the label of the field."""
    document = content.document(gap.subject)
    if document is not None:
        return named(document.names)
    field = get_form_for(content.code).field(gap.subject.split("-", 1)[0])
    return named(field.label) if field else str(gap.subject)
