"""Files of a dossier as every face serves them: handed in, typeset, issued, proved; never run by a browser.

Opening the dossier checks the right to its row and keeps that its papers were read.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone

from onestop.dossiers.operations.reading import open_dossier
from onestop.dossiers.queries.dossiers import get_part
from onestop.errors import NotFound
from onestop.journal.queries import list_entries
from onestop.journal.queries.proofs import make_proof
from onestop.notices.operations import slip_file
from onestop.results.operations.case_files import make_case_file
from onestop.results.queries import find_result
from onestop.results.rules.case_files import MEDIA_TYPE
from onestop.web.base.downloads import download, hand_out
from onestop.web.base.permissions import Need, View, requires
from onestop.web.base.requests import ActingRequest


@dataclass(frozen=True, slots=True)
class PaperViews:
    """The views of a face: a file as handed in, a slip, the sealed result, the proof of an entry, all in one."""

    part: View
    slip: View
    result: View
    proof: View
    case_file: View


def paper_views(need: Need) -> PaperViews:
    """Return the views for a face whose papers are for whoever meets `need`."""
    guard = requires(need)
    return PaperViews(guard(_part), guard(_slip), guard(_result), guard(_proof), guard(_case_file))


def _part(request: ActingRequest, code: str, part_id: int) -> HttpResponse:
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="part")
    found = get_part(dossier=row, part_id=part_id)
    return download(found.sha256, found.file_name, found.media_type, inline=True)


def _slip(request: ActingRequest, code: str, kind: str, number: int) -> HttpResponse:
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="slip")
    return download(slip_file(dossier=row, kind=kind, number=number), f"{row.code}-{kind}.pdf")


def _result(request: ActingRequest, code: str) -> HttpResponse:
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="result")
    found = find_result(row)
    if found is None:
        raise NotFound("result.none_yet", code=code)
    return download(found.sha256, f"{row.code}-ket-qua.pdf")


def _proof(request: ActingRequest, code: str, number: int) -> HttpResponse:
    row = open_dossier(code=code, by=request.principal, at=timezone.now(), purpose="proof")
    entry = next((entry for entry in list_entries(row.pk) if entry.sequence == number), None)
    if entry is None:
        raise NotFound("dossier.unknown", code=code)
    return hand_out(make_proof(entry), f"{row.code}-{number}.tlog-proof")


def _case_file(request: ActingRequest, code: str) -> HttpResponse:
    at = timezone.now()
    row = open_dossier(code=code, by=request.principal, at=at, purpose="case_file")
    return hand_out(make_case_file(row, at=at), f"{row.code}.asice", MEDIA_TYPE)
