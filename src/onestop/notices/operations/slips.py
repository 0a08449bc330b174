"""Issuing slips: typeset, sealed by the agency of the one-stop, kept; the same slip is never made twice."""

from django.db import transaction

from onestop.documents.ports import store, typesetter
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.dossiers.models import Dossier
from onestop.errors import NotFound, Refused, Unavailable
from onestop.journal.models import JournalEntry
from onestop.journal.queries.proofs import make_proof
from onestop.notices.models import Slip
from onestop.notices.queries.slips import compose, list_slips
from onestop.signatures.operations import sign_pdf
from onestop.trust.rules import SignatureRole


def slip_file(*, dossier: Dossier, kind: str, number: int) -> str:
    """Return the hash of the sealed slip of entry `number`; it is made if it was not yet. Raises `NotFound`."""
    kept = Slip.objects.filter(dossier=dossier, sequence=number).first() or issue_slip(dossier=dossier, sequence=number)
    if kept.kind != kind:
        raise NotFound("slip.none", code=dossier.code)
    return kept.sha256


@transaction.atomic
def issue_slip(*, dossier: Dossier, sequence: int) -> Slip:
    """Make and keep the slip of one entry, dated as the entry is. Two at once make one."""
    kind, entry, content = compose(dossier, sequence)
    content |= _in_the_log(entry)
    agency = dossier.competent_unit
    sealed = sign_pdf(
        pdf=typesetter().typeset(kind.value, content),
        key=f"seal:{agency.code}",
        at=entry.at,
        role=SignatureRole.RECEIPT,
        name_shown=dossier.receiving_unit.name(),
        patient=True,  # a slip is not kept back because the time-stamp authority is down
        box=SIGNATURE_BOXES[kind.value][SignatureRole.RECEIPT],
    )
    slip, _ = Slip.objects.get_or_create(
        dossier=dossier,
        sequence=sequence,
        defaults={
            "kind": kind,
            "number": content["number"],
            "sha256": store().put(sealed),
            "issued_at": entry.at,
        },
    )
    return slip


def _in_the_log(entry: JournalEntry) -> dict[str, str]:
    """Name the entry, and add the proof that it is in the public log, if it is there by now."""
    named = {"entry": bytes(entry.hash).hex()}
    try:
        return named | {"proof": make_proof(entry).decode()}
    except (NotFound, Refused, Unavailable):
        return named


def issue_all(*, dossier: Dossier) -> list[Slip]:
    """Make every slip that a dossier has and that is not there yet."""
    made = set(Slip.objects.filter(dossier=dossier).values_list("sequence", flat=True))
    return [
        issue_slip(dossier=dossier, sequence=ref.sequence) for ref in list_slips(dossier) if ref.sequence not in made
    ]
