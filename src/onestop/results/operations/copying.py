"""Certifying an electronic copy of a paper that was shown and scanned (bản sao điện tử được chứng thực).

Source: Decree 45/2020/NĐ-CP Art 10 (an electronic copy certified from the original); Decree 30/2020/NĐ-CP Annex I:
the agency's signature stands at the top right of page 1, without a picture.
"""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.queries.offices import refuse_without_mandate
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier, DossierPart
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.queries.dossiers import get_part
from onestop.dossiers.rules.filing import Given
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.signatures.operations import sign_pdf
from onestop.trust.rules import SignatureRole

PDF = "application/pdf"


@transaction.atomic
def certify_copy(*, code: str, part_id: int, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Put the agency's signature on a scan that an officer made, and keep it as a part of its own.

    By the clerk who keeps the seal of the competent agency. The applicant finds it among the papers of the dossier.
    Raises `NotFound` for a part of another dossier, `Refused` (`copy.not_a_scan`, `copy.made_already`,
    `signing.no_mandate`), `Unavailable` if the key cannot sign.
    """
    dossier = lock(code=code, verb=Verb.CERTIFY_COPY, by=by, at=at, seen=seen)
    part = get_part(dossier=dossier, part_id=part_id)
    _refuse_what_cannot_be_certified(part)
    agency = dossier.competent_unit
    refuse_without_mandate(by=by, role=SignatureRole.COPY, agency=agency, at=at)
    signed = sign_pdf(
        pdf=store().get(part.sha256),
        key=f"seal:{agency.code}",
        at=at,
        role=SignatureRole.COPY,
        name_shown=agency.agency_name(),
        patient=True,
    )
    copy = _keep(dossier, part, signed, at)
    perform(
        dossier,
        verb=Verb.CERTIFY_COPY,
        by=by,
        at=at,
        ground="45/2020/NĐ-CP Đ10",
        payload={"document": part.document, "sha256": copy.sha256, "copy_of": part.sha256},
    )
    return dossier


def _refuse_what_cannot_be_certified(part: DossierPart) -> None:
    """Only what an officer scanned from the original is certified, and each scan once."""
    if part.given != Given.SCAN or part.media_type != PDF:
        raise Refused("copy.not_a_scan")
    if DossierPart.objects.filter(dossier_id=part.dossier_id, given=Given.COPY, evidence=part.sha256).exists():
        raise Refused("copy.made_already")


def _keep(dossier: Dossier, part: DossierPart, signed: bytes, at: datetime) -> DossierPart:
    """`evidence` names the scan that was certified."""
    return DossierPart.objects.create(
        dossier=dossier,
        document=part.document,
        given=Given.COPY,
        sha256=store().put(signed),
        file_name=f"ban-sao-{part.file_name}"[:255],
        size=len(signed),
        media_type=PDF,
        evidence=part.sha256,
        round=part.round,
        added_at=at,
    )
