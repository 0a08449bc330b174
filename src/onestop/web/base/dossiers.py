"""A dossier as every face shows it: parts with names, the journal as a story."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onestop.agencies.queries import name_posts
from onestop.catalogue.queries import get_form_for
from onestop.catalogue.rules.content import ProcedureContent
from onestop.dossiers.rules.states import Verb
from onestop.notices.rules.slips import slip_of
from onestop.web.base.names import named

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


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """An entry as it is told: who (post and unit), the lines that say why, which slip it has."""

    entry: Any
    who: str
    tone: str
    lines: tuple[str, ...]
    slip: str


def name_parts(parts: Iterable[Any], content: ProcedureContent) -> tuple[PartRow, ...]:
    """Return the parts with the names of their documents in the reader's language."""
    names = {document.code: named(document.names) for document in content.components}
    return tuple(
        PartRow(p.pk, names.get(p.document, p.document), p.given, p.sha256, p.file_name, p.size, p.round) for p in parts
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
        document = content.document(item["document"])
        name = named(document.names) if document else ""
        lines.append(": ".join(filter(None, [name, item["why"]])))
        lines.append(item["how"])
    if payload.get("reason"):
        lines.append(payload["reason"])
    if row.kind == Verb.SEAL and payload.get("number"):
        lines.append(payload["number"])
    return tuple(lines)


def gap_subject(gap: Any, content: ProcedureContent) -> str:
    """Return what a gap is about: the name of the document, or the label of the field."""
    document = content.document(gap.subject)
    if document is not None:
        return named(document.names)
    field = get_form_for(content.code).field(gap.subject.split("-", 1)[0])
    return named(field.label) if field else str(gap.subject)
