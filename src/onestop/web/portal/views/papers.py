"""Files of a dossier, served as downloads that a browser never runs."""

from django.http import HttpResponse
from django.utils import timezone

from onestop.accounts.rules import Role
from onestop.dossiers.operations.reading import open_dossier
from onestop.dossiers.queries.dossiers import get_part
from onestop.errors import NotFound
from onestop.notices.operations import slip_file
from onestop.results.queries import find_result
from onestop.web.base.downloads import download
from onestop.web.base.permissions import requires
from onestop.web.base.requests import ActingRequest


@requires(Role.APPLICANT)
def result(request: ActingRequest, code: str) -> HttpResponse:
    """The sealed result."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="result")
    found = find_result(row)
    if found is None:
        raise NotFound("result.none_yet", code=code)
    return download(found.sha256, f"{row.code}-ket-qua.pdf")


@requires(Role.APPLICANT)
def slip(request: ActingRequest, code: str, kind: str, number: int) -> HttpResponse:
    """A slip of the process: receipt, supplement, refusal, apology."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="slip")
    kept = slip_file(dossier=row, kind=kind, number=number)
    return download(kept, f"{row.code}-{kind}.pdf")


@requires(Role.APPLICANT)
def part(request: ActingRequest, code: str, part_id: int) -> HttpResponse:
    """A file as it was handed in."""
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="part")
    found = get_part(dossier=row, part_id=part_id)
    return download(found.sha256, found.file_name, found.media_type)
