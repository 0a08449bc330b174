"""The content of a result paper, and how it would look before it is signed."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from onestop.accounts.rules import Principal
from onestop.agencies.queries import get_post
from onestop.catalogue.queries import get_content, option_lists
from onestop.documents.ports import typesetter
from onestop.dossiers.models import Dossier
from onestop.errors import NotFound
from onestop.signing.models import InitialledPaper, ResultPaper
from onestop.signing.rules import Paper, PaperFacts, compose_content, paper_for

DRAFT_NUMBER = "…"
AUTHORITY = {"commune": "TM. ỦY BAN NHÂN DÂN", "province": "TM. ỦY BAN NHÂN DÂN"}


def compose_paper(dossier: Dossier, paper: Paper, *, number: str, signer: Principal, on: date) -> dict[str, Any]:
    """Return the content of the paper of this dossier, signed by `signer` on that day."""
    return compose_content(paper, dossier.answers, _facts(dossier, number, signer, on))


def preview_paper(dossier: Dossier, *, by: Principal, on: date) -> bytes:
    """Return the PDF as it would be signed, without number and signature. Raises `NotFound` if no paper comes out."""
    paper = paper_for(get_content(dossier.version_id))
    if paper is None:
        raise NotFound("result.no_paper", code=dossier.code)
    content = compose_paper(dossier, paper, number=DRAFT_NUMBER, signer=by, on=on)
    return typesetter().typeset(paper.template, content)


def list_numbers(codes: Iterable[str]) -> dict[str, str]:
    """Return the numbers of papers made already, by the code of their dossier: a paper made anew keeps its number."""
    wanted = list(codes)
    made: dict[str, str] = {}
    for papers in (InitialledPaper.objects, ResultPaper.objects):
        made |= dict(papers.filter(dossier__code__in=wanted).values_list("dossier__code", "number"))
    return made


def list_waiting_for_stamp(most: int) -> list[str]:
    """Return the codes of dossiers whose result waits for its time stamp, those that wait longest first."""
    waiting = ResultPaper.objects.filter(waits_since__isnull=False).order_by("waits_since", "pk")
    return list(waiting.values_list("dossier__code", flat=True)[:most])


def _facts(dossier: Dossier, number: str, signer: Principal, on: date) -> PaperFacts:
    agency, content = dossier.competent_unit, get_content(dossier.version_id)
    name = agency.name()
    committee = agency.kind in AUTHORITY
    return PaperFacts(
        agency=agency.agency_name(),
        agency_above="Tỉnh Quảng Ninh" if committee else "Ủy ban nhân dân tỉnh Quảng Ninh",
        place=name.removeprefix(agency.type).strip() if committee else "Quảng Ninh",
        on=on,
        dossier_code=dossier.code,
        look_up=f"{settings.PUBLIC_ADDRESS}/tra-cuu/?code={dossier.code}",
        number=number,
        authority=AUTHORITY.get(agency.kind, ""),
        signer_post=get_post(signer.post_code).name().upper() if signer.post_code else "",
        signer_name=signer.name,
        applicant_name=dossier.applicant_name,
        procedure_name=content.names["vi"],
        result_name=content.results[0].names["vi"] if content.results else content.names["vi"],
        countries=_countries(),
        simulated=settings.SIMULATED_MARK,
    )


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {item["value"]: item["vi"] for item in option_lists()["countries"]}
