"""Slips of a dossier: which there are, and what would stand on one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from onestop.agencies.models import Post
from onestop.catalogue.queries import get_content
from onestop.documents.rules.wording import time_limit
from onestop.dossiers.models import Dossier, DossierPart
from onestop.errors import NotFound
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_entries
from onestop.notices.rules.composing import Event, SlipFacts, compose_slip
from onestop.notices.rules.slips import SlipKind, slip_of
from onestop.trust.queries.certificates import get_certificate
from onestop.worktime.rules import TimeLimit


@dataclass(frozen=True, slots=True)
class SlipRef:
    """A slip that a dossier has: its kind, the number of its entry, the moment."""

    kind: SlipKind
    sequence: int
    entry: JournalEntry


def list_slips(dossier: Dossier) -> list[SlipRef]:
    """Return the slips that the entries of a dossier have, oldest first; made or not yet."""
    return [
        SlipRef(kind, entry.sequence, entry)
        for entry in list_entries(dossier.pk)
        if (kind := slip_of(entry.kind)) is not None
    ]


def compose(dossier: Dossier, sequence: int) -> tuple[SlipKind, JournalEntry, dict[str, Any]]:
    """Return the kind, the entry and the content of the slip of one entry. Raises `NotFound` if it has none."""
    entries = [entry for entry in list_entries(dossier.pk) if entry.sequence <= sequence]
    kind = slip_of(entries[-1].kind) if entries and entries[-1].sequence == sequence else None
    if kind is None:
        raise NotFound("slip.none", code=dossier.code)
    entry = entries[-1]
    return kind, entry, compose_slip(kind, _event(entry), _facts(dossier, entry), [_event(item) for item in entries])


def _event(entry: JournalEntry) -> Event:
    return Event(entry.kind, entry.at, entry.post, entry.payload)


def _facts(dossier: Dossier, entry: JournalEntry) -> SlipFacts:
    content, agency = get_content(dossier.version_id), dossier.competent_unit
    committee = agency.kind in ("commune", "province")
    names = {document.code: document.names["vi"] for document in content.components}
    applicant = dossier.applicant
    return SlipFacts(
        agency=agency.agency_name(),
        agency_above="Tỉnh Quảng Ninh" if committee else "Ủy ban nhân dân tỉnh Quảng Ninh",
        place=agency.name().removeprefix(agency.type).strip() if committee else "Quảng Ninh",
        one_stop=dossier.receiving_unit.name(),
        dossier_code=dossier.code,
        look_up=f"{settings.PUBLIC_ADDRESS}/tra-cuu/?code={dossier.code}",
        number=f"{dossier.code}/{entry.sequence}",
        applicant={
            "name": applicant.name,
            "address": applicant.address,
            "phone": applicant.phone,
            "email": applicant.email,
        },
        procedure=content.names["vi"],
        officer=get_certificate(entry.certificate_id).common_name,
        documents=_documents(dossier, names, content.form_code, entry.at),
        document_names=names,
        time_limit=time_limit(TimeLimit.parse(entry.payload["limit"])) if "limit" in entry.payload else "",
        return_way=dossier.return_way,
        received_at=dossier.accepted_at or dossier.submitted_at,
        due_at=dossier.due_at or dossier.submitted_at,
        people={post.code: post.name() for post in Post.objects.filter(code__in=_posts(dossier))},
    )


def _documents(dossier: Dossier, names: dict[str, str], form: str, at: datetime) -> list[tuple[str, str]]:
    """What had been handed in by then: a slip made late says what it would have said at once."""
    parts = DossierPart.objects.filter(dossier=dossier, added_at__lte=at)
    latest = {part.document: part.given for part in parts}
    eform = [("Tờ khai điện tử", "file")] if form or not latest else []
    return eform + [(names.get(code, code), given) for code, given in latest.items()]


def _posts(dossier: Dossier) -> list[str]:
    return list(JournalEntry.objects.filter(stream=dossier.pk).values_list("post", flat=True))
