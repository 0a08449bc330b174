"""What an officer scans is signed by this officer: name and moment at the top left of page 1.

Source: Circular 01/2023/TT-VPCP, Art 9 (whoever digitises signs the scan; what is digitised is kept as PDF).
"""

from dataclasses import replace
from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.agencies.models import Unit
from onestop.agencies.queries.offices import refuse_without_mandate
from onestop.documents.ports import store
from onestop.documents.rules.kinds import MEDIA_TYPES, PICTURES, Kind
from onestop.documents.rules.scans import as_plain_pdf
from onestop.dossiers.rules.filing import Given, PartGiven
from onestop.signatures.operations import sign_pdf
from onestop.trust.rules import SignatureRole

_PAGES = {MEDIA_TYPES[kind]: kind for kind in (Kind.PDF, *PICTURES)}


def with_signed_scans(
    parts: tuple[PartGiven, ...], *, agency_id: int, by: Principal, at: datetime
) -> tuple[PartGiven, ...]:
    """Return the parts, each scan as the PDF that `by` signed; a picture becomes a page first.

    Raises `Refused` (`signing.no_mandate`) before anything is signed, `Invalid` if a scan cannot be read or signed.
    """
    if not any(_is_page(part) for part in parts):
        return parts
    refuse_without_mandate(by=by, role=SignatureRole.SCAN, agency=Unit.objects.get(pk=agency_id), at=at)
    return tuple(_signed(part, by, at) if _is_page(part) else part for part in parts)


def _is_page(part: PartGiven) -> bool:
    """True for a scan that shows a paper; a list or signed data taken at the desk is no picture of a paper."""
    return part.given is Given.SCAN and part.media_type in _PAGES


def _signed(part: PartGiven, by: Principal, at: datetime) -> PartGiven:
    data, kind = store().get(part.sha256), _PAGES[part.media_type]
    signed = sign_pdf(
        pdf=as_plain_pdf(kind, data),
        key=by.key,
        at=at,
        role=SignatureRole.SCAN,
        name_shown=by.name,
        patient=True,
    )
    return replace(
        part,
        sha256=store().put(signed),
        scanned_sha256=part.sha256,
        file_name=part.file_name if kind is Kind.PDF else f"{part.file_name.rpartition('.')[0]}.{Kind.PDF}",
        size=len(signed),
        media_type=MEDIA_TYPES[Kind.PDF],
    )
